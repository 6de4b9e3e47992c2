import { readerOf } from '../engine/event-reader';
import type { Aggregate } from '../engine/execute';
import { conflict, type Finding } from '../rules/finding';
import type { Organisation, ReviewChain } from './organisation';

export type OrganisationEvent = {
  readonly type: 'OrganisationDescribed';
  readonly data: { readonly organisation: Organisation };
};

export interface DescribeOrganisation {
  readonly type: 'DescribeOrganisation';
  readonly organisation: Organisation;
}

/** All organisations by id. One stream holds them all, so that the tree stays a tree. */
export type OrganisationTree = ReadonlyMap<string, Organisation>;

export const noOrganisations: OrganisationTree = new Map();

export const organisationsStream = 'organisations';

export function evolveTree(tree: OrganisationTree, event: OrganisationEvent): OrganisationTree {
  return evolveTreeBy(tree, [event]);
}

/** One copy for all of them: ten thousand organisations are described one by one. */
function evolveTreeBy(
  tree: OrganisationTree,
  events: readonly OrganisationEvent[],
): OrganisationTree {
  const after = new Map(tree);
  for (const { data } of events) after.set(data.organisation.id, data.organisation);
  return after;
}

export const treeAggregate: Aggregate<OrganisationTree, OrganisationEvent> = {
  initial: noOrganisations,
  evolve: evolveTree,
  evolveAll: evolveTreeBy,
  read: readerOf<OrganisationEvent>('OrganisationDescribed'),
};

export function decideTree(
  command: DescribeOrganisation,
  tree: OrganisationTree,
): { readonly accepted: readonly OrganisationEvent[] } | { readonly refused: readonly Finding[] } {
  const { organisation } = command;
  const refused = [
    ...superiorFindings(organisation, tree),
    ...inferiorFindings(organisation, tree),
  ];
  if (refused.length > 0) return { refused };
  if (same(tree.get(organisation.id), organisation)) return { accepted: [] };
  return { accepted: [{ type: 'OrganisationDescribed', data: { organisation } }] };
}

/** The way a dossier of this unit goes; undefined where the unit is unknown or has no full chain. */
export function reviewChain(tree: OrganisationTree, unit: string): ReviewChain | undefined {
  const chain = superiors(tree, unit);
  const [first, second, ...rest] = chain;
  const last = chain.at(-1);
  if (first === undefined || second === undefined || last === undefined || rest.length === 0) {
    return undefined;
  }
  return tree.get(last)?.kind === 'title-office' ? [first, second, ...rest] : undefined;
}

/** The organisation and everything above it, nearest first; empty for an unknown one. */
export function superiors(tree: OrganisationTree, id: string): readonly string[] {
  const path: string[] = [];
  let current = tree.get(id);
  while (current !== undefined && !path.includes(current.id)) {
    path.push(current.id);
    current = current.supervisedBy === null ? undefined : tree.get(current.supervisedBy);
  }
  return path;
}

function* superiorFindings(organisation: Organisation, tree: OrganisationTree): Generator<Finding> {
  const { id, kind, supervisedBy } = organisation;
  if (kind === 'title-office') {
    if (supervisedBy !== null) {
      yield conflict({
        code: 'title-office-is-last',
        pointer: '/supervisedBy',
        zh: '职称办公室是审核链的终点，不能有上级主管单位。',
        en: 'The title office ends every review chain and has nobody above it.',
      });
    }
    return;
  }
  if (supervisedBy === null) {
    yield conflict({
      code: 'supervising-organisation-missing',
      pointer: '/supervisedBy',
      zh: '除职称办公室外，每个单位都须写明主管单位。',
      en: 'Every organisation but the title office names the one that supervises it.',
    });
    return;
  }
  const superior = tree.get(supervisedBy);
  if (superior === undefined) {
    yield conflict({
      code: 'unknown-organisation',
      pointer: '/supervisedBy',
      zh: `主管单位“${supervisedBy}”尚未登记，请先登记主管单位。`,
      en: `The supervising organisation "${supervisedBy}" is not registered; register it first.`,
    });
    return;
  }
  if (superiors(tree, supervisedBy).includes(id)) {
    yield conflict({
      code: 'organisation-supervises-itself',
      pointer: '/supervisedBy',
      zh: '主管关系不能成环。',
      en: 'Supervision must not run in a circle.',
    });
  }
  if (superior.kind === 'title-office' ? kind !== 'authority' : superior.kind !== 'authority') {
    yield conflict({
      code: 'supervisor-unsuitable',
      pointer: '/supervisedBy',
      zh: '申报单位的主管单位须为主管单位人事（职称）部门；只有主管部门直接报送职称办公室。',
      en: 'A unit is supervised by an authority; only authorities report to the title office.',
    });
  }
}

/** An organisation that supervises others stays one that may. */
function inferiorFindings({ id, kind }: Organisation, tree: OrganisationTree): Finding[] {
  const unsuited = [...tree.values()].some(
    (below) =>
      below.supervisedBy === id &&
      (kind === 'title-office' ? below.kind !== 'authority' : kind !== 'authority'),
  );
  if (!unsuited) return [];
  return [
    conflict({
      code: 'supervises-others',
      pointer: '/kind',
      zh: '该单位仍有下属单位，不能改为不具主管资格的性质。',
      en: 'The organisation still supervises others and must stay of a kind that may.',
    }),
  ];
}

function same(one: Organisation | undefined, other: Organisation): boolean {
  if (one === undefined) return false;
  const keys = Object.keys(other) as (keyof Organisation)[];
  return keys.every((key) => one[key] === other[key]);
}
