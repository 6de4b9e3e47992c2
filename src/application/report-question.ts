import { dayOf, parseDay, type Instant } from '../engine/instant';
import { superiors, type OrganisationTree } from '../organisations/tree';
import { isPart, type Dimension, type Report } from '../projections/reports/report';
import { columnsOf, type Question } from '../projections/reports/table';
import { noPrefecture, type Vocabulary } from '../projections/reports/vocabulary';
import { malformed, type Finding } from '../rules/finding';

/** What reports can be narrowed to besides an organisation's jurisdiction. */
export const filterNames = [
  'prefecture',
  'tier',
  'level',
  'specialty',
  'subSpecialty',
  'actingOrganisation',
  'stage',
  'tries',
  'reason',
  'section',
  'reviewer',
] as const satisfies readonly Dimension[];

type Filters = { readonly [Name in (typeof filterNames)[number]]?: string };

/** A report as it is asked for, before anything of it is looked at. */
export interface Asked extends Filters {
  readonly round: string;
  readonly organisation?: string;
  /** Dimensions, separated by commas. */
  readonly by?: string;
  readonly asOf?: string;
}

export interface ReportQuestion extends Question {
  readonly round: string;
  /** The organisation whose jurisdiction it tells of. */
  readonly scope: string;
  readonly filters: Filters;
  /** Whether it stands as of an evening that is over. */
  readonly asOf: boolean;
}

export interface Known {
  /** Undefined for a round that was not published. */
  readonly versions: object | undefined;
  readonly tree: OrganisationTree;
  readonly vocabulary: Vocabulary;
  /** The caller's own. */
  readonly organisation: string;
  readonly now: Instant;
}

/** More make rows that nobody reads. */
const mostDimensions = 3;

/**
 * The question, or every fault in it; null where the organisation it is about is none of the caller's
 * jurisdiction.
 */
export function questionOf(
  asked: Asked,
  report: Report,
  known: Known,
): { readonly question: ReportQuestion | null } | { readonly findings: readonly Finding[] } {
  const by = (asked.by?.split(',') ?? []) as readonly Dimension[];
  const filters = Object.fromEntries(
    filterNames.flatMap((name) => (asked[name] === undefined ? [] : [[name, asked[name]]])),
  ) as Filters;
  const scope = asked.organisation ?? known.organisation;
  const only = partsOf(filters);
  const misfits = [...dimensionsOf(by, report), ...filtersFit(filters, report, known)];
  const findings = [
    ...roundKnown(known),
    ...scopeKnown(asked, known),
    // Of what does not fit this report it goes without saying that nothing counts it.
    ...(misfits.length > 0 ? misfits : answerable({ by, only }, report)),
    ...eveningPast(asked, known),
  ];
  if (findings.length > 0) return { findings };
  if (scope !== known.organisation && !superiors(known.tree, scope).includes(known.organisation)) {
    return { question: null };
  }
  const question = {
    round: asked.round,
    scope,
    jurisdiction: known.organisation,
    by,
    filters,
    only,
    where: cellsOf(filters),
    day: asked.asOf ?? dayOf(known.now),
    asOf: asked.asOf !== undefined,
  };
  return { question };
}

function partsOf(filters: Filters): Question['only'] {
  return Object.fromEntries(entriesOf(filters).filter(([name]) => isPart(name)));
}

/** Sheets are of one level and sub-specialty each, rows of everything else. */
function cellsOf(filters: Filters): Question['where'] {
  return Object.fromEntries(
    entriesOf(filters)
      .filter(([name]) => !isPart(name) && name !== 'level' && name !== 'subSpecialty')
      .map(([name, value]) => [
        name,
        name === 'prefecture' && value === noPrefecture ? null : value,
      ]),
  );
}

function entriesOf(filters: Filters): readonly (readonly [keyof Filters, string])[] {
  return Object.entries(filters) as [keyof Filters, string][];
}

function roundKnown({ versions }: Known): Finding[] {
  if (versions !== undefined) return [];
  return [malformed({ pointer: '/round', zh: '没有这一年度。', en: 'There is no such round.' })];
}

function scopeKnown({ organisation }: Asked, { tree }: Known): Finding[] {
  if (organisation === undefined || tree.has(organisation)) return [];
  return [
    malformed({
      pointer: '/organisation',
      zh: '没有登记这个单位。',
      en: 'No such organisation is registered.',
    }),
  ];
}

function dimensionsOf(by: readonly string[], { dimensions }: Report): Finding[] {
  const offered = (dimensions as readonly string[]).join(', ');
  const fits =
    by.every((name) => (dimensions as readonly string[]).includes(name)) &&
    new Set(by).size === by.length &&
    by.length <= mostDimensions;
  if (fits) return [];
  return [
    malformed({
      pointer: '/by',
      zh: `至多 ${mostDimensions} 项，以逗号分隔，不得重复，取自：${offered}。`,
      en: `At most ${mostDimensions}, separated by commas, none twice, of: ${offered}.`,
    }),
  ];
}

function filtersFit(filters: Filters, { dimensions }: Report, { vocabulary }: Known): Finding[] {
  return entriesOf(filters).flatMap(([name, value]) => {
    const pointer = `/${name}`;
    if (!(dimensions as readonly string[]).includes(name)) {
      const zh = '这一报表不按此项筛选。';
      return [malformed({ pointer, zh, en: 'This report is not narrowed by this.' })];
    }
    if (vocabulary.knows(name, value)) return [];
    return [malformed({ pointer, zh: '没有这个值。', en: 'There is no such value.' })];
  });
}

/** Not everything is counted by everything at once. */
function answerable(asked: Pick<Question, 'by' | 'only'>, report: Report): Finding[] {
  if (columnsOf(report, asked).length > 0) return [];
  return [
    malformed({
      pointer: '/by',
      zh: '没有同时按这些项目统计的数字，请减少一项。',
      en: 'Nothing is counted by all of these at once; leave one out.',
    }),
  ];
}

function eveningPast({ asOf }: Asked, { now }: Known): Finding[] {
  if (asOf === undefined || (parseDay(asOf) !== undefined && asOf <= dayOf(now))) return [];
  return [
    malformed({
      pointer: '/asOf',
      zh: '须为今天或以前的日期，如 2022-08-20；统计到当日北京时间 24 时。',
      en: 'A day like 2022-08-20, not in the future: the report as of its end in Beijing.',
    }),
  ];
}
