import type { Random } from '../../src/cli/season/people/random';

/** What a part of the run is given. */
export interface Means {
  /** The same seed tries the same faults in the same order. */
  readonly random: Random;
  /** Whether another round is to be tried, after so many of them. */
  readonly goesOn: (rounds: number) => boolean;
  readonly tally: Tally;
}

export interface Part {
  readonly name: string;
  readonly what: string;
  /** Rounds of a short run. */
  readonly rounds: number;
  /** Why it cannot be run here; null where it can. */
  readonly missing: () => string | null;
  readonly run: (means: Means) => Promise<void>;
}

/** How many of each were tried, and what was lost. */
export class Tally {
  readonly tried = new Map<string, number>();
  readonly lost = new Map<string, number>();
  /** Worth saying, and no loss. */
  readonly notes: string[] = [];
  /** The first of each kind of loss, as it was seen. */
  readonly losses: string[] = [];

  try(what: string, count = 1): void {
    this.tried.set(what, (this.tried.get(what) ?? 0) + count);
  }

  /** Something that must not happen: counted also where it did not, so that the zero is seen. */
  lose(what: string, seen: readonly string[]): void {
    const before = this.lost.get(what) ?? 0;
    this.lost.set(what, before + seen.length);
    const [first] = seen;
    if (before === 0 && first !== undefined) this.losses.push(`${what}: ${first.slice(0, 600)}`);
  }

  note(sentence: string): void {
    this.notes.push(sentence);
  }

  get isSound(): boolean {
    return [...this.lost.values()].every((count) => count === 0);
  }
}

/** The middle and the longest of some times in milliseconds, as a note says them. */
export function timesOf(times: readonly number[]): string {
  const sorted = [...times].sort((one, other) => one - other);
  const at = (part: number) => Math.round(sorted[Math.floor((sorted.length - 1) * part)] ?? 0);
  return `${at(0.5)} ms in the middle, ${at(1)} ms at most, of ${sorted.length}`;
}
