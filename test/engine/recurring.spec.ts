import { SimulatedClock } from '../../src/engine/clock';
import type { Instant } from '../../src/engine/instant';
import { Recurring } from '../../src/engine/recurring';
import { eventually } from './tally';

const start = '2022-08-10T09:00:00.000+08:00';
const later = '2022-08-20T09:00:00.000+08:00';
const never = { pause: 1e9 };

describe('something recurring', () => {
  let clock: SimulatedClock;
  let looks: Instant[];
  let recurring: Recurring;

  const looking = (look = () => Promise.resolve(), options: object = never): void => {
    recurring = new Recurring(
      clock,
      async (now) => {
        looks.push(now);
        await look();
      },
      options,
    );
    recurring.start();
  };

  beforeEach(() => {
    clock = new SimulatedClock(start);
    looks = [];
  });
  afterEach(() => recurring.stop());

  it('looks at once, and again after each pause', async () => {
    looking(undefined, { pause: 1 });
    await eventually(() => looks.length > 3);
  });

  it('looks again also when somebody has set the machine’s clock back', async () => {
    const now = jest.spyOn(clock, 'now');
    now.mockReturnValue(later);
    looking(() => Promise.resolve(void now.mockReturnValue(start)), { pause: 1 });
    await eventually(() => looks.length > 3);
    expect(looks.slice(0, 3)).toEqual([later, start, start]);
  });

  it('looks at once when the clock is moved, also while it looks', async () => {
    looking(() => {
      if (looks.length === 1) clock.moveTo(later);
      return Promise.resolve();
    });
    await eventually(() => looks.length === 2);
    expect(looks[1]?.slice(0, 10)).toBe('2022-08-20');
    clock.moveTo('2022-08-21T09:00:00.000+08:00');
    await eventually(() => looks.length === 3);
  });

  it('tells of a failure and looks again', async () => {
    const onFailure = jest.fn();
    looking(() => (looks.length === 1 ? Promise.reject(new Error('later')) : Promise.resolve()), {
      pause: 1,
      onFailure,
    });
    await eventually(() => looks.length > 1);
    expect(onFailure).toHaveBeenCalledTimes(1);
  });

  it('is over once stopped, the look at work finished, and may be started again', async () => {
    let finished = false;
    looking(async () => {
      await new Promise(setImmediate);
      finished = true;
    });
    recurring.start();
    await recurring.stop();
    await recurring.stop();
    expect([looks.length, finished]).toEqual([1, true]);
    clock.moveTo(later);
    await new Promise(setImmediate);
    expect(looks).toHaveLength(1);
    recurring.start();
    await eventually(() => looks.length === 2);
  });
});
