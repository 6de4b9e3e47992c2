import type { Collection, Cursor, Document, Found, Query, ReadModels } from '../engine/read-models';
import type { PageRequest } from './list-queries';

/** What is sought along an index, and what more is asked of it than the index knows. */
export interface Sought<D extends Document> {
  readonly query: Omit<Query, 'limit' | 'after' | 'filter' | 'contains'>;
  readonly matches: (document: D) => boolean;
  /** Place of a document in the index. */
  readonly placeOf: (document: D) => Cursor;
}

/** The most documents looked through for a page. */
const mostLookedAt = 10_000;
/** Looked at in one go: a store in this process answers nobody else meanwhile. */
const atOnce = 500;

/**
 * A page of what matches, however little that is: where it would take looking through too much, the page
 * ends early, and its cursor goes on from there.
 */
export async function boundedFind<D extends Document>(
  readModels: ReadModels,
  collection: Collection,
  { query, matches, placeOf }: Sought<D>,
  { limit, after }: PageRequest,
): Promise<Found<D>> {
  const items: D[] = [];
  let next = after;
  let size = limit;
  for (let lookedAt = 0; lookedAt < mostLookedAt; size = atOnce) {
    const found: Found<D> = await readModels.find<D>(collection, {
      ...query,
      limit: size,
      ...(next === null ? {} : { after: next }),
    });
    for (const [index, document] of found.items.entries()) {
      if (!matches(document)) continue;
      items.push(document);
      if (items.length < limit) continue;
      const isLast = index === found.items.length - 1 && found.next === null;
      return { items, next: isLast ? null : placeOf(document) };
    }
    if (found.next === null) return { items, next: null };
    next = found.next;
    lookedAt += found.items.length;
  }
  return { items, next };
}
