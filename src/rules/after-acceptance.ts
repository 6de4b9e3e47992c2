import { dayOf, type Instant } from '../engine/instant';
import type { Organisation } from '../organisations/organisation';
import type { Level, Policy } from '../rounds/policy';
import { block, warn, type Finding } from './finding';
import { moment } from './moment';

/** T-4 (四(一)19): two printed forms and the fee are due by the day; later ones are taken and shown as late. */
export function dueInTime(policy: Policy, now: Instant): Finding[] {
  const { day } = policy.afterAcceptance.dueBy;
  if (dayOf(now) <= day) return [];
  return [
    warn(policy, 'T-4', {
      code: 'form-and-fee-overdue',
      zh: `评审表和评审费应于${day}前报水利厅，现已逾期。`,
      en: `Printed forms and fee were due by ${day}; this comes late.`,
    }),
  ];
}

/** M-29 (四(一)19): the fee of the level, in whole yuan. */
export function feeAsSet(policy: Policy, level: Level, amount: number): Finding[] {
  const due = policy.afterAcceptance.fee[level];
  if (amount === due) return [];
  return [
    block(policy, 'M-29', {
      code: 'fee-amount-mismatch',
      pointer: '/amount',
      zh: `该级别的评审费为${due}元。`,
      en: `The fee at this level is ${due} yuan.`,
    }),
  ];
}

/** M-29: as many printed forms as the notice asks for. */
export function formsComplete(policy: Policy, copies: number): Finding[] {
  const due = policy.afterAcceptance.forms.copies;
  if (copies === due) return [];
  return [
    block(policy, 'M-29', {
      code: 'printed-forms-incomplete',
      pointer: '/copies',
      zh: `须双面打印评审表${due}份。`,
      en: `${due} double-sided copies of the evaluation form are due.`,
    }),
  ];
}

/** M-4, M-28 (四(一)1, 18): who defends: units of the tiers named, but nobody stationed in a village this year. */
export function defends(
  policy: Policy,
  unit: Organisation,
  stationedInVillage: boolean,
): Finding[] {
  if (stationedInVillage) {
    return [
      block(policy, 'M-4', {
        code: 'defence-exempt',
        zh: '申报人本年参加“访惠聚”驻村，不要求答辩。',
        en: 'The applicant is stationed in a village this year and need not defend.',
      }),
    ];
  }
  if (policy.afterAcceptance.defence.tiers.includes(unit.tier)) return [];
  return [
    block(policy, 'M-28', {
      code: 'defence-not-required',
      zh: '今年只对自治区单位和地州单位申报人员进行答辩。',
      en: "This year only region and prefecture units' applicants defend.",
    }),
  ];
}

/** M-28 (四(一)18): nobody is appointed to a day that is over. */
export function appointedAhead(policy: Policy, defenceAt: Instant, now: Instant): Finding[] {
  if (defenceAt >= now) return [];
  return [
    block(policy, 'M-28', {
      code: 'defence-in-the-past',
      pointer: '/defenceAt',
      zh: '答辩时间不能早于现在。',
      en: 'The defence cannot be appointed for a time that has passed.',
    }),
  ];
}

/** M-28: before the defence begins there is no outcome, an absence neither. */
export function defenceBegun(policy: Policy, defenceAt: Instant, now: Instant): Finding[] {
  if (now >= defenceAt) return [];
  return [
    block(policy, 'M-28', {
      code: 'defence-not-begun',
      pointer: '/attended',
      zh: `答辩定于${moment(defenceAt).zh}，开始前不能记录结果；不能按时参加的请另行安排。`,
      en: `The defence is appointed for ${moment(defenceAt).en}; it has no outcome before it begins. Appoint another time if need be.`,
    }),
  ];
}

/** M-28 (四(一)18): a defence lasts three to five minutes. */
export function defenceLength(policy: Policy, minutes: number | null): Finding[] {
  const { least, most } = policy.afterAcceptance.defence.minutes;
  if (minutes === null || (minutes >= least && minutes <= most)) return [];
  return [
    warn(policy, 'M-28', {
      code: 'defence-length-unusual',
      pointer: '/minutes',
      zh: `答辩时间为每人${least}至${most}分钟。`,
      en: `A defence lasts ${least} to ${most} minutes.`,
    }),
  ];
}

/** M-28: what an absence without cause means; shown with the outcome it brings about. */
export function absentVeto(policy: Policy): Finding {
  return warn(policy, 'M-28', {
    code: 'defence-absent-veto',
    zh: '无故不参加答辩，实行一票否决，评审不予通过。',
    en: 'Absent from the defence without cause: one-vote veto, the review is not passed.',
  });
}
