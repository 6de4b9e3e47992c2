import type { Policy } from '../rounds/policy';
import { conflict, malformed, type Finding } from '../rules/finding';
import { alreadyFinal, withinLimit, type Reviewer } from '../rules/review';
import { falsified } from '../rules/standing';
import { refilingInTime, stillFiling } from '../rules/time';
import type { Instant } from '../engine/instant';
import type { Stage } from '../organisations/organisation';
import { neverHappens, pendingReturn, type File, type OpenedDossier } from './dossier';

export const notOpen = conflict({
  code: 'dossier-not-open',
  zh: '申报材料尚未建立。',
  en: 'The dossier has not been opened.',
});

const underReview = conflict({
  code: 'dossier-under-review',
  zh: '材料正在审核，不能修改；被退回后方可修改。',
  en: 'The dossier is under review; it can be changed once it is returned.',
});

const withdrawn = conflict({
  code: 'dossier-withdrawn',
  zh: '材料已撤回，须重新建立后方可继续。',
  en: 'The dossier was withdrawn; open it again to go on.',
});

const closedMeanwhile = conflict({
  code: 'dossier-closed',
  zh: '材料已由系统关闭，须重新建立后方可继续。',
  en: 'The dossier was closed by the system; open it again to go on.',
});

const notTheApplicant = conflict({
  code: 'not-the-applicant',
  zh: '只有申报人本人可以办理。',
  en: 'Only the applicant can do this.',
});

export const unknownReason = conflict({
  code: 'unknown-return-reason',
  zh: '本次退回没有这一条理由。',
  en: 'The return in hand has no such reason.',
});

export const notAccepted = conflict({
  code: 'dossier-not-accepted',
  zh: '材料尚未通过形式审核，不能办理。',
  en: 'The dossier has not been accepted yet.',
});

export const alreadyRecorded = conflict({
  code: 'already-recorded',
  zh: '已有记录，不能重复办理。',
  en: 'This is already on record.',
});

export const defenceNotScheduled = conflict({
  code: 'defence-not-scheduled',
  zh: '尚未安排答辩。',
  en: 'No defence has been appointed.',
});

export const unknownOrganisation = conflict({
  code: 'unknown-organisation',
  pointer: '/organisation',
  zh: '该单位未登记。',
  en: 'The unit is not registered.',
});

export const unknownAttachment = conflict({
  code: 'unknown-attachment',
  zh: '该附件不在本材料中，请先上传。',
  en: 'The dossier has no such attachment; upload it first.',
});

export const unknownObjection = conflict({
  code: 'unknown-objection',
  zh: '没有这条异议。',
  en: 'There is no such objection.',
});

export const objectionSettled = conflict({
  code: 'objection-settled',
  zh: '该异议的处理结果已记录，不能更改。',
  en: 'The outcome of this objection is on record and stays.',
});

export const blankExplanation = malformed({
  pointer: '/explanation',
  zh: '说明不能为空。',
  en: 'The explanation must not be blank.',
});

export const noReviewChain = conflict({
  code: 'organisation-without-review-chain',
  pointer: '/organisation',
  zh: '该单位未登记，或没有通向职称办公室的完整审核链。',
  en: 'The unit is not registered or has no full review chain up to the title office.',
});

export const levelNotOffered = conflict({
  code: 'level-not-offered',
  pointer: '/level',
  zh: '本年度不受理该级别的申报。',
  en: 'This round takes no dossiers of that level.',
});

export const specialtyNotOffered = conflict({
  code: 'specialty-not-offered',
  pointer: '/specialty',
  zh: '本年度不受理该专业的申报。',
  en: 'This round takes no dossiers of that specialty.',
});

/** Callers with no business here never get this far; this is the second lock. */
export function applicantOnly(file: File, actor: Reviewer): Finding[] {
  return file.applicant === actor.subject ? [] : [notTheApplicant];
}

/** Only a draft or a returned dossier is in its applicant's hands; says why another is not. */
export function inApplicantsHands(
  state: OpenedDossier,
  policy: Policy,
  now: Instant,
  whileUnderReview: (stage: Stage) => Finding[] = () => [underReview],
): Finding[] {
  switch (state.status) {
    case 'draft':
    case 'returned':
      return [];
    case 'under-review':
      return whileUnderReview(state.stage);
    case 'accepted':
      return [alreadyFinal(policy)];
    case 'withdrawn':
      return [withdrawn];
    case 'closed':
      return closed(state, policy, now);
    default:
      return neverHappens(state);
  }
}

/** The rule that closed it, or, where the office has since extended the window, the way back. */
function closed(
  { file, cause }: Extract<OpenedDossier, { status: 'closed' }>,
  policy: Policy,
  now: Instant,
): Finding[] {
  if (cause === 'submission-limit') return withinLimit(policy, true);
  if (cause === 'falsification') return [falsified(policy)];
  const late = reopeningInTime(file, policy, now);
  return late.length > 0 ? late : [closedMeanwhile];
}

/** A dossier with a return in hand lives as long as refilings are taken, any other as first filings are. */
export function reopeningInTime(file: File, policy: Policy, now: Instant): Finding[] {
  return pendingReturn(file) === undefined ? stillFiling(policy, now) : refilingInTime(policy, now);
}
