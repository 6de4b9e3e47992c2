import type { Aggregate } from '../engine/execute';
import { toEpoch, type Instant } from '../engine/instant';

/**
 * The checkpoints the service has signed, in a stream of the very log they are of: so they are kept, sealed
 * and exported as everything else.
 */
export type SignedCheckpoint = {
  /** Events it is over, from the first on. */
  readonly size: number;
  readonly at: Instant;
  /** The signed note (c2sp.org/tlog-checkpoint). */
  readonly note: string;
};

export type CheckpointSigned = {
  readonly type: 'CheckpointSigned';
  readonly data: SignedCheckpoint;
};

export const checkpointStream = 'audit-checkpoints';

/** The last one; null before the first. */
export const checkpointAggregate: Aggregate<SignedCheckpoint | null, CheckpointSigned> = {
  initial: null,
  evolve: (_, { data }) => data,
  read: ({ type, data, position }) => {
    if (type === 'CheckpointSigned') return { type, data } as unknown as CheckpointSigned;
    throw new Error(`unknown event ${type} at ${position}`);
  },
};

const mostUnsigned = 1_000;
/** In milliseconds: with the pause between two looks it stays below a minute. */
const longestUnsigned = 50_000;

/** Whether to sign now: never for nothing but the last checkpoint's own event. */
export function isDue(
  size: number,
  last: SignedCheckpoint | null,
  { now, windowEnds }: { readonly now: Instant; readonly windowEnds: readonly Instant[] },
): boolean {
  if (last === null) return size > 0;
  const unsigned = size - last.size - 1;
  if (unsigned <= 0) return false;
  return (
    unsigned >= mostUnsigned ||
    toEpoch(now) - toEpoch(last.at) >= longestUnsigned ||
    windowEnds.some((end) => last.at <= end && end < now)
  );
}

/** Takes signed checkpoints, so that a log cannot be exchanged for another unnoticed. */
export interface Witness {
  readonly name: string;
  /** Rejects where it was not taken; then it is handed over again. A repeat is harmless. */
  receive(checkpoint: SignedCheckpoint): Promise<void>;
}
