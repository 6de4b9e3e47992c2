import type { EventStore, Position } from './event-store';
import { toEpoch, type Instant } from './instant';
import { isLevel } from './read-models';

/** How far somebody who follows the log is behind it. */
export interface Lag {
  /** Events not taken in yet; of more than {@link mostCounted} only that many are counted. */
  readonly events: number;
  /** Age of the oldest of them. */
  readonly seconds: number;
}

export const mostCounted = 1_000;

const none: Lag = { events: 0, seconds: 0 };

/** How far behind each of these positions is, of which `head` is the newest. Rejects with StoreUnavailable. */
export async function lagsOf(
  store: EventStore,
  positions: readonly (Position | null)[],
  head: Position | null,
  now: Instant,
): Promise<readonly Lag[]> {
  const behind = positions.filter((position) => !isLevel(position, head));
  const distinct = [...new Set(behind)];
  const lags = await Promise.all(distinct.map((position) => lagOf(store, position, now)));
  return positions.map((position) => lags[distinct.indexOf(position)] ?? none);
}

async function lagOf(store: EventStore, position: Position | null, now: Instant): Promise<Lag> {
  const reading = new AbortController();
  const options = { batchSize: mostCounted, signal: reading.signal };
  try {
    for await (const { events } of store.subscribe(position, options)) {
      const [oldest] = events;
      if (oldest === undefined) return none;
      const seconds = Math.max(0, (toEpoch(now) - toEpoch(oldest.metadata.at)) / 1000);
      return { events: events.length, seconds };
    }
    return none;
  } finally {
    reading.abort();
  }
}
