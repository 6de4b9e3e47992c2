import type { EventStore } from '../engine/event-store';

/** The embedded log counts its positions from 1 without a gap; 0 for others, of which it is not known. */
export async function eventCount(store: EventStore): Promise<number> {
  const head = Number(await store.head());
  return Number.isSafeInteger(head) ? head : 0;
}
