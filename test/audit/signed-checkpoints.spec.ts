import { isDue, type SignedCheckpoint } from '../../src/audit/signed-checkpoints';
import type { Instant } from '../../src/engine/instant';

const at: Instant = '2022-08-31T19:59:30.000+08:00';
const last: SignedCheckpoint = { size: 100, at, note: '' };
const closing: Instant = '2022-08-31T20:00:00.000+08:00';
const due = (size: number, now: Instant, windowEnds: readonly Instant[] = []) =>
  isDue(size, last, { now, windowEnds });

describe('A checkpoint is due', () => {
  it('first as soon as there is anything', () => {
    const clock = { now: at, windowEnds: [] };
    expect(isDue(0, null, clock)).toBe(false);
    expect(isDue(1, null, clock)).toBe(true);
  });

  it('before a minute is over, where there is anything new', () => {
    expect(due(102, '2022-08-31T20:00:19.999+08:00')).toBe(false);
    expect(due(102, '2022-08-31T20:00:20.000+08:00')).toBe(true);
  });

  it('after 1,000 events at once', () => {
    expect(due(1_100, at)).toBe(false);
    expect(due(1_101, at)).toBe(true);
  });

  it('when a window has closed', () => {
    expect(due(102, closing, [closing])).toBe(false);
    expect(due(102, '2022-08-31T20:00:00.001+08:00', [closing])).toBe(true);
  });

  it('never for its own event alone', () => {
    expect(due(101, '2023-01-01T00:00:00.000+08:00', [closing])).toBe(false);
  });
});
