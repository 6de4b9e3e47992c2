import { dossierContent } from '../../../src/cli/season/people/dossier-content';
import type { Person } from '../../../src/cli/season/people/person';
import type { SectionContents } from '../../../src/dossier/form/contents';
import type { Organisation, Tier } from '../../../src/organisations/organisation';
import type { Level, Policy } from '../../../src/rounds/policy';
import type { Finding } from '../../../src/rules/finding';
import {
  counted,
  materialFindings,
  type FiledMaterials,
  type MaterialsContext,
} from '../../../src/rules/materials';
import { copyOf, people, policy } from '../../form/support';

export { people, policy };

export const now = '2022-08-10T09:00:00.000+08:00';

export interface Case {
  readonly filed: FiledMaterials & { readonly sections: SectionContents };
  readonly context: MaterialsContext;
}

/** A dossier that keeps every rule, as this person fills it in. */
export function caseOf(person: Person): Case {
  const { sections, evidence } = dossierContent(person, policy);
  const attachments = evidence.map(({ sha256, mediaType }) => ({ sha256, mediaType }));
  const { level, subSpecialty } = person;
  const unit = unitOf(person.unit.tier);
  return { filed: { sections, attachments }, context: { policy, level, subSpecialty, unit, now } };
}

export function unitOf(tier: Tier): Organisation {
  return {
    id: 'unit',
    name: '示例单位',
    kind: 'public-institution',
    tier,
    prefecture: tier === 'region' ? null : 'kashgar',
    ownership: 'local-state',
    waterSystem: true,
    supervisedBy: 'authority',
  };
}

/** The first of the people who is as wanted. */
export function firstWhere(wanted: (of: Case, person: Person) => boolean): Case {
  for (const person of people) {
    const found = caseOf(person);
    if (wanted(found, person)) return found;
  }
  throw new Error('nobody is like that');
}

export const firstOf = (level: Level): Case => firstWhere(({ context }) => context.level === level);

/** A senior in construction, whose only support for a general condition beyond two is a paper. */
export const senior = firstWhere(
  ({ filed, context }, { stationed }) =>
    context.level === 'senior' &&
    context.subSpecialty === 'construction' &&
    filed.sections.achievements.papers !== '无' &&
    !stationed,
);

/** A scan that is attached to the case. */
export const scanOf = ({ filed }: Case): string => filed.attachments[0]?.sha256 ?? '';
/** A scan nobody attached. */
export const strangeScan = 'f'.repeat(64);

/**
 * The case with other content: by JSON pointer below the sections, what stands there instead; undefined
 * takes it away.
 */
export function withContent(of: Case, changes: Readonly<Record<string, unknown>>): Case {
  const sections = copyOf(of.filed.sections);
  for (const [pointer, value] of Object.entries(changes)) {
    const path = pointer.split('/').slice(1);
    const last = path.pop() ?? '';
    const parent = path.reduce<unknown>(
      (node, key) => (node as Record<string, unknown>)[key],
      sections,
    ) as Record<string, unknown>;
    if (value === undefined) Reflect.deleteProperty(parent, last);
    else parent[last] = value;
  }
  return { ...of, filed: { ...of.filed, sections: sections as unknown as SectionContents } };
}

export function inContext(of: Case, change: Partial<MaterialsContext>): Case {
  return { ...of, context: { ...of.context, ...change } };
}

/** The case under a policy whose parameters of the materials are other ones. */
export function underPolicy(of: Case, change: Partial<Policy['materials']>): Case {
  return inContext(of, { policy: { ...policy, materials: { ...policy.materials, ...change } } });
}

export const findingsOf = ({ filed, context }: Case): readonly Finding[] =>
  materialFindings(filed, context);

/** What is found, each as `block M-13 achievement-conditions-unmet /sections/achievements/entries`. */
export const said = (of: Case): string[] =>
  findingsOf(of).map(({ severity, rule, code, pointer }) =>
    [severity, rule, code, pointer].join(' '),
  );

/** The same for one rule only. */
export const saidBy = (rule: string, of: Case): string[] =>
  said(of).filter((line) => line.split(' ')[1] === rule);

/** What the rule tells the applicant, in Chinese. */
export const told = (rule: string, of: Case): string =>
  findingsOf(of)
    .filter((finding) => finding.rule === rule)
    .map(({ message }) => message.zh)
    .join('\n');

/** Entries that do not count, each as `evidence-missing /sections/practiceAbility/entries/0`. */
export const leftOut = ({ filed, context }: Case): string[] =>
  counted(filed, context)
    .filter(({ counts }) => !counts)
    .map(({ code, pointer }) => `${code ?? ''} ${pointer}`);
