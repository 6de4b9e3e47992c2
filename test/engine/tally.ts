import { randomUUID } from 'node:crypto';
import type { EventStore, NewEvent, RecordedEvent } from '../../src/engine/event-store';
import type { Projection } from '../../src/engine/projection';
import type { Document, ReadModels } from '../../src/engine/read-models';
import { type MemoryEventStore } from '../support/memory';

/**
 * A projection that gives away every mistake: a document lists the positions it took in, so that an
 * event lost, doubled or out of order shows.
 */
export const tally: Projection = {
  name: 'tally',
  version: 1,
  prefixes: ['ballot-', 'recount-'],
  indexes: [{ name: 'all', by: [] }],
  keys: ({ type, data }) => {
    if (type === 'Unreadable') throw new Error('no keys in this event');
    return (data as { boxes: string[] }).boxes;
  },
  project: (document, { type, position }, key) => {
    if (type === 'Spoilt' && key !== 'a') throw new Error('cannot be counted');
    if (type === 'Emptied') return undefined;
    const taken = (document?.['taken'] ?? []) as string[];
    return { id: key, count: taken.length + 1, taken: [...taken, position] };
  },
};

/** An event of `Counted` (counts in each box), `Emptied`, `Spoilt` or `Unreadable` (poison). */
export function event(boxes: readonly string[], type = 'Counted'): NewEvent {
  return {
    id: randomUUID(),
    type,
    data: { boxes },
    metadata: {
      at: '2022-08-01T09:00:00.000+08:00',
      actor: { kind: 'system', process: 'test' },
      address: null,
      command: null,
      policyVersion: null,
      person: null,
      jurisdiction: [],
    },
  };
}

/** Appends each event to the end of its stream, and tells the position of the last. */
export async function append(
  store: EventStore,
  stream: string,
  ...events: readonly [NewEvent, ...NewEvent[]]
): Promise<string> {
  const last = (await store.read(stream)).at(-1);
  return (await store.append(stream, events, last?.revision ?? 'no-stream')).position;
}

export async function documents(
  readModels: ReadModels,
  projection: Projection = tally,
): Promise<readonly Document[]> {
  const found = await readModels.find(projection, { index: 'all', equals: {}, limit: 10_000 });
  return found.items;
}

/** The documents as the projection's definition alone makes them, event by event. */
export async function expected(
  store: MemoryEventStore,
  projection: Projection = tally,
): Promise<readonly Document[]> {
  const states = new Map<string, Document>();
  for (const recorded of await log(store)) {
    if (!projection.prefixes.some((prefix) => recorded.stream.startsWith(prefix))) continue;
    for (const key of new Set(projection.keys(recorded))) {
      const beside = (other: string) => states.get(other);
      const document = projection.project(states.get(key), recorded, key, beside);
      if (document === undefined) states.delete(key);
      else states.set(key, document);
    }
  }
  return [...states].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, document]) => document);
}

async function log(store: MemoryEventStore): Promise<readonly RecordedEvent[]> {
  const reading = new AbortController();
  for await (const { events } of store.subscribe(null, {
    batchSize: Number.MAX_SAFE_INTEGER,
    signal: reading.signal,
  }))
    return events;
  return [];
}

/** Waits until the condition holds. Gives up before the test is over, lest it go on behind the next ones. */
export async function eventually(condition: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = performance.now() + 120_000;
  while (!(await condition())) {
    if (performance.now() > deadline) throw new Error('what was waited for did not come');
    await new Promise(setImmediate);
  }
}
