/** What a measure tells apart of its amounts besides their cell and day. */
export type PartName =
  'stage' | 'tries' | 'reason' | 'section' | 'reviewer' | 'level' | 'since' | 'workingDays';

/** By name, what each measure tells apart, in the order of an amount's name: `passed/unit/1`. */
export type Measures = Readonly<Record<string, readonly PartName[]>>;

export type Parts = { readonly [Part in PartName]?: string };

export interface Named {
  readonly measure: string;
  readonly parts: Parts;
}

export function measureOf(name: string): string {
  return name.split('/', 1)[0] ?? '';
}

/** Reads the names of amounts; each is met very often. */
export function reader(measures: Measures): (name: string) => Named {
  const known = new Map<string, Named>();
  return (name) => {
    const before = known.get(name);
    if (before !== undefined) return before;
    const [measure = '', ...values] = name.split('/');
    const parts = (measures[measure] ?? []).map((part, index) => {
      const value = values[index] ?? '';
      return [part, part === 'reviewer' ? fromPart(value) : value];
    });
    const read = { measure, parts: Object.fromEntries(parts) as Parts };
    known.set(name, read);
    return read;
  };
}

/** An account may hold any character; the name of an amount is taken apart at its slashes. */
export function asPart(text: string): string {
  return Buffer.from(text).toString('base64url');
}

function fromPart(part: string): string {
  return Buffer.from(part, 'base64url').toString();
}

/** Amounts added up by name. */
export class Sums {
  private readonly amounts = new Map<string, number>();

  constructor(private readonly read: (name: string) => Named) {}

  get isEmpty(): boolean {
    return this.amounts.size === 0;
  }

  add(name: string, amount: number): void {
    const sum = (this.amounts.get(name) ?? 0) + amount;
    if (sum === 0) this.amounts.delete(name);
    else this.amounts.set(name, sum);
  }

  addAll(other: Sums): void {
    for (const [name, amount] of other.amounts) this.add(name, amount);
  }

  /** The sum of a measure, of those of its amounts that have these parts. */
  of(measure: string, wanted: Parts = {}): number {
    const conditions = Object.entries(wanted) as [PartName, string][];
    let sum = 0;
    for (const { parts, amount } of this.each(measure)) {
      if (conditions.every(([part, value]) => parts[part] === value)) sum += amount;
    }
    return sum;
  }

  /** The amounts of a measure, each with its parts. */
  *each(measure: string): Generator<{ readonly parts: Parts; readonly amount: number }> {
    for (const [name, amount] of this.amounts) {
      const { measure: own, parts } = this.read(name);
      if (own === measure) yield { parts, amount };
    }
  }
}
