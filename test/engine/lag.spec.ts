import type { Position } from '../../src/engine/event-store';
import { lagsOf, mostCounted } from '../../src/engine/lag';
import { newEvent, someMetadata } from '../support/events';
import { MemoryEventStore } from '../support/memory-event-store';

/** An event a second, from 09:00:00 on. */
async function logOf(count: number): Promise<{ store: MemoryEventStore; positions: Position[] }> {
  const store = new MemoryEventStore();
  const positions: Position[] = [];
  for (let n = 0; n < count; n += 1) {
    const seconds = String(n % 60).padStart(2, '0');
    const minutes = String(Math.floor(n / 60)).padStart(2, '0');
    const metadata = { ...someMetadata, at: `2022-08-26T09:${minutes}:${seconds}.000+08:00` };
    const { position } = await store.append(`s-${n}`, [newEvent({}, { metadata })], 'no-stream');
    positions.push(position);
  }
  return { store, positions };
}

describe('The lag of those who follow the log', () => {
  const now = '2022-08-26T09:01:00.000+08:00';

  it('is counted in events, and in seconds since the oldest of them', async () => {
    const { store, positions } = await logOf(30);
    const [, , third = ''] = positions;
    const head = positions.at(-1) ?? null;
    expect(await lagsOf(store, [null, third, head, third], head, now)).toEqual([
      { events: 30, seconds: 60 },
      { events: 27, seconds: 57 },
      { events: 0, seconds: 0 },
      { events: 27, seconds: 57 },
    ]);
  });

  it('is nothing on an empty log, and for who has come further than the head that was seen', async () => {
    const { store, positions } = await logOf(2);
    const [first = '', second = ''] = positions;
    expect(await lagsOf(new MemoryEventStore(), [null], null, now)).toEqual([
      { events: 0, seconds: 0 },
    ]);
    expect(await lagsOf(store, [second], first, now)).toEqual([{ events: 0, seconds: 0 }]);
  });

  it('of who is level with the log is known without reading it', async () => {
    const { store, positions } = await logOf(3);
    const subscribe = jest.spyOn(store, 'subscribe');
    const head = positions.at(-1) ?? null;
    await lagsOf(store, [head, head], head, now);
    expect(subscribe).not.toHaveBeenCalled();
  });

  it('is counted up to a bound, for each by itself', async () => {
    const { store, positions } = await logOf(mostCounted + 50);
    const [head = null, before = null] = [positions.at(-1), positions.at(-3)];
    const lags = await lagsOf(store, [null, before], head, '2022-08-26T10:00:00.000+08:00');
    expect(lags.map(({ events }) => events)).toEqual([mostCounted, 2]);
    expect(lags[0]?.seconds).toBe(3600);
  });

  it('is never below nothing where clocks differ', async () => {
    const { store, positions } = await logOf(1);
    const [lag] = await lagsOf(
      store,
      [null],
      positions[0] ?? null,
      '2022-08-26T08:00:00.000+08:00',
    );
    expect(lag).toEqual({ events: 1, seconds: 0 });
  });
});
