import { isWorkingDay, publicityDays, publishedSections, refusal, type Refusal } from './notice';
import { canonical, type Content, type Standing } from './standing';

const beijing = 8 * 60 * 60 * 1000;

/** The day in Beijing, `2022-08-31`, of an instant in epoch milliseconds. */
export function dayOf(at: number): string {
  return new Date(at + beijing).toISOString().slice(0, 10);
}

/** What the unit puts up of a dossier, as one text to compare by. */
export function shownOf({ choice, sections }: Content): string {
  return canonical([choice, publishedSections.map((name) => sections[name] ?? null)]);
}

/** What is filed was put up for five working days, which are over (四(二)). */
export function publicityRefusals({ publicity, work }: Standing, at: number): Refusal[] {
  if (publicity === null || publicity.shown !== shownOf(work)) return [refusal.notPublished];
  const today = dayOf(at);
  let passed = 0;
  for (let day = publicity.firstDay; day < today; day = dayAfter(day)) {
    if (isWorkingDay(day)) passed += 1;
  }
  return passed >= publicityDays ? [] : [refusal.publishedTooShortly];
}

function dayAfter(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
}
