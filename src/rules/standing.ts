import type { Policy } from '../rounds/policy';
import { block, type Finding } from './finding';

/** Years in which a person may not apply, first and last included. */
export interface Bar {
  readonly firstYear: number;
  readonly lastYear: number;
}

/** The bar a falsification in this round brings: from the next year on (四(一)16). */
export function barFor(policy: Policy): Bar {
  const firstYear = policy.year + 1;
  return { firstYear, lastYear: policy.year + policy.falsification.barYears };
}

/** M-26 (四(一)16): nobody files in a year they are barred from. */
export function notBarred(policy: Policy, bars: readonly Bar[]): Finding[] {
  const until = bars
    .filter(({ firstYear, lastYear }) => firstYear <= policy.year && policy.year <= lastYear)
    .map(({ lastYear }) => lastYear);
  if (until.length === 0) return [];
  const last = Math.max(...until);
  return [
    block(policy, 'M-26', {
      code: 'barred-for-falsification',
      zh: `因弄虚作假，${last}年（含）以前不得申报专业技术资格。`,
      en: `Barred for falsification up to and including ${last}.`,
    }),
  ];
}

/** M-26: a dossier found to be falsified stays closed. */
export function falsified(policy: Policy): Finding {
  return block(policy, 'M-26', {
    code: 'barred-for-falsification',
    zh: '本申报材料经查实弄虚作假，不予受理。',
    en: 'This dossier was found to be falsified and is not accepted.',
  });
}
