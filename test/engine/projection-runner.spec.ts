import fc from 'fast-check';
import { StoreUnavailable, type Batch } from '../../src/engine/event-store';
import { foldBatch } from '../../src/engine/fold-batch';
import { readAfter } from '../../src/engine/read-after';
import { ProjectionRunner, type ProjectionStatus } from '../../src/engine/projection-runner';
import type { Projection } from '../../src/engine/projection';
import { rebuild } from '../../src/engine/rebuild';
import { MemoryEventStore, MemoryReadModels } from '../support/memory';
import { append, documents, event, eventually, expected, tally } from './tally';

const quick = { backoff: { base: 1, cap: 2 }, generationCheck: 5 };
const unavailable = new StoreUnavailable('memory', new Error('unplugged'));

let store: MemoryEventStore;
let readModels: MemoryReadModels;
let seen: ProjectionStatus[];
let runners: ProjectionRunner[];

beforeEach(() => {
  store = new MemoryEventStore();
  readModels = new MemoryReadModels();
  seen = [];
  runners = [];
});

afterEach(async () => {
  for (const runner of runners) await runner.stop();
  jest.restoreAllMocks();
});

function started(projection: Projection = tally, options = {}): ProjectionRunner {
  const onStatus = (status: ProjectionStatus): void => void seen.push(status);
  const runner = new ProjectionRunner(projection, store, readModels, {
    ...quick,
    onStatus,
    ...options,
  });
  runners.push(runner);
  runner.start();
  return runner;
}

async function reached(position: string): Promise<void> {
  await eventually(() => readAfter(readModels, tally, position, { timeout: 100 }));
}

async function expectTrue(): Promise<void> {
  expect(await documents(readModels)).toEqual(await expected(store));
}

describe('a projection runner', () => {
  it('folds what is in the log and what comes, in order', async () => {
    await append(store, 'ballot-1', event(['a']), event(['a', 'b']), event(['b']));
    const runner = started();
    await eventually(() => runner.status().state === 'running');
    await append(store, 'recount-1', event(['a'], 'Emptied'), event(['c']));
    await reached(await append(store, 'ballot-2', event(['c'])));
    const [p1, p2] = ['000000000001', '000000000002'];
    const [p4, p5] = ['000000000004', '000000000005'];
    expect(await documents(readModels)).toEqual([
      { id: 'b', count: 2, taken: [p1, p2] },
      { id: 'c', count: 2, taken: [p4, p5] },
    ]);
    expect(runner.status()).toEqual({ name: 'tally', state: 'running', position: p5 });
  });

  it('counts a document once where an event names it twice', async () => {
    started();
    await reached(await append(store, 'ballot-1', event(['a', 'a'])));
    expect(await documents(readModels)).toMatchObject([{ id: 'a', count: 1 }]);
  });

  it('is up with an empty log', async () => {
    const runner = started();
    await eventually(() => runner.status().state === 'running');
    expect(runner.status().position).toBeNull();
  });

  it('passes events of foreign streams, so that their positions count as reached', async () => {
    const commit = jest.spyOn(readModels, 'commit');
    started();
    await reached(await append(store, 'person-1', event(['a'])));
    expect(await documents(readModels)).toEqual([]);
    expect(commit).toHaveBeenCalledTimes(1);
  });

  it('writes nothing of a document that comes and goes in one batch', async () => {
    await append(store, 'ballot-1', event(['a']), event(['a'], 'Emptied'), event(['b']));
    const commit = jest.spyOn(readModels, 'commit');
    started();
    await reached('000000000002');
    expect(commit.mock.calls[0]?.[2]).toMatchObject([{ put: 'b' }]);
  });

  it('tells that it is behind while it is', async () => {
    await append(store, 'ballot-1', event(['a']), event(['a']), event(['a']));
    started(tally, { batchSize: 1 });
    await reached('000000000002');
    await eventually(() => seen.at(-1)?.state === 'running');
    expect(seen.map(({ state }) => state)).toEqual(['catching-up', 'running']);
  });

  it('finishes the batch at work when it is stopped, and goes on where it was', async () => {
    await append(store, 'ballot-1', event(['a']), event(['a']), event(['b']));
    const runner = started(tally, { batchSize: 1 });
    const stopped = new Promise<void>((resolve) => {
      const commit = readModels.commit.bind(readModels);
      jest.spyOn(readModels, 'commit').mockImplementationOnce((...args) => {
        resolve(runner.stop());
        return commit(...args);
      });
    });
    await stopped;
    expect(runner.status()).toEqual({ name: 'tally', state: 'stopped', position: '000000000000' });
    await append(store, 'ballot-1', event(['b']));
    expect(await documents(readModels)).toEqual([{ id: 'a', count: 1, taken: ['000000000000'] }]);
    runner.start();
    await reached('000000000003');
    await expectTrue();
  });

  it('lets others have their turn though the stores answer at once', async () => {
    const start = await readModels.open(tally);
    jest.spyOn(readModels, 'getMany').mockResolvedValue(new Map());
    jest.spyOn(readModels, 'commit').mockResolvedValue(start);
    await append(store, 'ballot-1', event(['a']));
    const events = await store.read('ballot-1');
    const turn = jest.fn();
    setImmediate(turn);
    await foldBatch(tally, readModels, start, events);
    expect(turn).toHaveBeenCalled();
  });

  it('may be started twice and stopped at any time', async () => {
    const runner = started();
    runner.start();
    await runner.stop();
    await runner.stop();
    expect(seen.map(({ state }) => state)).toEqual(['catching-up', 'stopped']);
  });
});

describe('after a failure a projection runner loses nothing and doubles nothing', () => {
  it.each(['open', 'getMany', 'commit', 'checkpoint'] as const)('of %s', async (operation) => {
    await append(store, 'ballot-1', event(['a', 'b']), event(['a']));
    jest.spyOn(readModels, operation).mockRejectedValueOnce(unavailable);
    jest.spyOn(readModels, 'getMany').mockRejectedValueOnce(unavailable);
    started();
    await eventually(() => seen.at(-1)?.state === 'running');
    expect(seen.map(({ state, reason }) => [state, reason])).toEqual([
      ['catching-up', undefined],
      ['waiting', 'memory is unavailable'],
      ['running', undefined],
    ]);
    await expectTrue();
  });

  it('of a commit that was applied but not answered', async () => {
    await append(store, 'ballot-1', event(['a', 'b']), event(['a']));
    const commit = readModels.commit.bind(readModels);
    jest.spyOn(readModels, 'commit').mockImplementationOnce(async (...args) => {
      await commit(...args);
      throw unavailable;
    });
    started();
    await eventually(() => seen.at(-1)?.state === 'running');
    await reached(await append(store, 'ballot-1', event(['a'])));
    await expectTrue();
  });

  it.each([
    ['breaks', () => Promise.reject(unavailable)],
    ['ends', () => Promise.resolve()],
  ])('of a subscription that %s', async (_, outcome) => {
    await append(store, 'ballot-1', event(['a']));
    const subscribe = store.subscribe.bind(store);
    jest.spyOn(store, 'subscribe').mockImplementationOnce(async function* (...args) {
      for await (const batch of subscribe(...args)) {
        yield batch;
        await outcome();
        return;
      }
    });
    started();
    await eventually(() => seen.at(-1)?.state === 'waiting');
    await reached(await append(store, 'ballot-1', event(['a'])));
    await expectTrue();
  });

  it('of many in a row', async () => {
    const subscribe = jest.spyOn(store, 'subscribe');
    for (let i = 0; i < 9; i += 1)
      subscribe.mockImplementationOnce(() => {
        throw unavailable;
      });
    started();
    await reached(await append(store, 'ballot-1', event(['a'])));
    expect(subscribe).toHaveBeenCalledTimes(10);
    await expectTrue();
  });

  it('can be stopped while it waits', async () => {
    jest.spyOn(store, 'subscribe').mockImplementation(() => {
      throw unavailable;
    });
    const runner = started(tally, { backoff: { base: 1e9, cap: 1e9 } });
    await eventually(() => runner.status().state === 'waiting');
    await runner.stop();
    expect(runner.status().state).toBe('stopped');
  });

  it('of any commit, any read, any batch, in any order', async () => {
    const boxes = fc.subarray(['a', 'b', 'c'], { minLength: 1 });
    const stream = fc.constantFrom('ballot-1', 'ballot-2', 'recount-1', 'person-1');
    const type = fc.constantFrom('Counted', 'Counted', 'Counted', 'Emptied');
    const fault = fc.constantFrom('none', 'none', 'before', 'after', 'read', 'broken');
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(stream, boxes, type), { minLength: 1, maxLength: 30 }),
        fc.array(fault, { maxLength: 12 }),
        fc.integer({ min: 1, max: 5 }),
        async (events, faults, batchSize) => {
          store = new MemoryEventStore();
          readModels = new MemoryReadModels();
          const pending = [...faults];
          injectInto(store, readModels, pending);
          const runner = started(tally, { batchSize, backoff: { base: 1, cap: 1 } });
          for (const [name, keys, kind] of events) await append(store, name, event(keys, kind));
          await reached((await store.head()) ?? '');
          await runner.stop();
          pending.length = 0;
          await expectTrue();
          const live = await documents(readModels);
          await rebuild(tally, store, readModels);
          expect(await documents(readModels)).toEqual(live);
        },
      ),
      { numRuns: 60 },
    );
  });
});

/** Lets commits, reads and batches fail in the given order, one fault each time one may. */
function injectInto(events: MemoryEventStore, models: MemoryReadModels, faults: string[]): void {
  const commit = models.commit.bind(models);
  const getMany = models.getMany.bind(models);
  const subscribe = events.subscribe.bind(events);
  const strikes = (...kinds: string[]): string | undefined =>
    kinds.includes(faults[0] ?? '') || faults[0] === 'none' ? faults.shift() : undefined;
  models.commit = async (...args) => {
    const fault = strikes('before', 'after');
    if (fault === 'before') throw unavailable;
    const checkpoint = await commit(...args);
    if (fault === 'after') throw unavailable;
    return checkpoint;
  };
  models.getMany = async (...args) => {
    if (strikes('read') === 'read') throw unavailable;
    return getMany(...args);
  };
  events.subscribe = async function* (...args): AsyncIterable<Batch> {
    for await (const batch of subscribe(...args)) {
      yield batch;
      if (strikes('broken') === 'broken') throw unavailable;
    }
  };
}

describe('a poison event', () => {
  it.each([
    ['Spoilt', 'cannot be counted'],
    ['Unreadable', 'no keys in this event'],
  ])('(%s) stops its projection after what came before it', async (type, message) => {
    await append(store, 'ballot-1', event(['a']), event(['b']));
    const position = await append(store, 'ballot-2', event(['a', 'b'], type), event(['a']));
    const runner = started();
    await eventually(() => runner.status().state === 'stopped');
    expect(runner.status()).toEqual({
      name: 'tally',
      state: 'stopped',
      position: '000000000001',
      failure: { position: '000000000002', stream: 'ballot-2', type, message },
    });
    expect(await documents(readModels)).toMatchObject([
      { id: 'a', taken: ['000000000000'] },
      { id: 'b', taken: ['000000000001'] },
    ]);
    expect(await readAfter(readModels, tally, position, { timeout: 1 })).toBe(false);
  });

  it('stops no other projection', async () => {
    const indifferent: Projection = { ...tally, name: 'other', project: () => ({ id: 'a' }) };
    const [poisoned, other] = [started(), started(indifferent)];
    const position = await append(store, 'ballot-1', event(['b'], 'Spoilt'));
    await eventually(() => poisoned.status().state === 'stopped');
    expect(await readAfter(readModels, indifferent, position, { timeout: 5000 })).toBe(true);
    expect(other.status().state).toBe('running');
  });

  it('at the head of a batch leaves the checkpoint where it is, each time it is tried', async () => {
    await append(store, 'ballot-1', event(['b'], 'Spoilt'));
    const runner = started();
    await eventually(() => runner.status().state === 'stopped');
    runner.start();
    await eventually(() => runner.status().state === 'stopped');
    expect(runner.status()).toMatchObject({ position: null, failure: { type: 'Spoilt' } });
  });

  it('is taken in by a mended projection, and what came after it', async () => {
    await append(store, 'ballot-1', event(['a']), event(['b'], 'Spoilt'), event(['b']));
    const broken = started();
    await eventually(() => broken.status().state === 'stopped');
    const mended: Projection = {
      ...tally,
      project: (document, recorded, key) =>
        tally.project(document, { ...recorded, type: 'Counted' }, key, () => undefined),
    };
    started(mended);
    await reached('000000000002');
    expect(await documents(readModels)).toEqual(await expected(store, mended));
  });

  it('is the first of several in a batch', async () => {
    await append(store, 'ballot-1', event(['b'], 'Spoilt'), event(['b'], 'Unreadable'));
    const runner = started();
    await eventually(() => runner.status().state === 'stopped');
    expect(runner.status().failure?.type).toBe('Spoilt');
  });

  it('of a foreign stream is none', async () => {
    const runner = started();
    await reached(await append(store, 'person-1', event(['b'], 'Unreadable')));
    expect(runner.status().failure).toBeUndefined();
  });
});

describe('beside others', () => {
  it('two runners of one projection share the work', async () => {
    const both = [started(tally, { batchSize: 2 }), started(tally, { batchSize: 3 })];
    for (let i = 0; i < 60; i += 1)
      await append(store, `ballot-${i % 3}`, event(['a', i % 2 ? 'b' : 'c']));
    await reached((await store.head()) ?? '');
    for (const runner of both) await runner.stop();
    await expectTrue();
    expect(seen.filter(({ state }) => state === 'waiting')).toEqual([]);
  });

  it('notices on a quiet log that a generation took over which has come less far', async () => {
    await append(store, 'ballot-1', event(['a']));
    const runner = started();
    await eventually(() => runner.status().state === 'running');
    const behind = await readModels.beginRebuild(tally);
    await append(store, 'ballot-1', event(['b']));
    await reached('000000000001');
    await readModels.activate(tally, behind);
    expect(await documents(readModels)).toEqual([]);
    await reached('000000000001');
    await expectTrue();
  });

  it('opens once, and afterwards only asks where to go on', async () => {
    const open = jest.spyOn(readModels, 'open');
    started();
    await reached(await append(store, 'ballot-1', event(['a'])));
    jest.spyOn(readModels, 'commit').mockRejectedValueOnce(unavailable);
    await reached(await append(store, 'ballot-1', event(['a'])));
    expect(open).toHaveBeenCalledTimes(1);
  });

  it('gives way to a newer version, whose documents answer once they are as far', async () => {
    const newer: Projection = {
      ...tally,
      version: 2,
      project: (...args) => {
        const counted = tally.project(...args);
        return counted && { ...counted, version: 2 };
      },
    };
    await append(store, 'ballot-1', event(['a']), event(['b']), event(['a', 'b']));
    const old = started();
    await eventually(() => old.status().state === 'running');
    const answers: unknown[][] = [];
    const commit = readModels.commit.bind(readModels);
    jest.spyOn(readModels, 'commit').mockImplementation(async (...args) => {
      const committed = await commit(...args);
      answers.push((await documents(readModels)).map(({ version }) => version));
      return committed;
    });
    started(newer, { batchSize: 1 });
    await eventually(() => answers.length === 3);
    expect(answers).toEqual([
      [undefined, undefined],
      [undefined, undefined],
      [2, 2],
    ]);
    const position = await append(store, 'ballot-1', event(['b']));
    expect(await readAfter(readModels, newer, position, { timeout: 5000 })).toBe(true);
    await eventually(() => old.status().state === 'waiting');
    expect(old.status().reason).toContain('newer version');
    expect(await documents(readModels)).toEqual(await expected(store, newer));
  });
});
