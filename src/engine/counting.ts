import type { Document } from './read-models';

/** Numbers by name. */
export type Amounts = Readonly<Record<string, number>>;

/** A document that counts: what it counts, and how much of each. */
export type Counter = Document & { readonly amounts: Amounts };

/** What is added to one counter; a counter that is not there yet begins with nothing. */
export interface Addition {
  readonly counter: string;
  /** The counter's fields besides its amounts; the same with every addition to it. */
  readonly about: Document;
  readonly amounts: Amounts;
}

/** Many additions as one for each counter: what comes and goes in a batch is never written. */
export function summed(additions: readonly Addition[]): ReadonlyMap<string, Addition> {
  const sums = new Map<string, { about: Document; amounts: Record<string, number> }>();
  for (const { counter, about, amounts } of additions) {
    const sum = sums.get(counter) ?? { about, amounts: {} };
    sums.set(counter, sum);
    addInto(sum.amounts, amounts);
  }
  return new Map(
    [...sums]
      .filter(([, { amounts }]) => Object.keys(amounts).length > 0)
      .map(([counter, sum]) => [counter, { counter, ...sum }]),
  );
}

/** The counter after an addition. Names that count nothing are left out; undefined where none is left. */
export function added(
  counter: Document | undefined,
  { about, amounts }: Addition,
): Counter | undefined {
  const sums = { ...(counter as Counter | undefined)?.amounts };
  addInto(sums, amounts);
  return Object.keys(sums).length === 0 ? undefined : { ...about, amounts: sums };
}

function addInto(sums: Record<string, number>, amounts: Amounts): void {
  for (const [name, amount] of Object.entries(amounts)) {
    const sum = (sums[name] ?? 0) + amount;
    if (sum === 0) Reflect.deleteProperty(sums, name);
    else sums[name] = sum;
  }
}
