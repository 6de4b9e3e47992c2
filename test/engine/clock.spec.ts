import { SimulatedClock, SystemClock } from '../../src/engine/clock';
import { fromEpoch, toEpoch } from '../../src/engine/instant';

const day = 24 * 60 * 60 * 1000;
const start = '2022-08-01T09:00:00.000+08:00';
const never = new AbortController().signal;

function later(milliseconds: number): string {
  return fromEpoch(toEpoch(start) + milliseconds);
}

/** Whether the promise is settled by now. */
async function settled(promise: Promise<unknown>): Promise<boolean> {
  const pending = Symbol('pending');
  await Promise.resolve();
  return (await Promise.race([promise, Promise.resolve(pending)])) !== pending;
}

beforeEach(() => {
  jest.useFakeTimers({ now: toEpoch('2026-01-01T00:00:00.000+08:00') });
});
afterEach(() => {
  jest.useRealTimers();
});

describe('SimulatedClock', () => {
  it('starts at its instant and runs on with real time', async () => {
    const clock = new SimulatedClock(start);
    expect(clock.now()).toBe(start);
    await jest.advanceTimersByTimeAsync(1500);
    expect(clock.now()).toBe('2022-08-01T09:00:01.500+08:00');
  });

  it('moves forward and runs on from there', async () => {
    const clock = new SimulatedClock(start);
    expect(clock.moveTo(later(day))).toBe(true);
    expect(clock.now()).toBe(later(day));
    await jest.advanceTimersByTimeAsync(10);
    expect(clock.now()).toBe(later(day + 10));
  });

  it('refuses to move back, or to what is no instant, and stays where it is', () => {
    const clock = new SimulatedClock(start);
    const moved = jest.fn();
    clock.onMove(moved);
    expect(clock.moveTo(later(-1))).toBe(false);
    expect(clock.moveTo('tomorrow')).toBe(false);
    expect(clock.now()).toBe(start);
    expect(moved).not.toHaveBeenCalled();
  });

  it('does not follow a correction of the machine clock', () => {
    const clock = new SimulatedClock(start);
    jest.setSystemTime(0);
    expect(clock.now()).toBe(start);
  });

  it('tells each listener of a move until it unsubscribes', () => {
    const clock = new SimulatedClock(start);
    const moved = jest.fn();
    const unsubscribe = clock.onMove(moved);
    clock.onMove(moved);
    clock.moveTo(later(1));
    expect(moved).toHaveBeenCalledTimes(2);
    unsubscribe();
    clock.moveTo(later(2));
    expect(moved).toHaveBeenCalledTimes(3);
  });

  it('refuses to start at what is no instant', () => {
    expect(() => new SimulatedClock('today')).toThrow(RangeError);
  });

  it('wakes a sleeper it is moved past, and no other', async () => {
    const clock = new SimulatedClock(start);
    const near = clock.sleepUntil(later(day), never);
    const far = clock.sleepUntil(later(3 * day), never);
    clock.moveTo(later(2 * day));
    expect(await near).toBe(true);
    expect(await settled(far)).toBe(false);
    clock.moveTo(later(3 * day));
    expect(await far).toBe(true);
  });
});

describe.each([
  ['SystemClock', () => new SystemClock()],
  ['SimulatedClock', () => new SimulatedClock(start)],
])('%s sleeps', (_, make) => {
  it('until the instant, and not a millisecond less', async () => {
    const clock = make();
    const asleep = clock.sleepUntil(fromEpoch(toEpoch(clock.now()) + 5000), never);
    await jest.advanceTimersByTimeAsync(4999);
    expect(await settled(asleep)).toBe(false);
    await jest.advanceTimersByTimeAsync(1);
    expect(await asleep).toBe(true);
  });

  it('longer than a timer can', async () => {
    const clock = make();
    const asleep = clock.sleepUntil(fromEpoch(toEpoch(clock.now()) + 60 * day), never);
    await jest.advanceTimersByTimeAsync(60 * day - 1);
    expect(await settled(asleep)).toBe(false);
    await jest.advanceTimersByTimeAsync(1);
    expect(await asleep).toBe(true);
  });

  it('not at all until an instant gone by', async () => {
    const clock = make();
    expect(await clock.sleepUntil('2000-01-01T00:00:00.000+08:00', never)).toBe(true);
  });

  it('until it is aborted, and leaves no timer behind', async () => {
    const clock = make();
    const abort = new AbortController();
    const instant = fromEpoch(toEpoch(clock.now()) + day);
    const asleep = clock.sleepUntil(instant, abort.signal);
    abort.abort();
    expect(await asleep).toBe(false);
    expect(await clock.sleepUntil(instant, abort.signal)).toBe(false);
    expect(jest.getTimerCount()).toBe(0);
  });

  it('and stops listening when it wakes', async () => {
    const clock = make();
    const unsubscribe = jest.fn();
    jest.spyOn(clock, 'onMove').mockReturnValue(unsubscribe);
    await clock.sleepUntil(clock.now(), never);
    expect(unsubscribe).toHaveBeenCalledTimes(1);
  });

  it('not for what is no instant', async () => {
    await expect(make().sleepUntil('tomorrow', never)).rejects.toThrow(RangeError);
  });

  it('without keeping the process alive', () => {
    jest.useRealTimers();
    const clock = make();
    const abort = new AbortController();
    const timers = (): number =>
      process.getActiveResourcesInfo().filter((resource) => resource === 'Timeout').length;
    const before = timers();
    void clock.sleepUntil(fromEpoch(toEpoch(clock.now()) + day), abort.signal);
    expect(timers()).toBe(before);
    abort.abort();
  });
});

it('SystemClock notices within a minute that the machine clock was put forward', async () => {
  const clock = new SystemClock();
  const asleep = clock.sleepUntil(fromEpoch(toEpoch(clock.now()) + day), never);
  jest.setSystemTime(Date.now() + day);
  await jest.advanceTimersByTimeAsync(60_000);
  expect(await asleep).toBe(true);
});
