import type { Day } from '../../engine/instant';
import { block, type Finding } from '../finding';
import type { Materials } from './materials';
import { dayIn, groupOf, placed } from './reading';

/** M-18 (四(一)9, 10): patents and works since taking the current post only. */
export function sinceCurrentPost(materials: Materials): readonly Finding[] {
  const { intellectualProperty, publications } = materials.sections;
  const dated = [
    ...placed(intellectualProperty?.entries, '/sections/intellectualProperty/entries').map(
      ({ entry, pointer }) => ({ date: entry.grantedOn, pointer: `${pointer}/grantedOn` }),
    ),
    ...placed(publications?.entries, '/sections/publications/entries').map(
      ({ entry, pointer }) => ({ date: entry.publishedOn, pointer: `${pointer}/publishedOn` }),
    ),
  ];
  const since = currentPostSince(materials);
  return dated
    .filter(({ date }) => isBeforePost(materials, date))
    .map(({ pointer }) =>
      block(materials.policy, 'M-18', {
        code: 'before-current-post',
        pointer,
        zh: `只填任现职（${since ?? ''}）以来取得的，请删去此前的。`,
        en: `Only what dates from the current post (${since ?? ''}) or later is taken: remove what is older.`,
      }),
    );
}

export function isBeforePost(materials: Materials, date: string | undefined): boolean {
  const since = currentPostSince(materials);
  const day = dayIn(date);
  return since !== undefined && day !== undefined && day < since;
}

/**
 * 任现职以来 is since the present title was obtained (四(一)12); for civil servants since their move, and
 * where there is no title yet, since professional work began. Undefined where that is not filled in.
 */
function currentPostSince({ sections }: Materials): Day | undefined {
  const { title, civilService, professionalService } = sections.qualification ?? {};
  return (
    dayIn(groupOf(title)?.obtainedOn) ??
    dayIn(groupOf(civilService)?.transferredOn) ??
    dayIn(professionalService?.from)
  );
}
