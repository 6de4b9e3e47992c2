import { StoreUnavailable, WrongExpectedRevision } from '../../src/engine/event-store';
import type { FollowerStatus } from '../../src/engine/log-follower';
import type { Reaction } from '../../src/engine/reaction';
import { ReactionRunner } from '../../src/engine/reaction-runner';
import { MemoryEventStore, MemoryReadModels } from '../support/memory';
import { append, event, eventually } from './tally';

const quick = { backoff: { base: 1, cap: 2 }, generationCheck: 5 };
const unavailable = new StoreUnavailable('memory', new Error('unplugged'));

let store: MemoryEventStore;
let readModels: MemoryReadModels;
let taken: string[];
let runners: ReactionRunner[];

beforeEach(() => {
  store = new MemoryEventStore();
  readModels = new MemoryReadModels();
  taken = [];
  runners = [];
});

afterEach(async () => {
  for (const runner of runners) await runner.stop();
});

const reaction = (
  react: (position: string) => Promise<void> = () => Promise.resolve(),
): Reaction => ({
  name: 'bell',
  prefixes: ['ballot-'],
  react: async ({ position }) => {
    await react(position);
    taken.push(position);
  },
});

function started(what: Reaction = reaction(), options = {}): ReactionRunner {
  const runner = new ReactionRunner(what, store, readModels, { ...quick, ...options });
  runners.push(runner);
  runner.start();
  return runner;
}

const upTo = (runner: ReactionRunner, position: string) =>
  eventually(() => runner.status().position === position);

describe('a reaction', () => {
  it('takes each event of its streams once, in order, and passes the others', async () => {
    await append(store, 'ballot-1', event(['a']), event(['b']));
    await append(store, 'person-1', event(['c']));
    const runner = started();
    await upTo(runner, await append(store, 'ballot-2', event(['d'])));
    expect(taken).toEqual(['000000000000', '000000000001', '000000000003']);
    expect(runner.status()).toMatchObject({ name: 'reaction-bell', state: 'running' });
  });

  it('goes on where it was when the service starts again', async () => {
    const before = started();
    await upTo(before, await append(store, 'ballot-1', event(['a'])));
    await before.stop();
    await upTo(started(), await append(store, 'ballot-1', event(['b'])));
    expect(taken).toEqual(['000000000000', '000000000001']);
  });

  it('takes an event again after a crash before its checkpoint', async () => {
    jest.spyOn(readModels, 'commit').mockRejectedValueOnce(unavailable);
    await upTo(started(), await append(store, 'ballot-1', event(['a'])));
    expect(taken).toEqual(['000000000000', '000000000000']);
  });

  it.each([
    ['a store out of reach', unavailable],
    ['a second writer', new WrongExpectedRevision('s', 1, 2)],
  ])('is asked again after %s, and only for what is not done', async (_, failure) => {
    let failures = 2;
    const what = reaction((position) => {
      if (position !== '000000000001' || failures === 0) return Promise.resolve();
      failures -= 1;
      return Promise.reject(failure);
    });
    const position = await append(store, 'ballot-1', event(['a']), event(['b']), event(['c']));
    await upTo(started(what), position);
    expect(taken).toEqual(['000000000000', '000000000001', '000000000002']);
  });

  it('stops at an event it cannot take, and no other reaction with it', async () => {
    const poisoned = reaction((position) =>
      position === '000000000001' ? Promise.reject(new Error('spoilt')) : Promise.resolve(),
    );
    const position = await append(store, 'ballot-1', event(['a']), event(['b']), event(['c']));
    const seen: FollowerStatus[] = [];
    const runner = started(poisoned, { onStatus: (status: FollowerStatus) => seen.push(status) });
    await upTo(started({ ...reaction(), name: 'other' }), position);
    await eventually(() => runner.status().failure !== undefined);
    expect(runner.status()).toEqual({
      name: 'reaction-bell',
      state: 'stopped',
      position: '000000000000',
      failure: {
        position: '000000000001',
        stream: 'ballot-1',
        type: 'Counted',
        message: 'spoilt',
      },
    });
    expect(seen.at(-1)?.failure?.message).toBe('spoilt');
  });

  it('is given several at once where it may be, and again from the first that failed', async () => {
    let most = 0;
    let atWork = 0;
    let failures = 1;
    const together: Reaction = {
      ...reaction(async (position) => {
        most = Math.max(most, (atWork += 1));
        await new Promise(setImmediate);
        atWork -= 1;
        if (position !== '000000000001' || failures === 0) return;
        failures -= 1;
        throw unavailable;
      }),
      atOnce: 2,
    };
    const position = await append(store, 'ballot-1', event(['a']), event(['b']), event(['c']));
    await upTo(started(together), position);
    expect(most).toBe(2);
    expect(taken).toEqual(['000000000000', '000000000001', '000000000002']);
  });

  it('finishes the event at work when it is stopped, and takes no further one', async () => {
    const stopped: Promise<void>[] = [];
    const what = reaction(() => {
      stopped.push(runner.stop());
      return Promise.resolve();
    });
    await append(store, 'ballot-1', event(['a']), event(['b']));
    const runner = started(what);
    await eventually(() => stopped.length > 0);
    await Promise.all(stopped);
    expect(taken).toEqual(['000000000000']);
    expect(runner.status()).toMatchObject({ state: 'stopped', position: '000000000000' });
  });
});
