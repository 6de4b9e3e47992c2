import { setTimeout as sleep } from 'node:timers/promises';
import {
  EventStoreDBEventStore,
  type EventStoreDBOptions,
} from '../../../src/adapters/eventstoredb/event-store';
import type { Batch, EventStore, RecordedEvent } from '../../../src/engine/event-store';
import type { ProposedRecord } from '../../support/stand-ins/eventstoredb/log';
import {
  EventStoreDBStandIn,
  type StandInOptions,
} from '../../support/stand-ins/eventstoredb/server';

export const namespace = 'ours.';

/**
 * Stand-ins and stores of one test, closed after it. Jest itself fails a test for an unhandled rejection
 * or an uncaught error, also one that comes while they are closed.
 */
export function newBench() {
  const opened: (() => Promise<unknown>)[] = [];
  return {
    server: async (options: StandInOptions = {}): Promise<EventStoreDBStandIn> => {
      const server = await new EventStoreDBStandIn(options).start();
      opened.push(() => server.stop());
      return server;
    },
    connect: async (
      url: string,
      options: Partial<EventStoreDBOptions> = {},
    ): Promise<EventStoreDBEventStore> => {
      const store = await EventStoreDBEventStore.connect(url, {
        namespace,
        timeout: 2_000,
        backoff: { base: 5, cap: 50 },
        ...options,
      });
      opened.push(() => store.close());
      return store;
    },
    close: async (): Promise<void> => {
      for (const close of opened.splice(0).reverse()) await close();
      await sleep(20);
    },
  };
}

/** Collects what a subscription delivers, until it is stopped. */
export function collect(store: EventStore, after: string | null = null, batchSize = 500) {
  const abort = new AbortController();
  const batches: Batch[] = [];
  const events: RecordedEvent[] = [];
  const done = (async () => {
    for await (const batch of store.subscribe(after, { batchSize, signal: abort.signal })) {
      batches.push(batch);
      events.push(...batch.events);
    }
  })();
  return {
    batches,
    events,
    stop: async (): Promise<void> => {
      abort.abort();
      await done;
    },
  };
}

/** Waits for a condition; rejects where it does not come, so that the test can be cleaned up. */
export async function until(condition: () => boolean): Promise<void> {
  for (let looks = 0; !condition(); looks += 1) {
    if (looks === 2_000) throw new Error(`waited in vain for ${condition.toString()}`);
    await sleep(5);
  }
}

let records = 0;

/** A record as another application writes it. */
export function foreignRecord(size = 2): ProposedRecord {
  records += 1;
  return {
    id: `00000000-0000-4000-8000-${String(records).padStart(12, '0')}`,
    type: 'foreign',
    contentType: 'application/json',
    data: Buffer.from(JSON.stringify('x'.repeat(size))),
    metadata: Buffer.from('{}'),
  };
}
