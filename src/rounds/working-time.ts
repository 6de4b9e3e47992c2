import { dayOf, startOfDay, toEpoch, type Day, type Instant } from '../engine/instant';
import { isWorkingDay, nextDay } from './calendar';
import type { OfficeHours } from './investigation-policy';

/** Milliseconds of office hours between two instants; none where the second is not the later. */
export function workingTime(
  from: Instant,
  to: Instant,
  officeHours: readonly OfficeHours[],
): number {
  let total = 0;
  for (let day = dayOf(from); day <= dayOf(to); day = nextDay(day)) {
    if (!isWorkingDay(day)) continue;
    for (const { opens, closes } of stretches(day, officeHours)) {
      total += Math.max(0, Math.min(closes, toEpoch(to)) - Math.max(opens, toEpoch(from)));
    }
  }
  return total;
}

/**
 * How long somebody who acted may have looked at what came to them: office hours, and the whole time where
 * they acted outside those, since they were at work then.
 */
export function attendedTime(
  from: Instant,
  to: Instant,
  officeHours: readonly OfficeHours[],
): number {
  if (isWorkingTime(to, officeHours)) return workingTime(from, to, officeHours);
  return Math.max(0, toEpoch(to) - toEpoch(from));
}

function isWorkingTime(at: Instant, officeHours: readonly OfficeHours[]): boolean {
  const day = dayOf(at);
  const now = toEpoch(at);
  return (
    isWorkingDay(day) &&
    stretches(day, officeHours).some(({ opens, closes }) => opens <= now && now <= closes)
  );
}

function stretches(day: Day, officeHours: readonly OfficeHours[]) {
  const midnight = toEpoch(startOfDay(day));
  return officeHours.map(({ from, to }) => ({
    opens: midnight + minutesOf(from) * 60_000,
    closes: midnight + minutesOf(to) * 60_000,
  }));
}

function minutesOf(time: string): number {
  const [hours = '0', minutes = '0'] = time.split(':');
  return Number(hours) * 60 + Number(minutes);
}
