import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Database } from '../../src/adapters/sqlite/database';
import { SqliteEventStore } from '../../src/adapters/sqlite/event-store';
import { selects } from '../../src/adapters/sqlite/query';
import { SqliteReadModels } from '../../src/adapters/sqlite/read-models';
import { StoreUnavailable, type RecordedEvent } from '../../src/engine/event-store';
import type { Query } from '../../src/engine/read-models';
import { newEvent, newEvents } from '../support/events';
import { newCollection, positionOf, put } from './collections';

const anHour = 3_600_000;
const unavailable = { name: 'StoreUnavailable' };

let folder: string;
let path: string;
const toClose: { close(): Promise<void> | void }[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sqlite-'));
  path = join(folder, 'deeper', 'data.db');
});
afterEach(async () => {
  jest.restoreAllMocks();
  for (const store of toClose.splice(0)) await store.close();
  await rm(folder, { recursive: true });
});

/** Opens a store, and gives the database it works on as well. */
function opened<Store extends { close(): Promise<void> }>(open: () => Store): [Store, Database] {
  const databases = jest.spyOn(Database, 'open');
  const store = open();
  const database = databases.mock.results[0]?.value as Database;
  databases.mockRestore();
  toClose.push(store);
  return [store, database];
}

const openEvents = (options = {}) => opened(() => SqliteEventStore.open(path, options));
const openModels = () => opened(() => SqliteReadModels.open(path));

describe('a SQLite file', () => {
  const twoSteps = ['CREATE TABLE a (x)', 'ALTER TABLE a ADD COLUMN y'];

  it('is written durably, beside other processes', () => {
    const [, database] = openEvents();
    expect(database.get('PRAGMA journal_mode')).toMatchObject({ journal_mode: 'wal' });
    expect(database.get('PRAGMA synchronous')).toMatchObject({ synchronous: 2 });
  });

  it('waits for the disk only where nothing else has what is written', () => {
    const [, database] = openModels();
    expect(database.get('PRAGMA journal_mode')).toMatchObject({ journal_mode: 'wal' });
    expect(database.get('PRAGMA synchronous')).toMatchObject({ synchronous: 1 });
  });

  it('goes through each step of its schema once', () => {
    Database.open(path, twoSteps.slice(0, 1)).close();
    Database.open(path, twoSteps).close();
    const database = Database.open(path, twoSteps);
    toClose.push(database);
    database.run('INSERT INTO a (x, y) VALUES (1, 2)');
    expect(database.get('PRAGMA user_version')).toMatchObject({ user_version: 2 });
  });

  it('is refused when a newer version of the program wrote it', () => {
    const manySteps = Array.from({ length: 9 }, (_, step) => `CREATE TABLE step${step} (x)`);
    Database.open(path, manySteps).close();
    expect(() => SqliteEventStore.open(path)).toThrow(/data\.db was written by a newer version/);
    expect(() => SqliteReadModels.open(path)).toThrow(/data\.db was written by a newer version/);
  });

  it('is unavailable where it cannot be opened or is none', async () => {
    expect(() => SqliteEventStore.open(folder)).toThrow(StoreUnavailable);
    const text = join(folder, 'text.db');
    await writeFile(text, 'no database'.repeat(500));
    expect(() => SqliteReadModels.open(text)).toThrow(StoreUnavailable);
  });

  it('holds everything once it is closed, whatever still lies beside it', async () => {
    const [store] = openEvents();
    await store.append('a', newEvents(3), 'no-stream');
    await store.close();
    const copy = join(folder, 'copy.db');
    await copyFile(path, copy);
    const copied = SqliteEventStore.open(copy);
    toClose.push(copied);
    expect(await copied.read('a')).toHaveLength(3);
  });

  it('takes no text that it would cut or change', async () => {
    const [store] = openEvents();
    await store.append('a', newEvents(1), 'no-stream');
    await expect(store.read('a\0b')).rejects.toThrow(TypeError);
    const good = store.append('b', newEvents(1), 'no-stream');
    await expect(store.append('a\0b', newEvents(1), 'no-stream')).rejects.toThrow(TypeError);
    await expect(store.append('\ud800', newEvents(1), 'no-stream')).rejects.toThrow(TypeError);
    await good;
  });
});

describe('the event store on SQLite', () => {
  it('commits what waits together in one transaction', async () => {
    const [store] = openEvents();
    const transactions = jest.spyOn(Database.prototype, 'write');
    const append = (n: number) => store.append(`s-${n}`, newEvents(2), 'no-stream');
    await Promise.all(Array.from({ length: 100 }, (_, n) => append(n)));
    expect(transactions).toHaveBeenCalledTimes(1);
    await Promise.all(Array.from({ length: 1100 }, (_, n) => append(100 + n)));
    expect(transactions).toHaveBeenCalledTimes(1 + 3);
  });

  describe.each<[string, number, (database: Database) => () => void]>([
    [
      'the disk is full',
      13,
      (database) => {
        database.exec('PRAGMA max_page_count = 20');
        return () => {
          database.exec('PRAGMA max_page_count = 1000000');
        };
      },
    ],
    [
      'another process holds the file',
      5,
      () => {
        const [, beside] = openEvents({ busyTimeout: 20 });
        beside.exec('BEGIN IMMEDIATE');
        return () => {
          beside.exec('ROLLBACK');
        };
      },
    ],
    [
      'a write fails half-way',
      1811,
      (database) => {
        database.exec(`CREATE TEMP TRIGGER failing BEFORE INSERT ON events WHEN NEW.stream = 'b'
                       BEGIN SELECT RAISE(ROLLBACK, 'a fault'); END`);
        return () => {
          database.exec('DROP TRIGGER failing');
        };
      },
    ],
  ])('when %s', (_, errcode, fail) => {
    it('applies nothing of the transaction, works again after, and leaves no gap', async () => {
      const [store, database] = openEvents({ busyTimeout: 20 });
      await store.append('a', newEvents(2), 'no-stream');
      const repair = fail(database);
      const big = newEvent('x'.repeat(100_000));
      const attempts = await Promise.allSettled([
        store.append('a', newEvents(2), 1),
        store.append('b', [big], 'no-stream'),
        store.append('c', newEvents(1), 4),
      ]);
      for (const attempt of attempts) {
        expect(attempt).toMatchObject({ reason: { ...unavailable, cause: { errcode } } });
      }
      expect(await store.head()).toBe(positionOf(2));
      repair();
      const again = await store.append('b', [big], 'no-stream');
      expect(again.position).toBe(positionOf(3));
      expect(await store.read('a')).toHaveLength(2);
    });
  });

  it('keeps other processes from writing between its look at a stream and its append', async () => {
    const [store] = openEvents();
    await store.append('a', newEvents(1), 'no-stream');
    const [, beside] = openEvents({ busyTimeout: 20 });
    const original: Database['get'] = Reflect.get(Database.prototype, 'get');
    jest.spyOn(Database.prototype, 'get').mockImplementationOnce(function (
      this: Database,
      sql,
      stream = null,
    ) {
      const row = original.call(this, sql, stream);
      expect(() => {
        beside.exec('BEGIN IMMEDIATE');
      }).toThrow('locked');
      return row;
    });
    expect(await store.append('a', newEvents(1), 0)).toMatchObject({ revision: 1 });
  });

  it('wakes a subscriber at once on an append or an abort of this process', async () => {
    const [store] = openEvents({ pollInterval: anHour });
    const abort = new AbortController();
    const batches = store.subscribe(null, { signal: abort.signal });
    await batches.next();
    const next = batches.next();
    await new Promise(setImmediate);
    await store.append('a', newEvents(1), 'no-stream');
    expect((await next).value).toMatchObject({ events: [{ stream: 'a' }] });
    const last = batches.next();
    await new Promise(setImmediate);
    abort.abort();
    expect((await last).done).toBe(true);
  });

  it('shows a subscriber what another connection appends', async () => {
    const [store] = openEvents({ pollInterval: 5 });
    const [other] = openEvents();
    const { signal } = new AbortController();
    const batches = store.subscribe(null, { signal });
    await batches.next();
    const next = batches.next();
    await other.append('a', newEvents(1), 'no-stream');
    expect((await next).value).toMatchObject({ events: [{ stream: 'a' }], caughtUp: true });
  });

  it('reads nothing that was not asked for', async () => {
    const [store] = openEvents();
    await store.append('a', newEvents(10), 'no-stream');
    const { signal } = new AbortController();
    const reads = jest.spyOn(Database.prototype, 'read');
    const batches = store.subscribe(null, { signal, batchSize: 3 });
    await batches.next();
    await store.append('a', newEvents(1), 9);
    await new Promise(setImmediate);
    expect(reads).toHaveBeenCalledTimes(1);
  });

  it('looks through a long log for a rare prefix in short steps, and each step once', async () => {
    const [store] = openEvents({ pollInterval: 1 });
    await store.append('common', newEvents(24_999), 'no-stream');
    await store.append('rare', newEvents(1), 'no-stream');
    const spied = jest.spyOn(Database.prototype, 'all');
    const { signal } = new AbortController();
    const batches = store.subscribe(null, { signal, prefixes: ['rare'] });
    expect((await batches.next()).value).toMatchObject({ events: [{ stream: 'rare' }] });
    const ranges = spied.mock.calls.map(([, after, end]) => [after, end]);
    expect(ranges).toEqual([
      [0, 10_000],
      [10_000, 20_000],
      [20_000, 25_000],
    ]);
  });

  it('waits for the disk once for appends of turns that follow each other, and no longer than they come', async () => {
    const [store, database] = openEvents();
    const writes = jest.spyOn(database, 'write');
    const nextTurn = () => new Promise<void>((turn) => setImmediate(turn));
    const appends: Promise<unknown>[] = [];
    for (const stream of ['a', 'b', 'c', 'd']) {
      appends.push(store.append(stream, newEvents(1), 'no-stream'));
      await nextTurn();
    }
    expect(writes).toHaveBeenCalledTimes(0);
    await Promise.all(appends);
    expect(writes).toHaveBeenCalledTimes(1);

    // They would wait for ever for each other.
    const many = Array.from({ length: 12 }, (_, turn) => `many-${turn}`);
    let done = 0;
    for (const stream of many) {
      void store.append(stream, newEvents(1), 'no-stream').then(() => (done += 1));
      await nextTurn();
    }
    expect(done).toBeGreaterThan(0);
  });

  it('decodes a page once for all who read the log side by side, and its end for each', async () => {
    const [store, database] = openEvents();
    await store.append('stream', newEvents(100), 'no-stream');
    const reads = jest.spyOn(database, 'read');
    const readAll = async (of: { prefixes?: string[] } = {}): Promise<RecordedEvent[]> => {
      const options = { ...of, batchSize: 10, signal: new AbortController().signal };
      const read: RecordedEvent[] = [];
      for await (const { events, caughtUp } of store.subscribe(null, options)) {
        read.push(...events);
        if (caughtUp) break;
      }
      return read;
    };
    const [one, other] = await Promise.all([readAll(), readAll()]);
    expect(one.map(({ revision }) => revision)).toEqual(Array.from({ length: 100 }, (_, n) => n));
    expect(other).toEqual(one);
    expect(other[0]).toBe(one[0]);
    expect(reads.mock.calls.length).toBe(9 + 2);
    // Whoever follows no stream shares nothing with those who follow all.
    expect(await Promise.all([readAll(), readAll({ prefixes: [] })])).toEqual([one, []]);
    // Nothing of it is kept when somebody comes later.
    await store.append('stream', newEvents(1), 99);
    expect(await readAll()).toHaveLength(101);
  });

  it('lets the rest of the process go on between the batches of a long catch-up', async () => {
    const [store] = openEvents();
    await store.append('a', newEvents(20), 'no-stream');
    let turns = 0;
    const count = () => {
      turns += 1;
      turning = setImmediate(count);
    };
    let turning = setImmediate(count);
    const { signal } = new AbortController();
    for await (const { caughtUp } of store.subscribe(null, { signal, batchSize: 1 })) {
      if (caughtUp) break;
    }
    clearImmediate(turning);
    expect(turns).toBeGreaterThanOrEqual(19);
  });

  it('refuses to begin after what is no position', async () => {
    const [store] = openEvents();
    const { signal } = new AbortController();
    await expect(store.subscribe('7', { signal }).next()).rejects.toThrow('not a position');
  });
});

describe('the read models on SQLite', () => {
  const collection = newCollection();
  const bounds = { from: '2022-08-01', to: '2022-08-31' };
  const after = { order: '2022-08-15', id: 'd-1' };
  const inStage = { index: 'byStage', equals: { stage: 'filed' } };
  const inOrganisation = {
    index: 'byStageAndOrganisation',
    equals: { stage: 'filed', 'organisation.id': 'o-1' },
  };

  it.each<[string, Omit<Query, 'limit'>, string[]]>([
    ['equality on one field', inStage, ['=']],
    ['equality on two fields', inOrganisation, ['= =']],
    ['bounds', { ...inStage, ...bounds }, ['= > <']],
    ['a cursor', { ...inStage, after }, ['= = id>', '= >']],
    ['two fields and a cursor', { ...inOrganisation, after }, ['= = = id>', '= = >']],
    [
      'two fields, bounds, a cursor, filters',
      {
        ...{ ...inOrganisation, ...bounds, after },
        ...{ filter: { at: 'x', stage: 'y' }, contains: { field: 'flags', value: 'late' } },
      },
      ['= = = id>', '= = > <'],
    ],
    [
      'a cursor downwards',
      { ...inOrganisation, ...bounds, after, descending: true },
      ['= = = id<', '= = > <', '= = ='],
    ],
    ['a cursor at null', { ...inStage, after: { order: null, id: 'd-1' } }, ['= = id>', '= >']],
    ['a cursor in no order', { index: 'all', equals: {}, after }, ['id>']],
    ['a cursor through all in time', { index: 'inTime', equals: {}, after }, ['= id>', '>']],
  ])('seeks in the named index, without sorting: %s', async (_, query, seeks) => {
    const [models, database] = openModels();
    const { generation } = await models.open(collection);
    const index = collection.indexes.find(({ name }) => name === query.index);
    if (index === undefined) throw new Error('no such index');
    const table = `documents_${generation}`;
    const plans = selects(table, index, { ...query, limit: 10 }).map(({ sql, values }) =>
      (database.all(`EXPLAIN QUERY PLAN ${sql}`, ...values, 10) as { detail: string }[])
        .map(({ detail }) => detail)
        .filter((detail) => !detail.includes('json_each')),
    );
    const name = `${table} by (${index.by.join(', ')}) order (${index.order ?? ''})`;
    expect(plans).toEqual(
      seeks.map((seek) => {
        const terms = seek
          .split(' ')
          .map((term) => (term.startsWith('id') ? `${term}?` : `<expr>${term}?`));
        return [expect.stringContaining(`USING INDEX ${name} (${terms.join(' AND ')})`) as string];
      }),
    );
  });

  it.each([
    { descending: false, seek: 'SeekGT' },
    { descending: true, seek: 'SeekLT' },
  ])('seeks the cursor, not the bound before it: $seek', async ({ descending, seek }) => {
    const [models, database] = openModels();
    const { generation } = await models.open(collection);
    const index = { name: 'inTime', by: [], order: 'at' };
    const query = { ...bounds, after, descending, index: 'inTime', equals: {}, limit: 10 };
    const beyond = selects(`documents_${generation}`, index, query)[1];
    const program = database.all(`EXPLAIN ${beyond?.sql ?? ''}`, ...(beyond?.values ?? []), 10);
    const opcodes = (program as { opcode: string }[]).map(({ opcode }) => opcode);
    expect(opcodes.filter((opcode) => opcode.startsWith('Seek'))).toEqual([seek]);
  });

  it('walks the index where there is nothing to seek', async () => {
    const [models, database] = openModels();
    const { generation } = await models.open(collection);
    const [select] = selects(
      `documents_${generation}`,
      { name: 'inTime', by: [], order: 'at' },
      { index: 'inTime', equals: {}, limit: 10, descending: true },
    );
    const plan = database.all(`EXPLAIN QUERY PLAN ${select?.sql ?? ''}`, 10);
    expect(plan).toMatchObject([{ detail: expect.stringContaining('USING INDEX') as string }]);
  });

  it.each(['get', 'find', 'getMany'] as const)(
    'answers %s from one generation, though another takes its place in the middle',
    async (method) => {
      const [models] = openModels();
      const [other] = openModels();
      const start = await models.open(collection);
      await models.commit(collection, start, [put('a', { from: 'old' })], positionOf(1));
      const begun = await other.beginRebuild(collection);
      const rebuilt = await other.commit(
        collection,
        begun,
        [put('a', { from: 'new' })],
        positionOf(1),
      );
      const read = {
        get: () => models.get(collection, 'a'),
        find: async () =>
          (await models.find(collection, { index: 'all', equals: {}, limit: 1 })).items[0],
        getMany: async () => (await models.getMany(collection, ['a'])).get('a'),
      }[method];

      let swapped: Promise<void> | undefined;
      const original: Database['get'] = Reflect.get(Database.prototype, 'get');
      const lookup = jest.spyOn(Database.prototype, 'get');
      lookup.mockImplementationOnce(function (this: Database, sql, ...values) {
        const row = original.call(this, sql, ...values);
        swapped = other.activate(collection, rebuilt);
        return row;
      });
      expect(await read()).toMatchObject({ from: 'old' });
      await swapped;
      expect(await read()).toMatchObject({ from: 'new' });
    },
  );

  it('drops the tables of generations that answer no more', async () => {
    const [models, database] = openModels();
    await models.open(collection);
    for (let round = 0; round < 3; round += 1) {
      await models.beginRebuild(collection);
      await models.activate(collection, await models.beginRebuild(collection));
    }
    await models.open({ ...collection, version: 2 });
    const tables = database.all(
      `SELECT name FROM sqlite_schema WHERE type = 'table' AND name LIKE 'documents%'`,
    );
    expect(tables).toHaveLength(1);
  });

  it('never gives a generation number twice', async () => {
    const [models] = openModels();
    await models.open(collection);
    const first = await models.beginRebuild(collection);
    await models.open({ ...collection, version: 2 });
    const second = await models.open({ ...collection, version: 3 });
    expect(second.generation).toBeGreaterThan(first.generation + 1);
  });
});
