import type { Draft, SectionContents } from '../../dossier/form/contents';
import type { Policy } from '../../rounds/policy';
import { block, type Finding } from '../finding';
import type { Materials } from './materials';
import { placed } from './reading';

type Awards = Draft<SectionContents['awards']>;

/** M-17 (四(一)8), when the section is saved: pointers begin at its content, `/entries/…`. */
export function awardKindsOnSave(policy: Policy, content: Awards): readonly Finding[] {
  return excludedIn(policy, content, '');
}

/** M-17 (四(一)8), later: the list may have been corrected since the section was saved. */
export function awardKindsCount({ policy, sections }: Materials): readonly Finding[] {
  return excludedIn(policy, sections.awards ?? {}, '/sections/awards');
}

/** Whether the notice leaves awards of the kind out: union, women's and safe-family awards. */
export function isExcluded(policy: Policy, kind: string | undefined): boolean {
  return policy.form.awardKinds.terms.some(({ code, counts }) => code === kind && !counts);
}

function excludedIn(policy: Policy, { entries }: Awards, at: string): readonly Finding[] {
  const excluded = policy.form.awardKinds.terms.filter(({ counts }) => !counts);
  return placed(entries, `${at}/entries`)
    .filter(({ entry }) => isExcluded(policy, entry.kind))
    .map(({ pointer, number }) =>
      block(policy, 'M-17', {
        code: 'award-kind-excluded',
        pointer: `${pointer}/kind`,
        zh: `第${number}项获奖：${excluded.map(({ zh }) => zh).join('、')}的奖项不在此范围内，请删去。`,
        en: `Award ${number}: ${excluded.map(({ en }) => en).join(', ')}: these kinds are left out; remove it.`,
      }),
    );
}
