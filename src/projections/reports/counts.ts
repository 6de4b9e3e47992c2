import type { Addition, Amounts, Counter } from '../../engine/counting';
import type { Day } from '../../engine/instant';
import type { DossierRecord } from './records';

/*
 * How reports are counted. A counter stands for one report, one organisation whose jurisdiction it tells
 * of, and one cell: a combination of what reports are asked by. It holds its amounts day by day. So
 * whoever asks reads the counters of one organisation: as many as there are cells below it, each
 * with as many amounts as the season has days, however many dossiers there are.
 */

/** What a counter tells of besides its report, round and organisation. */
export interface Cell {
  readonly prefecture?: string | null;
  readonly tier?: string;
  readonly level?: string;
  readonly specialty?: string;
  readonly subSpecialty?: string;
  /** The organisation that acted, or is to act. */
  readonly actingOrganisation?: string;
}

export type CellField = keyof Cell;

/** The fields of a counter. */
export type ReportCounter = Counter & {
  readonly report: string;
  readonly round: string;
  readonly scope: string;
  /** The organisation directly below the scope that it comes by; the scope itself where there is none. */
  readonly organisation: string;
  /** The scope and everything above it in the review chain: who may see it. */
  readonly above: readonly string[];
} & { readonly [Field in CellField]?: string | null };

/** An amount to be counted, for every organisation along a chain. */
export interface Count {
  readonly round: string;
  /** The organisations it is counted for, the nearest first. */
  readonly chain: readonly string[];
  readonly cell: Cell;
  /** By measure; where it differs from one organisation to another, as a function of it. */
  readonly amounts: Amounts | ((organisation: string) => Amounts);
}

/** In the cell a dossier belongs to. */
export function countOf({
  summary,
  chain,
  tier,
  prefecture,
}: DossierRecord): Omit<Count, 'amounts'> {
  const { round, level, specialty, subSpecialty } = summary;
  return { round, chain, cell: { prefecture, tier, level, specialty, subSpecialty } };
}

/**
 * What changes of what a dossier counts as. Where it stands in another cell than before, as after it was
 * opened anew from another unit, it is taken away there and added here: it is counted once.
 */
export function moved<R>(
  before: R | undefined,
  after: R | undefined,
  dossierOf: (record: R) => DossierRecord,
  amountsOf: (record: R) => Amounts,
): Count[] {
  if (before === after) return [];
  const taken = before && { ...countOf(dossierOf(before)), amounts: amountsOf(before) };
  const put = after && { ...countOf(dossierOf(after)), amounts: amountsOf(after) };
  if (taken && put && sameCell(taken, put)) {
    return [{ ...put, amounts: difference(put.amounts, taken.amounts) }];
  }
  const gone = taken && { ...taken, amounts: difference({}, taken.amounts) };
  return [gone, put].filter((count) => count !== undefined);
}

function sameCell(one: Omit<Count, 'amounts'>, other: Omit<Count, 'amounts'>): boolean {
  const name = ({ round, chain, cell }: Omit<Count, 'amounts'>): string =>
    JSON.stringify([round, chain, cell]);
  return name(one) === name(other);
}

function difference(amounts: Amounts, less: Amounts): Amounts {
  const names = new Set([...Object.keys(amounts), ...Object.keys(less)]);
  const differences = [...names].map(
    (name) => [name, (amounts[name] ?? 0) - (less[name] ?? 0)] as const,
  );
  return Object.fromEntries(differences.filter(([, amount]) => amount !== 0));
}

/** The counters that a count of a day adds to, one for each organisation of its chain. */
export function additionsOf(
  report: string,
  day: Day,
  { round, chain, cell, amounts }: Count,
): Addition[] {
  if (Object.keys(amounts).length === 0 && typeof amounts !== 'function') return [];
  return chain.map((scope, step) => {
    const above = chain.slice(step);
    const organisation = chain[step - 1] ?? scope;
    const of = typeof amounts === 'function' ? amounts(scope) : amounts;
    return {
      counter: JSON.stringify([report, round, above, organisation, cell]),
      about: { report, round, scope, organisation, above, ...cell },
      amounts: Object.fromEntries(
        Object.entries(of).map(([measure, amount]) => [`${day}/${measure}`, amount]),
      ),
    };
  });
}

/** The day and the measure in the name of an amount. */
export function readName(name: string): readonly [day: Day, measure: string] {
  return [name.slice(0, 10), name.slice(11)];
}
