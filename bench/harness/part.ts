import type { SeededStore } from '../store/seeded-store';
import type { Measurement } from './measurement';

export interface Size {
  /** Large enough for figures that stand; else small enough to see that it runs. */
  readonly full: boolean;
}

/** One benchmark, started by its name. */
export interface Part {
  readonly name: string;
  /** What it measures, in one line. */
  readonly about: string;
  /** Yields each figure as it is known. Rejects only where something fails, whatever the figures are. */
  run(size: Size): AsyncIterable<Measurement>;
  readonly growth?: Growth;
}

/** What a piece of the part's work costs, which is asked of stores of several sizes. */
export interface Growth {
  readonly what: string;
  readonly unit: string;
  /** The store is left as it is. */
  cost(store: SeededStore): Promise<number>;
}
