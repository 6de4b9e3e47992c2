/** One figure, with what it is held against. */
export interface Measurement {
  readonly name: string;
  /** The median of the runs. */
  readonly value: number;
  readonly unit: string;
  /** What the same machine does at the same time at the best, or a peer; null where there is none. */
  readonly limit: number | null;
  /** Value by limit, the median of the runs. */
  readonly ratio: number | null;
  readonly spread: Spread;
  /** What the limit is. */
  readonly against: string | null;
}

export interface Spread {
  readonly runs: number;
  readonly min: number;
  readonly median: number;
  readonly max: number;
}

/** The limit, taken in the same runs as the value, one for each. */
export interface Limit {
  readonly values: readonly number[];
  readonly is: string;
}

/** A figure out of several runs. */
export function measured(
  name: string,
  unit: string,
  values: readonly number[],
  limit?: Limit,
): Measurement {
  const spread = spreadOf(values);
  const ratios = values.map((value, run) => value / (limit?.values[run] ?? NaN));
  return {
    ...{ name, value: spread.median, unit },
    limit: limit === undefined ? null : median(limit.values),
    ratio: limit === undefined ? null : median(ratios),
    spread,
    against: limit?.is ?? null,
  };
}

export function spreadOf(values: readonly number[]): Spread {
  return {
    runs: values.length,
    min: Math.min(...values),
    median: median(values),
    max: Math.max(...values),
  };
}

export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

/** The value below which this share of them lies; 0.99 is the 99th percentile. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
}
