/**
 * An instant in Beijing time, always written `2022-08-31T20:00:00.000+08:00`.
 *
 * One fixed form makes instants sortable as text, readable by the people who use them, and their
 * calendar day in Beijing the first ten characters. China has kept UTC+8 without summer time
 * since 1991, so the offset is a constant (Asia/Shanghai; not Asia/Urumqi, which is another).
 */
export type Instant = string;

/** A calendar day in Beijing, `2022-08-31`. */
export type Day = string;

const offset = '+08:00';
const offsetMilliseconds = 8 * 60 * 60 * 1000;
const isoInstant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/;

export function fromEpoch(milliseconds: number): Instant {
  return new Date(milliseconds + offsetMilliseconds).toISOString().replace('Z', offset);
}

export function toEpoch(instant: Instant): number {
  return Date.parse(instant);
}

/** Any ISO 8601 instant that names its offset; undefined for everything else. */
export function parseInstant(text: string): Instant | undefined {
  const wellFormed = isoInstant.test(text) && parseDay(text.slice(0, 10)) !== undefined;
  const epoch = wellFormed ? Date.parse(text) : Number.NaN;
  return Number.isNaN(epoch) ? undefined : fromEpoch(epoch);
}

/** A day that exists in the calendar (not 2022-02-30); undefined for everything else. */
export function parseDay(text: string): Day | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return undefined;
  const epoch = Date.parse(`${text}T00:00:00.000Z`);
  return !Number.isNaN(epoch) && new Date(epoch).toISOString().startsWith(text) ? text : undefined;
}

export function dayOf(instant: Instant): Day {
  return instant.slice(0, 10);
}

export function startOfDay(day: Day): Instant {
  return `${day}T00:00:00.000${offset}`;
}

/** The last millisecond of the day: a period given in whole days lasts until then. */
export function endOfDay(day: Day): Instant {
  return `${day}T23:59:59.999${offset}`;
}
