import type { Instant } from '../engine/instant';
import type { Stage } from '../organisations/organisation';
import { filingWindow, isAfter, isBefore, reviewWindow, type Policy } from '../rounds/policy';
import { block, type Finding } from './finding';
import { moment } from './moment';

/** T-1 (一): a first submission only inside the filing window, both ends included. */
export function firstSubmissionInTime(policy: Policy, now: Instant): Finding[] {
  const window = filingWindow(policy);
  if (isBefore(window, now)) {
    return [
      block(policy, 'T-1', {
        code: 'filing-window-not-open',
        zh: `网上申报于${moment(window.opens).zh}开始，请届时提交；现在可以填写和预检。`,
        en: `Filing opens at ${moment(window.opens).en}; until then you can fill in and check the dossier.`,
      }),
    ];
  }
  return stillFiling(policy, now);
}

/** T-1: a draft lives until the filing window closes; it may be prepared before it opens. */
export function stillFiling(policy: Policy, now: Instant): Finding[] {
  const window = filingWindow(policy);
  if (!isAfter(window, now)) return [];
  return [
    block(policy, 'T-1', {
      code: 'filing-window-closed',
      zh: `网上申报已于${moment(window.closes).zh}截止，逾期不予受理。`,
      en: `Filing closed at ${moment(window.closes).en}; nothing is taken after that.`,
    }),
  ];
}

/** T-2 (一): a returned dossier until the review window ends, also after the filing window has closed. */
export function refilingInTime(policy: Policy, now: Instant): Finding[] {
  const window = reviewWindow(policy);
  if (!isAfter(window, now)) return [];
  return [
    block(policy, 'T-2', {
      code: 'review-window-closed',
      zh: `集中审核已于${moment(window.closes).zh}结束，被退回的材料不能再提交。`,
      en: `The review ended at ${moment(window.closes).en}; a returned dossier can no longer be filed again.`,
    }),
  ];
}

/** T-3 (一): the title office inside the review window, everyone below from the opening of filing. */
export function reviewInTime(policy: Policy, kind: Stage['kind'], now: Instant): Finding[] {
  const window = reviewWindow(policy);
  const opens = kind === 'title-office' ? window.opens : filingWindow(policy).opens;
  if (now < opens) {
    return [
      block(policy, 'T-3', {
        code: 'review-window-not-open',
        zh: `审核自${moment(opens).zh}开始。`,
        en: `Review begins at ${moment(opens).en}.`,
      }),
    ];
  }
  if (!isAfter(window, now)) return [];
  return [
    block(policy, 'T-3', {
      code: 'review-window-closed',
      zh: `集中审核已于${moment(window.closes).zh}结束。`,
      en: `The review ended at ${moment(window.closes).en}.`,
    }),
  ];
}
