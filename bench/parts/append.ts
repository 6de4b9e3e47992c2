import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';

import { SqliteEventStore } from '../../src/adapters/sqlite/event-store';
import { ed25519Sha256 } from '../../src/audit/suite';
import type { EventStore, NewEvent } from '../../src/engine/event-store';
import { measured } from '../harness/measurement';
import type { Part } from '../harness/part';
import { eventOf } from '../store/dossiers';
import { inFolder } from '../store/seeded-store';

const inFlight = 64;
/** With type and metadata an event takes about a thousand bytes. */
const text = 'a'.repeat(450);

export const append: Part = {
  name: 'append',
  about: `durable appends of about 1 KB at an expected revision, ${inFlight} in flight`,

  async *run({ full }) {
    const [count, runs] = full ? [15_000, 3] : [3_000, 3];
    const bare: number[] = [];
    const plain: number[] = [];
    const sealed: number[] = [];
    await appended({ count: 1_000, suite: ed25519Sha256 });
    for (let run = 0; run < runs; run += 1) {
      bare.push(await inserted(count));
      plain.push(await appended({ count }));
      sealed.push(await appended({ count, suite: ed25519Sha256 }));
    }
    const limit = { values: bare, is: 'bare SQLite, same pragmas, same group commit' };
    yield measured('append', 'events/s', plain, limit);
    yield measured('append, sealed in the hash tree', 'events/s', sealed, limit);
    const without = { values: plain, is: 'the same without the hash tree' };
    yield measured('sealing', 'events/s', sealed, without);
  },

  growth: {
    what: 'an append, sealed',
    unit: 'µs',
    cost: async ({ events: before }) =>
      1e6 / (await appended({ count: 2_000, before, suite: ed25519Sha256 })),
  },
};

/** Appends a second of the store, to a log that holds so many before. */
function appended({
  count,
  before = 0,
  ...options
}: {
  count: number;
  before?: number;
  suite?: typeof ed25519Sha256;
}): Promise<number> {
  return inFolder(async (folder) => {
    const store = SqliteEventStore.open(join(folder, 'events.db'), options);
    const events = Array.from({ length: count }, () => event());
    await appendTo(store, 'before', Array.from({ length: before }, event), 500);
    const started = performance.now();
    await appendTo(store, 'measured', events, inFlight);
    const seconds = (performance.now() - started) / 1000;
    await store.close();
    return count / seconds;
  });
}

function event(): NewEvent {
  return eventOf('account', 'SectionSaved', { section: 'workSummary', content: { text } });
}

/** So many streams, an append under way on each. */
async function appendTo(
  store: EventStore,
  prefix: string,
  events: readonly NewEvent[],
  streams: number,
): Promise<void> {
  await Promise.all(
    Array.from({ length: streams }, async (_, stream) => {
      let revision = -1;
      for (let next = stream; next < events.length; next += streams) {
        const [one] = events.slice(next, next + 1);
        if (one === undefined) return;
        const expected = revision < 0 ? 'no-stream' : revision;
        ({ revision } = await store.append(`${prefix}-${stream}`, [one], expected));
      }
    }),
  );
}

/** Rows a second of the same size into the same table, as many in a transaction as are in flight. */
function inserted(count: number): Promise<number> {
  return inFolder((folder) => {
    const database = new DatabaseSync(join(folder, 'bare.db'));
    database.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
      CREATE TABLE events (position INTEGER PRIMARY KEY AUTOINCREMENT, stream TEXT NOT NULL,
        revision INTEGER NOT NULL, id TEXT NOT NULL, type TEXT NOT NULL, data TEXT NOT NULL,
        metadata TEXT NOT NULL, UNIQUE (stream, revision)) STRICT`);
    const insert = database.prepare(
      'INSERT INTO events (stream, revision, id, type, data, metadata) VALUES (?, ?, ?, ?, ?, ?)',
    );
    const { data, metadata } = event();
    const rows = Array.from({ length: count }, (_, n) => [
      ...[`measured-${n % inFlight}`, Math.floor(n / inFlight), randomUUID(), 'SectionSaved'],
      ...[JSON.stringify(data), JSON.stringify(metadata)],
    ]);
    const started = performance.now();
    for (let from = 0; from < count; from += inFlight) {
      database.exec('BEGIN IMMEDIATE');
      for (const row of rows.slice(from, from + inFlight)) insert.run(...row);
      database.exec('COMMIT');
    }
    const seconds = (performance.now() - started) / 1000;
    database.close();
    return Promise.resolve(count / seconds);
  });
}
