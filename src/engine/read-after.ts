import { setTimeout as sleep } from 'node:timers/promises';
import type { Position } from './event-store';
import type { Collection, ReadModels } from './read-models';

export interface ReadAfterOptions {
  /** Longest wait, in milliseconds. */
  readonly timeout: number;
  readonly signal?: AbortSignal;
}

/** Milliseconds between two looks: close together at first, since a projection is mostly there in a few. */
const firstPause = 5;
const longestPause = 100;

/**
 * Waits until a collection has taken in a position, so that a client reads what it has just
 * written. Asks the read models, not a runner: the one that does the work may be another process.
 * Resolves to false when the time is over or the signal aborts. Rejects with StoreUnavailable.
 */
export async function readAfter(
  readModels: ReadModels,
  collection: Collection,
  position: Position,
  { timeout, signal }: ReadAfterOptions,
): Promise<boolean> {
  const deadline = performance.now() + timeout;
  for (let pause = firstPause; ; pause = Math.min(pause * 1.5, longestPause)) {
    const reached = (await readModels.checkpoint(collection))?.position ?? null;
    if (reached !== null && reached >= position) return true;
    const rest = deadline - performance.now();
    if (rest <= 0 || signal?.aborted === true) return false;
    const options = signal === undefined ? {} : { signal };
    await sleep(Math.min(pause, rest), undefined, options).catch(() => undefined);
  }
}
