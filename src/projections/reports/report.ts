import type { Day } from '../../engine/instant';
import type { Policy } from '../../rounds/policy';
import type { Text } from '../../rules/finding';
import type { Count, Counted } from './counts';
import type { Happening } from './records';
import type { Measures, Sums } from './sums';

/** What reports are grouped by and narrowed to. */
export type Dimension =
  | 'organisation'
  | 'prefecture'
  | 'tier'
  | 'level'
  | 'specialty'
  | 'subSpecialty'
  | 'actingOrganisation'
  | 'day'
  | PartDimension;

export const partDimensions = ['stage', 'tries', 'reason', 'section', 'reviewer'] as const;
export type PartDimension = (typeof partDimensions)[number];

export function isPart(dimension: Dimension): dimension is PartDimension {
  return (partDimensions as readonly Dimension[]).includes(dimension);
}

/** What the counters do not hold but a column is worked out from. */
export interface Circumstances {
  readonly policy: Policy;
  /** The most organisations a dossier passes. */
  readonly longestChain: number;
}

/** What a column's value is worked out for. */
export interface Row extends Circumstances {
  /** The evening of this day. */
  readonly day: Day;
  /** What the row is one value of, of what a measure tells apart. */
  readonly fixed: readonly PartDimension[];
}

/**
 * How a column is kept from revealing a person: it counts people, of whom one adds at most so many (and who
 * may all be in another column, but for those `beyond` it); or it rests on a column that does.
 */
export type Guard =
  | {
      readonly mostOfOnePerson: (circumstances: Circumstances) => number;
      readonly beyond?: string;
    }
  | { readonly restsOn: string };

/** What a column's values are; `people`, `acts` and `yuan` are whole numbers. */
export type Unit = 'people' | 'acts' | 'yuan' | 'ratio' | 'average' | 'workingDays' | 'date';

export type Value = number | string | null;

export interface Column {
  readonly key: string;
  readonly title: Text;
  readonly unit: Unit;
  /** What it is worked out from: it is there where each of them tells apart what is asked for. */
  readonly measures: readonly string[];
  /** What must be asked for, lest it make no sense. */
  readonly needs?: readonly PartDimension[];
  /** Told as it stands on an evening; without it, of what happened on a day. */
  readonly standing?: true;
  /** Who may look up one by one what it counts; they see small numbers too. */
  readonly known: 'to reviewers' | 'to auditors';
  readonly guard: Guard;
  value(sums: Sums, row: Row): Value;
}

export interface Report extends Counted {
  readonly title: Text;
  /** What it tells, in a sentence. */
  readonly about: Text;
  readonly dimensions: readonly Dimension[];
  readonly measures: Measures;
  readonly columns: readonly Column[];
  /** What an event adds. */
  count(happening: Happening): readonly Count[];
}

/** By what every dossier is told apart. */
export const dossierDimensions = [
  'organisation',
  'prefecture',
  'tier',
  'level',
  'specialty',
  'subSpecialty',
  'day',
] as const satisfies readonly Dimension[];

export const onePerson = { mostOfOnePerson: () => 1 } as const satisfies Guard;
/** One person is submitted so many times, and decided on each time. */
export const oncePerTry: Guard = { mostOfOnePerson: ({ policy }) => policy.submissions.limit };
export const oncePerTryAndStage: Guard = {
  mostOfOnePerson: ({ policy, longestChain }) => policy.submissions.limit * longestChain,
};

/** A column that is the sum of a measure. */
export function sumOf(measure: string, column: Omit<Column, 'measures' | 'value'>): Column {
  return { ...column, measures: [measure], value: (sums) => sums.of(measure) };
}

export function ratio(part: number, whole: number): number | null {
  return whole === 0 ? null : Math.round((part / whole) * 10_000) / 10_000;
}
