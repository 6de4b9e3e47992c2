import { dayOf, fromEpoch, startOfDay, toEpoch, type Day, type Instant } from '../engine/instant';
import { instantFormat, mapData, yearKeyword } from '../rounds/data-schema';
import { reviewWindow, type Policy } from '../rounds/policy';
import { policySchema } from '../rounds/policy.schema';

export const practiceRound = 'practice';

const dayLength = 24 * 60 * 60 * 1000;

/**
 * A model round moved to today, so that filing and review are both open: every day and instant of it by
 * as many days as the review's first day is away, every year by as many years as the application year.
 */
export function practicePolicy(model: Policy, now: Instant): Policy {
  const today = startOfDay(dayOf(now));
  const firstDay = startOfDay(dayOf(reviewWindow(model).opens));
  const days = Math.round((toEpoch(today) - toEpoch(firstDay)) / dayLength);
  const years = Number(today.slice(0, 4)) - model.year;
  const later = (instant: Instant): Instant => fromEpoch(toEpoch(instant) + days * dayLength);
  const laterDay = (day: Day): Day => dayOf(later(startOfDay(day)));
  const moved = mapData(policySchema, model, (schema, value) => {
    if (typeof value === 'number') return schema[yearKeyword] === true ? value + years : value;
    if (typeof value !== 'string') return value;
    if (schema['format'] === instantFormat) return later(value);
    return schema['format'] === 'date' ? laterDay(value) : value;
  });
  return { ...moved, round: practiceRound, title: `练习轮（按${model.round}年度政策）` };
}
