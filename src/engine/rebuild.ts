import type { EventStore, Position } from './event-store';
import { foldBatch } from './fold-batch';
import type { Projection } from './projection';
import { isLevel, type Checkpoint, type ReadModels } from './read-models';

export interface RebuildProgress {
  /** Events read so far, those of foreign streams included. */
  readonly events: number;
  readonly position: Position | null;
  /** Newest position of the log when the rebuild began. */
  readonly head: Position | null;
}

/**
 * Folds the whole log into a new generation and lets it answer. Until then the old generation
 * answers and its runner goes on; afterwards the runner resumes from the new one's checkpoint, so
 * that it does not matter which of the two had come further.
 *
 * Resolves to the checkpoint it went live with. Rejects with PoisonEvent, StoreUnavailable, or
 * StaleCheckpoint where another rebuild has begun; then the old generation stays.
 */
export async function rebuild(
  projection: Projection,
  store: EventStore,
  readModels: ReadModels,
  onProgress: (progress: RebuildProgress) => void = () => undefined,
): Promise<Checkpoint> {
  await readModels.open(projection);
  const rebuilt = await foldToHead(projection, store, readModels, onProgress);
  await readModels.activate(projection, rebuilt);
  return rebuilt;
}

async function foldToHead(
  projection: Projection,
  store: EventStore,
  readModels: ReadModels,
  onProgress: (progress: RebuildProgress) => void,
): Promise<Checkpoint> {
  let rebuilt = await readModels.beginRebuild(projection);
  const head = await store.head();
  const subscription = new AbortController();
  let events = 0;
  try {
    for await (const batch of store.subscribe(null, { signal: subscription.signal })) {
      const folded = await foldBatch(projection, readModels, rebuilt, batch.events);
      if (folded.poison !== null) throw folded.poison;
      rebuilt = folded.checkpoint;
      events += batch.events.length;
      onProgress({ events, position: rebuilt.position, head });
      if (batch.caughtUp) return rebuilt;
      // Under a writer that never pauses no batch need be the last: being level with the answering
      // generation is enough, as its readers then see no step back.
      const { position } = rebuilt;
      if (isLevel(position, head) && isLevel(position, await answering(projection, readModels)))
        return rebuilt;
    }
  } finally {
    subscription.abort();
  }
  throw new Error('the subscription ended before the head of the log');
}

async function answering(projection: Projection, readModels: ReadModels): Promise<Position | null> {
  return (await readModels.checkpoint(projection))?.position ?? null;
}
