import { isIP } from 'node:net';

export type Env = Readonly<Record<string, string | undefined>>;

/** Reads settings by name and collects what is wrong with them, to tell it all at once. */
export class Environment {
  readonly problems: string[] = [];

  constructor(private readonly env: Env) {}

  /** A variable set to nothing counts as unset: Compose writes `NAME=` for an absent one. */
  text(name: string): string | undefined {
    const value = this.env[name]?.trim();
    return value === '' ? undefined : value;
  }

  choice<T extends string, F extends T | undefined>(
    name: string,
    choices: readonly T[],
    fallback: F,
  ): T | F {
    const value = this.text(name);
    if (value === undefined) return fallback;
    const chosen = choices.find((choice) => choice === value);
    if (chosen === undefined) this.refuse(`${name} must be one of ${choices.join(', ')}.`);
    return chosen ?? fallback;
  }

  wholeNumber(name: string, bounds: { min: number; max: number; fallback: number }): number {
    const value = this.text(name);
    if (value === undefined) return bounds.fallback;
    const number = /^\d{1,15}$/.test(value) ? Number(value) : Number.NaN;
    if (number >= bounds.min && number <= bounds.max) return number;
    this.refuse(`${name} must be a whole number from ${bounds.min} to ${bounds.max}.`);
    return bounds.fallback;
  }

  /** Addresses, CIDR ranges, or the named ranges loopback, linklocal and uniquelocal. */
  addressRanges(name: string): readonly string[] {
    const ranges = (this.text(name) ?? '').split(',').flatMap((range) => range.trim() || []);
    if (!ranges.every(isAddressRange)) {
      this.refuse(
        `${name} must list addresses or CIDR ranges (or loopback, linklocal, uniquelocal), separated by commas.`,
      );
    }
    return ranges;
  }

  refuse(problem: string): void {
    this.problems.push(problem);
  }
}

function isAddressRange(range: string): boolean {
  if (['loopback', 'linklocal', 'uniquelocal'].includes(range)) return true;
  const [address = '', prefix, ...rest] = range.split('/');
  const version = isIP(address);
  if (version === 0 || rest.length > 0) return false;
  return (
    prefix === undefined ||
    (/^\d{1,3}$/.test(prefix) && Number(prefix) <= (version === 4 ? 32 : 128))
  );
}
