import type { MongoReadModels } from '../../../src/adapters/mongodb/read-models';
import { ProjectionRunner } from '../../../src/engine/projection-runner';
import { readAfter } from '../../../src/engine/read-after';
import type { Checkpoint } from '../../../src/engine/read-models';
import { newCollection, positionOf, put } from '../../contract/collections';
import { append, documents, event, eventually, expected, tally } from '../../engine/tally';
import { failingAt, hanging, lost, refused, unheard } from '../../support/stand-ins/mongodb/faults';
import { database, Lab, succeeds, unavailable, votes } from './support';

const collection = newCollection();
/** Too short for a busy machine at times: where an answer is wanted, it is asked for again. */
const quickly = { timeout: 100, selectionTimeout: 100 };

let lab: Lab;
let models: MongoReadModels;
let start: Checkpoint;

beforeEach(async () => {
  lab = await Lab.start();
  models = lab.readModels();
  start = await models.open(collection);
});
afterEach(() => lab.close());

const calls: [string, () => Promise<unknown>][] = [
  ['open', () => models.open(collection)],
  ['get', () => models.get(collection, 'a')],
  ['getMany', () => models.getMany(collection, ['a'])],
  ['getMany of a generation', () => models.getMany(collection, ['a'], start.generation)],
  ['find', () => models.find(collection, { index: 'all', equals: {}, limit: 5 })],
  ['commit', () => models.commit(collection, start, [put('a')], positionOf(1))],
  ['checkpoint', () => models.checkpoint(collection)],
  ['beginRebuild', () => models.beginRebuild(collection)],
  ['activate', () => models.activate(collection, start)],
];

/** One that is connected and does not wait long from then on. */
async function impatient(): Promise<MongoReadModels> {
  const connected = lab.readModels(quickly);
  await eventually(() => succeeds(() => connected.checkpoint(collection)));
  return connected;
}

describe.each(calls)('%s', (_, call) => {
  it('is unavailable while the server is down, and works again after', async () => {
    models = await impatient();
    await lab.standIn.stop();
    await expect(call()).rejects.toMatchObject(unavailable);
    await lab.standIn.start();
    await eventually(() => succeeds(call));
  });

  it('is unavailable when the server does not answer', async () => {
    models = await impatient();
    lab.standIn.fault = hanging;
    await expect(call()).rejects.toMatchObject(unavailable);
  });

  it('is unavailable when the server refuses it', async () => {
    lab.standIn.fault = refused(13, 'not authorized');
    await expect(call()).rejects.toMatchObject(unavailable);
  });

  it('is done once though the connection is lost in the middle', async () => {
    lab.standIn.fault = failingAt(1, unheard);
    await expect(call()).resolves.not.toThrow();
  });

  it('is unavailable once closed', async () => {
    await models.close();
    await expect(call()).rejects.toMatchObject(unavailable);
  });
});

describe('a commit whose answer is lost', () => {
  const commands = 6;

  it.each(Array.from({ length: commands }, (_, n) => n + 1))(
    'takes effect once, at command %i, where the driver asks again',
    async (nth) => {
      lab.standIn.fault = failingAt(nth, unheard);
      const moved = await models.commit(collection, start, [put('a')], positionOf(1));
      expect(await models.checkpoint(collection)).toEqual(moved);
      expect(await models.get(collection, 'a')).toEqual({ id: 'a' });
    },
  );

  it.each([
    [2, 'nothing'],
    [3, 'all'],
    [4, 'all'],
    [5, 'all'],
  ])('leaves at command %i, where it does not, %s to the next commit', async (nth, what) => {
    const unlucky = await lab.faulty(failingAt(nth, unheard));
    const commit = unlucky.commit(collection, start, [put('a')], positionOf(1));
    await expect(commit).rejects.toMatchObject(unavailable);
    const next = models.commit(collection, start, [put('b')], positionOf(2));
    if (what === 'nothing') {
      await next;
    } else {
      await expect(next).rejects.toMatchObject({ name: 'StaleCheckpoint' });
      expect(await models.checkpoint(collection)).toEqual({ ...start, position: positionOf(1) });
    }
    expect((await models.get(collection, 'a')) === undefined).toBe(what === 'nothing');
  });

  it('is not taken for a success where the write has no majority', async () => {
    lab.standIn.fault = ({ name, apply }) => {
      const reply = apply();
      const lag = { code: 64, errmsg: 'waiting for replication timed out' };
      return name === 'update' ? { ...reply, writeConcernError: lag } : reply;
    };
    const commit = models.commit(collection, start, [put('a')], positionOf(1));
    await expect(commit).rejects.toMatchObject(unavailable);
    lab.standIn.fault = undefined;
    expect(await models.checkpoint(collection)).toEqual(start);
  });
});

it('recovers though the server was down from the first call on', async () => {
  const early = lab.readModels(quickly);
  await lab.standIn.stop();
  const both = [early.checkpoint(collection), early.get(collection, 'a')];
  for (const attempt of both) await expect(attempt).rejects.toMatchObject(unavailable);
  await lab.standIn.start();
  await eventually(() => succeeds(() => early.checkpoint(collection)));
});

it('makes nobody wait for a server that has been away for a while', async () => {
  const waiting = lab.readModels({ selectionTimeout: 1_000 });
  await waiting.checkpoint(collection);
  await lab.standIn.stop();
  await eventually(async () => !(await succeeds(() => waiting.checkpoint(collection))));
  // One after the other they would take longer than a test may, if each waited.
  for (let call = 0; call < 100; call += 1) {
    await expect(waiting.checkpoint(collection)).rejects.toMatchObject(unavailable);
  }
  await lab.standIn.start();
  await eventually(() => succeeds(() => waiting.checkpoint(collection)));
});

describe('an emptied database', () => {
  const quick = { backoff: { base: 1, cap: 2 }, generationCheck: 5 };

  it('looks as if nothing had ever been opened, and answers no query', async () => {
    lab.standIn.data.dropDatabase(database);
    expect(await models.checkpoint(collection)).toBeNull();
    await expect(models.get(collection, 'a')).rejects.toMatchObject(unavailable);
    const find = models.find(collection, { index: 'all', equals: {}, limit: 5 });
    await expect(find).rejects.toMatchObject(unavailable);
    const stale = { name: 'StaleCheckpoint' };
    const read = models.getMany(collection, ['a'], start.generation);
    await expect(read).rejects.toMatchObject(stale);
    const commit = models.commit(collection, start, [put('a')], positionOf(1));
    await expect(commit).rejects.toMatchObject(stale);
    expect(lab.names('')).toEqual([]);
  });

  it.each(['on a quiet log', 'while events come'])('fills again by itself %s', async (when) => {
    const store = await votes();
    const runner = new ProjectionRunner(tally, store, models, quick);
    runner.start();
    await eventually(() => runner.status().state === 'running');
    const before = await documents(models);
    lab.standIn.data.dropDatabase(database);
    if (when === 'while events come') await append(store, 'recount-1', event(['a', 'z']));
    const head = (await store.head()) ?? '';
    await eventually(() => readAfter(models, tally, head, { timeout: 100 }));
    await runner.stop();
    expect(before).not.toEqual([]);
    expect(await documents(models)).toEqual(await expected(store));
  });

  it('fills again though only the journal of a pending batch was emptied', async () => {
    const unlucky = await lab.faulty(failingAt(4, lost));
    await expect(
      unlucky.commit(collection, start, [put('a')], positionOf(1)),
    ).rejects.toMatchObject(unavailable);
    const [journal = ''] = lab.names('journal.');
    lab.standIn.data.drop(database, journal);
    const next = models.commit(collection, start, [put('b')], positionOf(2));
    await expect(next).rejects.toMatchObject({ name: 'StaleCheckpoint' });
    expect(await models.checkpoint(collection)).toBeNull();
    expect((await models.open(collection)).position).toBeNull();
    expect(await models.get(collection, 'a')).toBeUndefined();
  });

  it('refuses a runner of the time before, however far the new generation has come', async () => {
    const before = await models.commit(collection, start, [put('a')], positionOf(1));
    lab.standIn.data.dropDatabase(database);
    const again = await models.open(collection);
    await models.commit(collection, again, [put('a')], positionOf(1));
    const late = models.commit(collection, before, [put('b')], positionOf(2));
    await expect(late).rejects.toMatchObject({ name: 'StaleCheckpoint' });
  });
});
