import { StoreUnavailable } from '../../src/engine/event-store';
import { PoisonEvent } from '../../src/engine/fold-batch';
import { ProjectionRunner } from '../../src/engine/projection-runner';
import { readAfter } from '../../src/engine/read-after';
import { StaleCheckpoint } from '../../src/engine/read-models';
import { rebuild, type RebuildProgress } from '../../src/engine/rebuild';
import { MemoryEventStore, MemoryReadModels } from '../support/memory';
import { append, documents, event, eventually, expected, tally } from './tally';

let store: MemoryEventStore;
let readModels: MemoryReadModels;
const runners: ProjectionRunner[] = [];

beforeEach(() => {
  store = new MemoryEventStore();
  readModels = new MemoryReadModels();
});

afterEach(async () => {
  for (const runner of runners.splice(0)) await runner.stop();
});

function started(): ProjectionRunner {
  const options = { backoff: { base: 1, cap: 1 }, generationCheck: 5 };
  const runner = new ProjectionRunner(tally, store, readModels, options);
  runners.push(runner);
  runner.start();
  return runner;
}

async function reached(position: string): Promise<void> {
  await eventually(() => readAfter(readModels, tally, position, { timeout: 100 }));
}

it('makes a collection that was never opened', async () => {
  const position = await append(store, 'ballot-1', event(['a']), event(['a', 'b']));
  expect(await rebuild(tally, store, readModels)).toMatchObject({ position });
  expect(await documents(readModels)).toEqual(await expected(store));
});

it('takes in a log of many batches before it answers', async () => {
  const [first, ...more] = Array.from({ length: 1201 }, () => event(['a']));
  if (first === undefined) throw new Error('no event');
  const position = await append(store, 'ballot-1', first, ...more);
  expect(await rebuild(tally, store, readModels)).toMatchObject({ position });
  expect(await documents(readModels)).toMatchObject([{ id: 'a', count: 1201 }]);
});

it('makes an empty collection of an empty log', async () => {
  await rebuild(tally, store, readModels);
  expect(await readModels.checkpoint(tally)).toMatchObject({ position: null });
});

it('replaces wrong documents, and drops those that should not be', async () => {
  const position = await append(store, 'ballot-1', event(['a']));
  await readModels.commit(
    tally,
    await readModels.open(tally),
    [
      { put: 'a', document: { id: 'a', count: 7 } },
      { put: 'ghost', document: { id: 'ghost' } },
    ],
    position,
  );
  await rebuild(tally, store, readModels);
  expect(await documents(readModels)).toEqual(await expected(store));
});

it('lets the old documents answer until it is done', async () => {
  await append(store, 'ballot-1', event(['a']));
  started();
  await reached('000000000000');
  const before = await documents(readModels);
  const activate = readModels.activate.bind(readModels);
  const during: unknown[] = [];
  jest.spyOn(readModels, 'activate').mockImplementationOnce(async (...args) => {
    during.push(await documents(readModels));
    await activate(...args);
  });
  await rebuild(tally, store, readModels);
  expect(during).toEqual([before]);
});

it('tells its progress', async () => {
  const head = await append(store, 'ballot-1', event(['a']));
  await append(store, 'person-1', event(['a']));
  const progress: RebuildProgress[] = [];
  await rebuild(tally, store, readModels, (step) => progress.push(step));
  const last = { events: 2, position: '000000000001', head: '000000000001' };
  expect(head).toBe('000000000000');
  expect(progress.at(-1)).toEqual(last);
});

it('leaves the old generation where an event is poison, and tells which', async () => {
  await append(store, 'ballot-1', event(['a']));
  started();
  await reached('000000000000');
  const position = await append(store, 'ballot-1', event(['b'], 'Spoilt'));
  const rebuilding = rebuild(tally, store, readModels);
  await expect(rebuilding).rejects.toBeInstanceOf(PoisonEvent);
  await expect(rebuilding).rejects.toMatchObject({ event: { position } });
  expect(await documents(readModels)).toMatchObject([{ id: 'a', count: 1 }]);
});

it('leaves the old generation where a store fails, and can be begun again', async () => {
  await append(store, 'ballot-1', event(['a']));
  started();
  await reached('000000000000');
  const broken = new StoreUnavailable('memory', new Error('unplugged'));
  jest.spyOn(readModels, 'commit').mockRejectedValueOnce(broken);
  await expect(rebuild(tally, store, readModels)).rejects.toBe(broken);
  expect(await documents(readModels)).toEqual(await expected(store));
  await rebuild(tally, store, readModels);
  expect(await documents(readModels)).toEqual(await expected(store));
});

it('gives way to a rebuild begun later', async () => {
  await append(store, 'ballot-1', event(['a']));
  const commit = readModels.commit.bind(readModels);
  jest.spyOn(readModels, 'commit').mockImplementationOnce(async (...args) => {
    await readModels.beginRebuild(tally);
    return commit(...args);
  });
  await expect(rebuild(tally, store, readModels)).rejects.toBeInstanceOf(StaleCheckpoint);
});

it('under a writer that never pauses, beside a live runner, ends and neither loses nor doubles', async () => {
  let writing = true;
  let written = 0;
  const write = async (): Promise<void> => {
    while (writing) {
      const stream = `ballot-${written % 7}`;
      const type = written % 23 === 0 ? 'Emptied' : 'Counted';
      await append(store, stream, event([`box-${written % 5}`, `box-${written % 3}`], type));
      written += 1;
    }
  };
  const writers = [write()];
  const runner = started();
  await eventually(() => written > 50);
  for (let round = 0; round < 5; round += 1) {
    const { generation } = await rebuild(tally, store, readModels);
    expect((await readModels.checkpoint(tally))?.generation).toBe(generation);
  }
  writing = false;
  await Promise.all(writers);
  await reached((await store.head()) ?? '');
  expect(runner.status().failure).toBeUndefined();
  expect(await documents(readModels)).toEqual(await expected(store));
});

it('ends where no batch is ever the last', async () => {
  await append(store, 'ballot-1', event(['a']));
  const subscribe = store.subscribe.bind(store);
  jest.spyOn(store, 'subscribe').mockImplementationOnce(async function* (after, options) {
    for await (const batch of subscribe(after, options)) {
      yield { ...batch, caughtUp: false };
      await append(store, 'ballot-1', event(['a']));
    }
  });
  await rebuild(tally, store, readModels);
  expect(await documents(readModels)).toMatchObject([{ id: 'a' }]);
});
