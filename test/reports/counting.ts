import type { Cell, Happened } from './stories';

export interface Wanted {
  readonly report: string;
  readonly round: string;
  /** Who asks. */
  readonly jurisdiction: string;
  readonly scope: string;
  readonly by: readonly string[];
  readonly filters: Readonly<Record<string, string>>;
  /** A day; '9999' for no end. */
  readonly evening: string;
  readonly today: string;
  /** Fee of a level under the policy of that evening. */
  readonly fee: (level: string) => number;
}

export type Values = Record<string, number | string | null>;
/** By group, as JSON; the total under ''. */
export type Counted = Map<string, Values>;

export type Dims = Readonly<Record<string, string | null>>;

/** Something that counts, once, with what it is told apart by. */
export interface Item<T> {
  readonly dims: Dims;
  readonly it: T;
}

export function dimsIn(
  { round, jurisdiction, scope, filters }: Wanted,
  of: { readonly round: string; readonly cell: Cell | object; readonly chain: readonly string[] },
  more: Dims = {},
): Dims | undefined {
  const place = of.chain.indexOf(scope);
  if (of.round !== round || place === -1 || of.chain.indexOf(jurisdiction) < place)
    return undefined;
  const dims: Dims = { ...of.cell, organisation: of.chain[place - 1] ?? scope, ...more };
  const fits = Object.entries(filters).every(
    ([name, value]) => !(name in dims) || (dims[name] ?? 'none') === value,
  );
  return fits ? dims : undefined;
}

export function groupOf(dims: Dims, by: readonly string[], day: string): string {
  return JSON.stringify(by.map((name) => (name === 'day' ? day : (dims[name] ?? null))));
}

export function until(events: readonly Happened[], evening: string): Happened[] {
  return events.filter(({ day }) => day <= evening);
}

export function count<T>(items: readonly T[], fits: (item: T) => boolean): number {
  return items.filter(fits).length;
}
