import { join } from 'node:path';

import { SqliteEventStore } from '../../src/adapters/sqlite/event-store';
import { SqliteReadModels } from '../../src/adapters/sqlite/read-models';
import type { EventStore } from '../../src/engine/event-store';
import { rebuild as rebuildOne } from '../../src/engine/rebuild';
import { projections } from '../../src/projections';
import { measured } from '../harness/measurement';
import type { Part } from '../harness/part';
import { inFolder, seed, type SeededStore } from '../store/seeded-store';

export const rebuild: Part = {
  name: 'rebuild',
  about: `every projection built anew from the log (${projections.length} of them)`,

  async *run({ full }) {
    const [drafts, runs] = full ? [300, 3] : [40, 2];
    const [rebuilt, read]: [number[], number[]] = [[], []];
    await inFolder(async (folder) => {
      const store = await seed(folder, { drafts }, { lists: [] });
      for (let run = 0; run < runs; run += 1) {
        rebuilt.push(store.events / (await seconds(store, rebuildAll)));
        read.push(store.events / (await seconds(store, readThrough)));
      }
    });
    const limit = { values: read, is: 'reading and parsing the log once' };
    yield measured('rebuild', 'events/s', rebuilt, limit);
    const each = rebuilt.map((rate) => rate * projections.length);
    yield measured('rebuild, one projection of them', 'events/s', each, limit);
  },

  growth: {
    what: 'an event through every projection',
    unit: 'µs',
    cost: async (store) => ((await seconds(store, rebuildAll)) / store.events) * 1e6,
  },
};

async function seconds(
  { folder }: SeededStore,
  work: (log: EventStore) => Promise<void>,
): Promise<number> {
  const log = SqliteEventStore.open(join(folder, 'events.db'));
  const started = performance.now();
  await work(log);
  const taken = (performance.now() - started) / 1000;
  await log.close();
  return taken;
}

function rebuildAll(log: EventStore): Promise<void> {
  return inFolder(async (folder) => {
    const readModels = SqliteReadModels.open(join(folder, 'read-models.db'));
    for (const projection of projections) await rebuildOne(projection, log, readModels);
    await readModels.close();
  });
}

async function readThrough(log: EventStore): Promise<void> {
  const reading = new AbortController();
  for await (const { caughtUp } of log.subscribe(null, { signal: reading.signal })) {
    if (caughtUp) break;
  }
}
