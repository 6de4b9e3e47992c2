import type { Day } from '../engine/instant';
import official from './working-days.json';

interface Year {
  /** Weekdays on which nobody works. */
  readonly holidays: readonly Day[];
  /** Weekend days on which everybody does (调休). */
  readonly workdays: readonly Day[];
}

const years: Readonly<Record<string, Year | undefined>> = official.years;

/**
 * Working days by the State Council's yearly notice. A year it has not announced yet counts Monday to
 * Friday; the data file grows by one entry each November.
 */
export function isWorkingDay(day: Day): boolean {
  const year = years[day.slice(0, 4)];
  if (year?.holidays.includes(day) === true) return false;
  if (year?.workdays.includes(day) === true) return true;
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  return weekday !== 0 && weekday !== 6;
}

/** The nth working day from a day on, that day included where it is one; n from 1. */
export function nthWorkingDay(from: Day, n: number): Day {
  let day = from;
  for (let counted = isWorkingDay(day) ? 1 : 0; counted < n;) {
    day = nextDay(day);
    if (isWorkingDay(day)) counted += 1;
  }
  return day;
}

/** Working days from the first to the last, both included. */
export function workingDays(first: Day, last: Day): number {
  let counted = 0;
  for (let day = first; day <= last; day = nextDay(day)) if (isWorkingDay(day)) counted += 1;
  return counted;
}

export function nextDay(day: Day): Day {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + 1);
  return date.toISOString().slice(0, 10);
}
