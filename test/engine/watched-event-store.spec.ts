import { StoreUnavailable } from '../../src/engine/event-store';
import { WatchedEventStore } from '../../src/engine/watched-event-store';
import { newEvent } from '../support/events';
import { MemoryEventStore } from '../support/memory-event-store';

describe('A watched event store', () => {
  let now: number;
  let inner: MemoryEventStore;
  let told: [string, number][];
  let store: WatchedEventStore;
  beforeEach(() => {
    now = 5_000;
    told = [];
    inner = new MemoryEventStore();
    store = new WatchedEventStore(
      inner,
      (...outcome) => told.push(outcome),
      () => now,
    );
  });

  const append = (expected: 'no-stream' | number = 'no-stream') =>
    store.append('s', [newEvent()], expected);
  const failNext = (error: Error) =>
    jest.spyOn(inner, 'append').mockImplementationOnce(() => {
      now += 250;
      return Promise.reject(error);
    });
  const full = new StoreUnavailable('events.db', new Error('disk full'));

  it('tells how each append ended and how long it took, and changes no answer', async () => {
    expect(await append()).toEqual(expect.objectContaining({ revision: 0 }));
    await expect(append()).rejects.toThrow('stands at');
    failNext(full);
    await expect(append(0)).rejects.toBe(full);
    failNext(new TypeError('no JSON'));
    await expect(append(0)).rejects.toThrow('no JSON');
    expect(told).toEqual([
      ['written', 0],
      ['conflict', 0],
      ['unavailable', 0.25],
      ['failed', 0.25],
    ]);
  });

  it.each([
    ['an append succeeds', () => append()],
    ['an append meets a conflict', () => append(7).catch(() => undefined)],
    ['ten seconds have gone by', () => Promise.resolve((now += 10_000))],
  ])('is failing after it could not take an append, until %s', async (_, happens) => {
    expect(store.isFailing).toBe(false);
    failNext(full);
    await append().catch(() => undefined);
    expect(store.isFailing).toBe(true);
    await happens();
    expect(store.isFailing).toBe(false);
  });

  it('is not failing because somebody gave it what it cannot take', async () => {
    failNext(new TypeError('no JSON'));
    await append().catch(() => undefined);
    expect(store.isFailing).toBe(false);
  });
});
