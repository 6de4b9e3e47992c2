import { StoreUnavailable } from '../../src/engine/event-store';
import { readAfter } from '../../src/engine/read-after';
import { MemoryReadModels } from '../support/memory';
import { tally } from './tally';

const long = { timeout: 60_000 };
let readModels: MemoryReadModels;

beforeEach(() => {
  readModels = new MemoryReadModels();
});

it('answers at once where the position is reached or passed', async () => {
  const opened = await readModels.open(tally);
  await readModels.commit(tally, opened, [], '05');
  expect(await readAfter(readModels, tally, '05', { timeout: 0 })).toBe(true);
  expect(await readAfter(readModels, tally, '04', { timeout: 0 })).toBe(true);
  expect(await readAfter(readModels, tally, '06', { timeout: 0 })).toBe(false);
});

it('waits until it is reached', async () => {
  let checkpoint = await readModels.open(tally);
  let answered = false;
  const waiting = readAfter(readModels, tally, '02', long).finally(() => {
    answered = true;
  });
  checkpoint = await readModels.commit(tally, checkpoint, [], '01');
  const asked = jest.spyOn(readModels, 'checkpoint');
  while (asked.mock.calls.length < 3) await new Promise(setImmediate);
  expect(answered).toBe(false);
  await readModels.commit(tally, checkpoint, [], '02');
  expect(await waiting).toBe(true);
});

it('waits for a collection that is not open yet', async () => {
  const waiting = readAfter(readModels, tally, '01', long);
  await readModels.commit(tally, await readModels.open(tally), [], '01');
  expect(await waiting).toBe(true);
});

it('gives up when the time is over', async () => {
  await readModels.open(tally);
  expect(await readAfter(readModels, tally, '01', { timeout: 20 })).toBe(false);
});

it('gives up when aborted, before and while it waits', async () => {
  await readModels.open(tally);
  const abort = new AbortController();
  const waiting = readAfter(readModels, tally, '01', { ...long, signal: abort.signal });
  setImmediate(() => {
    abort.abort();
  });
  expect(await waiting).toBe(false);
  expect(await readAfter(readModels, tally, '01', { ...long, signal: abort.signal })).toBe(false);
});

it('hands on that the store is unavailable', async () => {
  await readModels.close();
  await expect(readAfter(readModels, tally, '01', long)).rejects.toBeInstanceOf(StoreUnavailable);
});
