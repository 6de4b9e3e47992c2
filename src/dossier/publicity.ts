import type { Policy } from '../rounds/policy';
import type { PublicityFacts } from '../rules/publicity';
import { hashOf } from './canonical';
import type { Content, File } from './dossier';
import { isSectionName } from './sections';

/** SHA-256 of the parts the publicity notice shows (附件1). */
export function publishedHash(content: Content, policy: Policy): string {
  const shown = policy.publicity.publishedSections
    .filter(isSectionName)
    .map((name) => content.sections[name] ?? null);
  return hashOf({ choice: content.choice, shown });
}

/** How publicity stands for what is filed now: one of something else counts as none. */
export function publicityFacts(
  { content, publicity, objections }: Pick<File, 'content' | 'publicity' | 'objections'>,
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
