import type { Policy } from '../rounds/policy';
import type { PublicityFacts } from '../rules/publicity';
import type { Json } from '../engine/event-store';
import { hashOf } from './canonical';
import type { Content, File, ObjectionRecord } from './dossier';
import { none } from './form/schema';
import { isSectionName } from './sections';

/** SHA-256 of the parts the publicity notice shows (附件1). */
export function publishedHash(content: Content, policy: Policy): string {
  const shown = policy.publicity.publishedSections
    .filter(isSectionName)
    .map((name) => beforePublicity(content.sections[name] ?? null));
  return hashOf({ choice: content.choice, shown });
}

/**
 * What comes of the publicity is uploaded after it (其他附件) and is none of what was put up: it counts as
 * the 「无」 that stood there meanwhile.
 */
function beforePublicity(section: Json): Json {
  if (section === null || typeof section !== 'object' || Array.isArray(section)) return section;
  const papers = ['publicityNotice', 'publicityResult'].filter((name) => name in section);
  return { ...section, ...Object.fromEntries(papers.map((name) => [name, none])) };
}

/** How publicity stands for what is filed now: one of something else counts as none. */
export function publicityFacts(
  {
    content,
    publicity,
    objections,
  }: Pick<File, 'content' | 'publicity'> & {
    readonly objections: readonly Pick<ObjectionRecord, 'number' | 'outcome'>[];
  },
  policy: Policy,
): PublicityFacts {
  const stillShown =
    publicity !== null &&
    (!policy.publicity.republishOnSummaryChange ||
      publicity.published === publishedHash(content, policy));
  return {
    firstDay: stillShown ? publicity.firstDay : null,
    openObjections: objections
      .filter(({ outcome }) => outcome === null)
      .map(({ number }) => number),
  };
}
