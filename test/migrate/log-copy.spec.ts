import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { DatabaseSync } from '@photostructure/sqlite';

import { EventStoreDBEventStore } from '../../src/adapters/eventstoredb/event-store';
import { SqliteEventStore } from '../../src/adapters/sqlite/event-store';
import { copyLog, OtherLog, summarise } from '../../src/cli/migrate/log-copy';
import type { Appended, EventStore, Json, NewEvent } from '../../src/engine/event-store';
import { newEvent, someMetadata } from '../support/events';
import { MemoryEventStore } from '../support/memory-event-store';
import { Log } from '../support/stand-ins/eventstoredb/log';
import { EventStoreDBStandIn } from '../support/stand-ins/eventstoredb/server';

/** Values that a careless copy would change. */
const awkward: readonly Json[] = [
  {},
  [],
  '',
  { 姓名: '阿依古丽·买买提', note: 'Ω≈ç√ 😀\u2028"\\\n\u0007' },
  { b: 1, a: 2, '10': 'ten', '9': 'nine' },
  { big: 9007199254740991, small: 5e-324, fraction: 0.1, minus: -1, exponent: 1e21 },
  JSON.parse('{"__proto__":{"x":null},"nested":[[[{"deep":[true,false,null]}]]]}') as Json,
  { long: '水'.repeat(100_000) },
];

const nothing = (): undefined => undefined;
const streams = ['dossier-2022-a', 'dossier-2022-b', '组织-1'];

/** Three streams in turns, so that commit order is not the order of any stream. */
async function fill(store: EventStore, count: number): Promise<void> {
  const revisions = new Map<string, number>();
  for (let n = 0; n < count; n += 1) {
    const stream = streams[(n * n) % 3] ?? '';
    const last = revisions.get(stream);
    const data = awkward[n % awkward.length] ?? null;
    const event = newEvent(data, {
      type: `kind-${n % 5}`,
      metadata: { ...someMetadata, person: `p-${n}` },
    });
    const { revision } = await store.append(stream, [event], last ?? 'no-stream');
    revisions.set(stream, revision);
  }
}

async function filled(count: number): Promise<MemoryEventStore> {
  const store = new MemoryEventStore();
  await fill(store, count);
  return store;
}

describe('Copying the log', () => {
  describe('between a folder and EventStoreDB', () => {
    const folder = mkdtempSync(join(tmpdir(), 'title-review-migrate-'));
    const file = (name: string): string => join(folder, `${name}.db`);
    const log = new Log();
    let standIn: EventStoreDBStandIn;
    let source: EventStore;
    let server: EventStore;
    let back: EventStore;

    beforeAll(async () => {
      standIn = await new EventStoreDBStandIn({ log }).start();
      source = SqliteEventStore.open(file('source'));
      await fill(source, 60);
      server = await EventStoreDBEventStore.connect(standIn.url, { namespace: 'title_review.' });
      back = SqliteEventStore.open(file('back'));
      await copyLog(source, server, 60, nothing);
      await copyLog(server, back, 60, nothing);
    });
    afterAll(async () => {
      for (const store of [source, server, back]) await store.close();
      await standIn.stop();
      rmSync(folder, { recursive: true });
    });

    function rowsOf(name: string): unknown[] {
      const database = new DatabaseSync(file(name), { readOnly: true });
      const columns = 'position, stream, revision, id, type, data, metadata';
      const rows = database.prepare(`SELECT ${columns} FROM events ORDER BY position`).all();
      database.close();
      return rows.map((row) => ({ ...(row as object) }));
    }

    it('keeps place, stream, revision, id, type and every byte of data and metadata, there and back', () => {
      const rows = rowsOf('source');
      expect(rows).toHaveLength(60);
      expect(rowsOf('back')).toEqual(rows);
    });

    it('keeps the very bytes on the server, in commit order', () => {
      const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('utf8');
      const there = log.records
        .filter(({ stream }) => stream.startsWith('title_review.'))
        .map(({ stream, id, type, data, metadata }) => ({
          ...{ stream: stream.slice('title_review.'.length), id, type },
          ...{ data: text(data), metadata: text(metadata) },
        }));
      const rows = rowsOf('source') as { position: number; revision: number }[];
      expect(there).toEqual(rows.map(({ position: _p, revision: _r, ...row }) => row));
    });

    it('the summaries of all three are the same', async () => {
      const summary = await summarise(source, nothing);
      expect(summary).toMatchObject({ events: 60 });
      expect(await summarise(server, nothing)).toEqual(summary);
      expect(await summarise(back, nothing)).toEqual(summary);
    });
  });

  it('of an empty log leaves an empty log', async () => {
    const [from, to] = [new MemoryEventStore(), new MemoryEventStore()];
    await copyLog(from, to, 0, nothing);
    expect(await summarise(to, nothing)).toEqual(await summarise(from, nothing));
    expect(await to.head()).toBeNull();
  });

  it.each(['before', 'after'] as const)(
    'goes on where it was broken off %s any append was taken, without a double event',
    async (moment) => {
      const from = await filled(12);
      const to = new MemoryEventStore();
      for (let run = 0; run < 12; run += 1) {
        await expect(copyLog(from, breaking(to, moment), 12, nothing)).rejects.toThrow('killed');
        if (moment === 'before')
          await copyLog(from, breaking(to, 'after'), 12, nothing).catch(nothing);
      }
      await copyLog(from, to, 12, nothing);
      expect(await summarise(to, nothing)).toEqual(await summarise(from, nothing));
    },
  );

  it('tells every event once, also those of an earlier run', async () => {
    const from = await filled(9);
    const to = new MemoryEventStore();
    await copyLog(from, to, 5, nothing);
    let told = 0;
    await copyLog(from, to, 9, () => (told += 1));
    expect(told).toBe(9);
  });

  it('takes no more than what was counted when it began', async () => {
    const from = await filled(9);
    const to = new MemoryEventStore();
    await copyLog(from, to, 5, nothing);
    expect(await summarise(to, nothing)).toMatchObject({ events: 5 });
  });

  describe('refuses a log that holds other events:', () => {
    const other: readonly [string, (from: EventStore, to: EventStore) => Promise<unknown>][] = [
      ['none of the source', async (_, to) => to.append('other', [newEvent()], 'no-stream')],
      [
        'all of the source and one more',
        async (from, to) => {
          await copyLog(from, to, 9, nothing);
          await to.append('other', [newEvent()], 'no-stream');
        },
      ],
      ['one that differs in its id', (from, to) => copyChanged(from, to, { id: randomUUID() })],
      ['one that differs in its type', (from, to) => copyChanged(from, to, { type: 'other' })],
      ['one that differs in its data', (from, to) => copyChanged(from, to, { data: { n: 1 } })],
      [
        'one that differs in its metadata',
        (from, to) => copyChanged(from, to, { metadata: { ...someMetadata, address: null } }),
      ],
    ];
    it.each(other)('%s', async (_, prepare) => {
      const from = await filled(9);
      const to = new MemoryEventStore();
      await prepare(from, to);
      const before = await summarise(to, nothing);
      await expect(copyLog(from, to, 9, nothing)).rejects.toBeInstanceOf(OtherLog);
      expect(await summarise(to, nothing)).toEqual(before);
      expect(before).not.toEqual(await summarise(from, nothing));
    });

    it('one that somebody else writes to meanwhile', async () => {
      const from = await filled(9);
      const to = new MemoryEventStore();
      let appends = 0;
      const meddled = withAppend(to, async (stream, events, expected) => {
        appends += 1;
        if (appends === 5) await to.append(stream, [newEvent()], expected);
        return to.append(stream, events, expected);
      });
      await expect(copyLog(from, meddled, 9, nothing)).rejects.toBeInstanceOf(OtherLog);
    });
  });
});

type Append = (...asked: Parameters<EventStore['append']>) => Promise<Appended>;

function withAppend(store: EventStore, append: Append): EventStore {
  return {
    append,
    read: (...asked) => store.read(...asked),
    subscribe: (...asked) => store.subscribe(...asked),
    head: () => store.head(),
    close: () => store.close(),
  };
}

/** Its first append ends the run, before or after the store has taken it. */
function breaking(store: EventStore, moment: 'before' | 'after'): EventStore {
  return withAppend(store, async (...asked) => {
    if (moment === 'after') await store.append(...asked);
    throw new Error('killed');
  });
}

/** Copies the log with another fifth event, so that the fourth is the last that agrees. */
async function copyChanged(from: EventStore, to: EventStore, change: Partial<NewEvent>) {
  await copyLog(from, to, 4, nothing);
  let appends = 0;
  const changing = withAppend(to, async (stream, [event], expected) => {
    appends += 1;
    return to.append(stream, [appends === 1 ? { ...event, ...change } : event], expected);
  });
  await copyLog(from, changing, 9, nothing);
}
