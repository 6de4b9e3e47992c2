import fc from 'fast-check';

import { RateLimiter } from '../../src/http/rate-limiter';
import { networkOf } from '../../src/http/rate-limits';

describe('an allowance of 60 a minute', () => {
  let now: number;
  let limiter: RateLimiter;
  beforeEach(() => {
    now = 1000;
    limiter = new RateLimiter(60, () => now);
  });
  const takeMany = (count: number, key = 'a') =>
    Array.from({ length: count }, () => limiter.take(key)).filter((wait) => wait === 0).length;

  it('gives a burst of a whole minute, then one a second', () => {
    expect(takeMany(100)).toBe(60);
    expect(limiter.take('a')).toBe(1000);
    now += 999;
    expect(limiter.take('a')).toBe(1);
    now += 1;
    expect(takeMany(100)).toBe(1);
    now += 10_000;
    expect(takeMany(100)).toBe(10);
  });

  it('is whole again after a minute, and no more than that after a day', () => {
    takeMany(60);
    now += 60_000;
    expect(takeMany(100)).toBe(60);
    now += 86_400_000;
    expect(takeMany(100)).toBe(60);
  });

  it('is not used up by being refused', () => {
    takeMany(60);
    takeMany(10_000);
    now += 1000;
    expect(takeMany(10)).toBe(1);
  });

  it('is each key’s own', () => {
    expect(takeMany(100, 'a')).toBe(60);
    expect(takeMany(100, 'b')).toBe(60);
  });

  it('remembers so many keys and no more, the ones used last', () => {
    takeMany(60, 'first');
    takeMany(60, 'kept');
    for (let key = 0; key < 49_999; key += 1) limiter.take(String(key));
    expect(limiter.size).toBe(50_000);
    expect(takeMany(100, 'kept')).toBe(0);
    expect(takeMany(100, 'first')).toBe(60);
    expect(limiter.size).toBe(50_000);
  });

  it('never gives more than a burst and what has come since, however it is asked', () => {
    const asked = fc.array(fc.tuple(fc.nat(5000), fc.nat(40)), { maxLength: 60 });
    fc.assert(
      fc.property(asked, (steps) => {
        let at = 0;
        let given = 0;
        const fresh = new RateLimiter(60, () => at);
        for (const [pause, times] of steps) {
          at += pause;
          for (let time = 0; time < times; time += 1) given += fresh.take('a') === 0 ? 1 : 0;
          if (given > 60 + Math.floor(at / 1000)) return false;
        }
        return true;
      }),
    );
  });
});

describe('the network of an address', () => {
  it.each([
    ['192.0.2.7', '192.0.2.7'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['::FFFF:192.0.2.7', '192.0.2.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['2001:DB8:1:2::9', '2001:db8:1:2'],
    ['2001:0db8:0001:0002::', '2001:db8:1:2'],
    ['2001:db8::1', '2001:db8:0:0'],
    ['fe80::1%eth0', 'fe80:0:0:0'],
    ['::1', '0:0:0:0'],
    ['nonsense', 'nonsense'],
  ])('%s is %s', (address, network) => {
    expect(networkOf(address)).toBe(network);
  });
});
