import { isWorkday } from 'chinese-days';
import fc from 'fast-check';
import { isWorkingDay, nthWorkingDay, workingDays } from '../../src/rounds/calendar';

/** Days of the years the State Council has announced, and of the library's same years. */
const announced = daysFrom('2022-01-01', '2026-12-31');
const worked = announced.map((day) => isWorkday(day));

function daysFrom(first: string, last: string): string[] {
  const days: string[] = [];
  for (let at = Date.parse(first); at <= Date.parse(last); at += 86_400_000) {
    days.push(new Date(at).toISOString().slice(0, 10));
  }
  return days;
}

describe('working days of 2022 to 2026', () => {
  it('are those another source has, day by day', () => {
    expect(announced).toHaveLength(1826);
    expect(announced.filter((day, index) => isWorkingDay(day) !== worked[index])).toEqual([]);
  });

  it.each([
    ['2022-09-09', true],
    ['2022-09-10', false], // Mid-Autumn, a Saturday
    ['2022-09-11', false],
    ['2022-09-12', false],
    ['2022-09-13', true],
    ['2022-09-30', true],
    ['2022-10-01', false], // National Day, a week of it
    ['2022-10-03', false],
    ['2022-10-07', false],
    ['2022-10-08', true], // Saturday and Sunday worked in exchange
    ['2022-10-09', true],
    ['2022-10-15', false],
  ])('%s: %s', (day, works) => {
    expect(isWorkingDay(day)).toBe(works);
  });

  it('are Monday to Friday in a year not announced yet', () => {
    const works = daysFrom('2031-10-01', '2031-10-08').filter(isWorkingDay);
    expect(works).toEqual([
      '2031-10-01',
      '2031-10-02',
      '2031-10-03',
      '2031-10-06',
      '2031-10-07',
      '2031-10-08',
    ]);
  });
});

describe('counting working days', () => {
  const upTo = announced.length - 120;
  const day = fc.nat(upTo);
  const count = fc.integer({ min: 1, max: 60 });

  it('the nth from a day on is the nth of a list', () => {
    fc.assert(
      fc.property(day, count, (from, n) => {
        const list = announced.filter((_, index) => index >= from && worked[index]);
        expect(nthWorkingDay(announced[from] ?? '', n)).toBe(list[n - 1]);
      }),
      { numRuns: 500 },
    );
  });

  it('between two days, both included, are as many as in a list', () => {
    fc.assert(
      fc.property(day, fc.nat(100), (from, length) => {
        const list = announced.slice(from, from + length + 1);
        const [first = '', last = ''] = [list[0], list.at(-1)];
        expect(workingDays(first, last)).toBe(
          worked.slice(from, from + length + 1).filter(Boolean).length,
        );
      }),
      { numRuns: 500 },
    );
  });

  it('agree with each other: n of them end on the nth', () => {
    fc.assert(
      fc.property(day, count, (from, n) => {
        const first = announced[from] ?? '';
        const last = nthWorkingDay(first, n);
        expect(isWorkingDay(last)).toBe(true);
        expect(workingDays(first, last)).toBe(n);
      }),
      { numRuns: 500 },
    );
  });

  it('are none where the last day comes before the first', () => {
    expect(workingDays('2022-09-08', '2022-09-07')).toBe(0);
    expect(workingDays('2022-09-07', '2022-09-07')).toBe(1);
    expect(workingDays('2022-09-10', '2022-09-12')).toBe(0);
  });
});
