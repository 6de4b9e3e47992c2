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
