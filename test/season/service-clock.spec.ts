import { ServiceClock } from '../../src/cli/season/client';

describe("what can be said of the service's clock", () => {
  let here = 0;
  const clockFrom = (start: number): ServiceClock => {
    here = 0;
    return new ServiceClock(start, () => here);
  };

  it('is at its start or after it until the service has told a reading', () => {
    const clock = clockFrom(1000);
    here = 500;
    expect(clock.earliest()).toBe(1000);
    expect(clock.latest()).toBe(1501);
  });

  it('cannot be before a reading the service gave, nor beyond a move since it was asked for', () => {
    const clock = clockFrom(1000);
    here = 10;
    const moving = clock.moving(50_000);
    here = 30;
    moving.answered(50_004);
    here = 40;
    expect(clock.earliest()).toBe(50_013);
    expect(clock.latest()).toBe(50_031);
  });

  it('may be at the target as soon as a move is asked for, and before it until it is answered', () => {
    const clock = clockFrom(1000);
    clock.moving(2000).answered(2000);
    here = 5;
    clock.moving(90_000);
    expect(clock.earliest()).toBe(2004);
    expect(clock.latest()).toBe(90_001);
  });
});
