import type { Document } from './read-models';

/** Numbers by name. */
export type Amounts = Readonly<Record<string, number>>;

/**
 * A document that counts, row by row, up to the end of a period: a text that sorts, such as a day. As it stood
 * at the end of an earlier period it is kept beside it, under `id@period`.
 */
export type Counter = Document & {
  readonly period: string;
  readonly rows: Readonly<Record<string, Amounts>>;
};

/** What is added to one row of a counter in a period; a counter that is not there yet begins empty. */
export interface Addition {
  readonly counter: string;
  /** The counter's fields besides its period and rows; the same with every addition to it. */
  readonly about: Document;
  readonly period: string;
  readonly row: string;
  readonly amounts: Amounts;
}

/**
 * The counters after additions in the order of their periods, by id. Where a period begins, the counter as it
 * stood is put aside, whatever is then added: batches of any size give the same documents.
 */
export function countersAfter(
  before: ReadonlyMap<string, Document>,
  additions: readonly Addition[],
): ReadonlyMap<string, Document> {
  const after = new Map<string, Document>();
  const open = new Map<string, OpenCounter>();
  for (const { counter: id, about, period, row, amounts } of additions) {
    const counter = open.get(id) ?? opened(before.get(id) as Counter | undefined, about, period);
    if (counter.period < period) {
      after.set(`${id}@${counter.period}`, closed(counter));
      counter.period = period;
    }
    open.set(id, counter);
    add(counter.rows, row, amounts);
  }
  for (const [id, counter] of open) after.set(id, closed(counter));
  return after;
}

interface OpenCounter {
  readonly about: Document;
  period: string;
  readonly rows: Map<string, Map<string, number>>;
}

function opened(stored: Counter | undefined, about: Document, period: string): OpenCounter {
  const rows = Object.entries(stored?.rows ?? {}).map(
    ([row, amounts]) => [row, new Map(Object.entries(amounts))] as const,
  );
  return { about, period: stored?.period ?? period, rows: new Map(rows) };
}

function closed({ about, period, rows }: OpenCounter): Counter {
  const all = [...rows].map(([row, amounts]) => [row, Object.fromEntries(amounts)] as const);
  return { ...about, period, rows: Object.fromEntries(all) };
}

/** What counts nothing is left out. */
function add(rows: OpenCounter['rows'], row: string, amounts: Amounts): void {
  const sums = rows.get(row) ?? new Map<string, number>();
  for (const [name, amount] of Object.entries(amounts)) {
    const sum = (sums.get(name) ?? 0) + amount;
    if (sum === 0) sums.delete(name);
    else sums.set(name, sum);
  }
  if (sums.size === 0) rows.delete(row);
  else rows.set(row, sums);
}
