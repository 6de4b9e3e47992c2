import fc from 'fast-check';
import {
  dayOf,
  endOfDay,
  fromEpoch,
  parseDay,
  parseInstant,
  startOfDay,
  toEpoch,
} from '../../src/engine/instant';

const closing = '2022-08-31T20:00:00.000+08:00';

describe('parseInstant', () => {
  it.each([
    closing,
    '2022-08-31T12:00:00Z',
    '2022-08-31T12:00Z',
    '2022-08-31T12:00:00.000000000Z',
    '2022-08-31T12:00:00+00:00',
    '2022-08-31T18:00:00.000+06:00',
    '2022-08-31T08:00:00.0-04:00',
    '2022-09-01T02:00:00+14:00',
    '2022-08-31T17:30:00+05:30',
  ])('writes %s in Beijing time', (text) => {
    expect(parseInstant(text)).toBe(closing);
  });

  it('carries over to the next day and year in Beijing', () => {
    expect(parseInstant('2022-08-31T16:00:00Z')).toBe('2022-09-01T00:00:00.000+08:00');
    expect(parseInstant('2022-12-31T18:00:00Z')).toBe('2023-01-01T02:00:00.000+08:00');
    expect(parseInstant('2024-02-29T00:00:00+08:00')).toBe('2024-02-29T00:00:00.000+08:00');
  });

  it('drops what is finer than a millisecond', () => {
    expect(parseInstant('2022-08-31T12:00:00.1239Z')).toBe('2022-08-31T20:00:00.123+08:00');
  });

  it.each([
    '',
    'now',
    '2022-08-31',
    '2022-08-31T20:00:00',
    '2022-08-31 20:00:00+08:00',
    '2022-08-31T20:00:00+0800',
    '2022-08-31T20:00:00+08',
    '2022-8-31T20:00:00Z',
    '2022-08-31T20:00:00z ',
    '1661947200000',
    'Wed, 31 Aug 2022 12:00:00 GMT',
    '2022-13-01T00:00:00Z',
    '2022-00-10T00:00:00Z',
    '2022-08-32T00:00:00Z',
    '2022-08-00T00:00:00Z',
    '2022-08-31T25:00:00Z',
    '2022-08-31T20:60:00Z',
    '2022-08-31T20:00:60Z',
    '2022-08-31T20:00:00+24:00',
    '2022-08-31T20:00:00.Z',
  ])('refuses "%s"', (text) => {
    expect(parseInstant(text)).toBeUndefined();
  });

  it.each(['2022-02-29', '2022-02-30', '2022-04-31', '2022-09-31'])(
    'refuses %s, a day the calendar does not have',
    (day) => {
      expect(parseInstant(`${day}T10:00:00+08:00`)).toBeUndefined();
    },
  );
});

describe('instants', () => {
  const epochs = fc.integer({ min: Date.UTC(1991, 0), max: Date.UTC(2100, 0) });

  it('are the same moment in one form, sortable as text', () => {
    fc.assert(
      fc.property(epochs, epochs, (one, other) => {
        const instant = fromEpoch(one);
        expect(instant).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+08:00$/);
        expect(toEpoch(instant)).toBe(one);
        expect(parseInstant(instant)).toBe(instant);
        expect(instant < fromEpoch(other)).toBe(one < other);
      }),
    );
  });

  it('know their day in Beijing, whose ends are its first and last millisecond', () => {
    fc.assert(
      fc.property(epochs, (epoch) => {
        const instant = fromEpoch(epoch);
        const day = dayOf(instant);
        expect(startOfDay(day) <= instant && instant <= endOfDay(day)).toBe(true);
        expect(toEpoch(endOfDay(day)) - toEpoch(startOfDay(day))).toBe(86_399_999);
      }),
    );
    expect(dayOf(fromEpoch(Date.UTC(2022, 7, 31, 15, 59, 59, 999)))).toBe('2022-08-31');
    expect(dayOf(fromEpoch(Date.UTC(2022, 7, 31, 16)))).toBe('2022-09-01');
  });
});

describe('parseDay', () => {
  it('takes days the calendar has', () => {
    expect(parseDay('2022-09-15')).toBe('2022-09-15');
    expect(parseDay('2024-02-29')).toBe('2024-02-29');
  });

  it.each(['2022-02-29', '2022-04-31', '2022-13-01', '2022-9-15', '2022-09-15T00:00Z', ''])(
    'refuses "%s"',
    (text) => {
      expect(parseDay(text)).toBeUndefined();
    },
  );
});
