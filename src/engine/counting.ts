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
    let counter = open.get(id) ?? opened(before.get(id) as Counter | undefined, about, period);
    if (counter.period < period) {
      const stood = closed(counter);
      after.set(`${id}@${stood.period}`, stood);
      counter = { ...opened(stood, about, period), period };
    }
    open.set(id, counter);
    add(counter, row, amounts);
  }
  for (const [id, counter] of open) after.set(id, closed(counter));
  return after;
}

interface OpenCounter {
  readonly about: Document;
  readonly period: string;
  readonly before: Counter['rows'];
  /** Rows that were added to; of a large counter most stay what they were. */
  readonly rows: Map<string, Map<string, number>>;
}

function opened(stored: Counter | undefined, about: Document, period: string): OpenCounter {
  const { period: begun, rows } = stored ?? { period, rows: {} };
  return { about, period: begun, before: rows, rows: new Map() };
}

function closed({ about, period, before, rows }: OpenCounter): Counter {
  const added = [...rows].map(([row, amounts]) => [row, Object.fromEntries(amounts)] as const);
  const all = { ...before, ...Object.fromEntries(added) };
  const isEmptied = [...rows.values()].some(({ size }) => size === 0);
  return { ...about, period, rows: isEmptied ? withoutEmpty(all) : all };
}

/** What counts nothing is left out. */
function withoutEmpty(rows: Counter['rows']): Counter['rows'] {
  return Object.fromEntries(
    Object.entries(rows).filter(([, amounts]) => Object.keys(amounts).length > 0),
  );
}

function add({ before, rows }: OpenCounter, row: string, amounts: Amounts): void {
  const sums = rows.get(row) ?? new Map(Object.entries(before[row] ?? {}));
  rows.set(row, sums);
  for (const [name, amount] of Object.entries(amounts)) {
    const sum = (sums.get(name) ?? 0) + amount;
    if (sum === 0) sums.delete(name);
    else sums.set(name, sum);
  }
}
