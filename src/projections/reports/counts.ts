import type { Addition, Amounts, Counter } from '../../engine/counting';
import type { Day } from '../../engine/instant';
import type { DossierRecord } from './records';
import { measureOf } from './sums';

/*
 * How reports are counted. A counter is a sheet: of one report and round, of the jurisdiction of one
 * organisation, of one level and sub-specialty. It has a row for each cell, and stands as of the evening of
 * a day; the evenings before are kept beside it. So whoever asks reads one sheet for each level and
 * sub-specialty, with as many rows as there are cells below the organisation, whether the question is
 * how things stand or how they stood, and however many dossiers there are. What only some questions ask
 * for, and takes many numbers, is on a sheet beside it.
 */

/** What a row tells of. */
export interface Cell {
  /** The organisation directly below the scope that it comes by; the scope itself where there is none. */
  readonly organisation: string;
  readonly prefecture: string | null;
  readonly tier: string | null;
  readonly specialty: string | null;
  /** The organisation that acted, or is to act, where that is what is counted. */
  readonly actingOrganisation: string | null;
  /** The organisations above the scope in the review chain: with the scope, those who may see it. */
  readonly above: readonly string[];
}

export type SheetPart = 'main' | 'details';

/** What a sheet tells of. */
export interface SheetName {
  readonly report: string;
  readonly part: SheetPart;
  readonly round: string;
  readonly scope: string;
  readonly level: string | null;
  readonly subSpecialty: string | null;
}

export type Sheet = Counter & SheetName;

/** An amount to be counted, for every organisation along a chain. */
export interface Count {
  readonly round: string;
  readonly level: string | null;
  readonly subSpecialty: string | null;
  /** The organisations it is counted for, the nearest first. */
  readonly chain: readonly string[];
  readonly cell: Omit<Cell, 'organisation' | 'above'>;
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
  const cell = { prefecture, tier, specialty, actingOrganisation: null };
  return { round, level, subSpecialty, chain, cell };
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
  if (taken && put && placeOf(taken) === placeOf(put)) {
    return [{ ...put, amounts: difference(put.amounts, taken.amounts) }];
  }
  const gone = taken && { ...taken, amounts: difference({}, taken.amounts) };
  return [gone, put].filter((count) => count !== undefined);
}

function placeOf({ round, level, subSpecialty, chain, cell }: Omit<Count, 'amounts'>): string {
  return JSON.stringify([round, level, subSpecialty, chain, cell]);
}

function difference(amounts: Amounts, less: Amounts): Amounts {
  const names = new Set([...Object.keys(amounts), ...Object.keys(less)]);
  const differences = [...names].map(
    (name) => [name, (amounts[name] ?? 0) - (less[name] ?? 0)] as const,
  );
  return Object.fromEntries(differences.filter(([, amount]) => amount !== 0));
}

/** What of a report tells where it is counted. */
export interface Counted {
  readonly name: string;
  /** Measures of many numbers that only a question by what they tell apart needs. */
  readonly details?: readonly string[];
}

/** On which of a report's sheets a measure is. */
export function partOf({ details = [] }: Counted, measure: string): SheetPart {
  return details.includes(measure) ? 'details' : 'main';
}

/** What a count of a day adds to the sheets of the organisations of its chain. */
export function additionsOf(
  report: Counted,
  day: Day,
  { round, level, subSpecialty, chain, cell, amounts }: Count,
): Addition[] {
  return chain.flatMap((scope, step) => {
    const added = typeof amounts === 'function' ? amounts(scope) : amounts;
    if (Object.keys(added).length === 0) return [];
    const organisation = chain[step - 1] ?? scope;
    const row = rowOf({ ...cell, organisation, above: chain.slice(step + 1) });
    return [...byPart(report, added)].map(([part, amounts]) => {
      const about = { report: report.name, part, round, scope, level, subSpecialty };
      const counter = JSON.stringify(Object.values(about));
      return { counter, about, period: day, row, amounts: Object.fromEntries(amounts) };
    });
  });
}

function byPart(report: Counted, amounts: Amounts): Map<SheetPart, [string, number][]> {
  const parts = new Map<SheetPart, [string, number][]>();
  for (const [name, amount] of Object.entries(amounts)) {
    const part = partOf(report, measureOf(name));
    const own = parts.get(part) ?? [];
    own.push([name, amount]);
    parts.set(part, own);
  }
  return parts;
}

/** The name of a cell's row. Codes and ids hold neither of its separators. */
function rowOf(cell: Cell): string {
  const { organisation, prefecture, tier, specialty, actingOrganisation, above } = cell;
  const parts = [organisation, prefecture, tier, specialty, actingOrganisation, above.join('<')];
  return parts.map((part) => part ?? '').join('/');
}

export function cellOf(row: string): Cell {
  const [organisation = '', ...others] = row.split('/');
  const above = (others[4] ?? '').split('<').filter((id) => id !== '');
  const [prefecture, tier, specialty, actingOrganisation] = others.map((part) => part || null);
  return {
    organisation,
    prefecture: prefecture ?? null,
    tier: tier ?? null,
    specialty: specialty ?? null,
    actingOrganisation: actingOrganisation ?? null,
    above,
  };
}
