import { StoreUnavailable, type Position } from '../engine/event-store';
import { readAfter } from '../engine/read-after';
import type { Collection, Document, Query, ReadModels } from '../engine/read-models';

/** Milliseconds. */
const longestWait = 5_000;

/** Waits until a list includes everything up to a position. Rejects with StoreUnavailable where it does not in time. */
export async function caughtUp(
  readModels: ReadModels,
  collection: Collection,
  position: Position | null,
  signal?: AbortSignal,
): Promise<void> {
  if (position === null) return;
  const options = { timeout: longestWait, ...(signal === undefined ? {} : { signal }) };
  if (await readAfter(readModels, collection, position, options)) return;
  throw new StoreUnavailable(`read model ${collection.name}`, new Error('behind the log'));
}

/** Every document a query finds, in pages; what moves forward in its order while it reads may come twice. */
export async function* everyOne<D extends Document>(
  readModels: ReadModels,
  collection: Collection,
  query: Omit<Query, 'limit' | 'after'>,
): AsyncGenerator<readonly D[]> {
  let asked: Query = { ...query, limit: pageSize };
  for (;;) {
    const { items, next } = await readModels.find<D>(collection, asked);
    if (items.length > 0) yield items;
    if (next === null) return;
    asked = { ...asked, after: next };
  }
}

const pageSize = 50;
