/*
 * The 2022 notice as the season's own model reads it. Written down a second time on purpose: what the
 * service takes from its policy data and its rules is checked against this, so nothing is shared.
 */

export const round = '2022';
export const specialty = 'hydraulic-engineering';

/** Windows of clause 一, as epoch milliseconds; both ends are inside. */
export const windows = {
  filingOpens: Date.parse('2022-08-05T10:00:00.000+08:00'),
  filingCloses: Date.parse('2022-08-31T20:00:00.000+08:00'),
  officeOpens: Date.parse('2022-08-25T00:00:00.000+08:00'),
  reviewCloses: Date.parse('2022-09-15T23:59:59.999+08:00'),
} as const;

/** 三(四): at most so many submissions, the first included. */
export const submissionLimit = 3;

/** What the grassroots unit checks (三(四)). */
export const grassrootsChecks = ['no-omissions', 'authentic', 'accurate'] as const;

/** 四(一)1. */
export const subSpecialties = [
  'planning-design-consulting',
  'construction',
  'operation-management',
  'science-research',
] as const;

/** 三(二)1: prefectures that may also review by themselves (定向评价、定向使用). */
export const southernPrefectures = ['hotan', 'kashgar', 'aksu', 'kizilsu'] as const;

/** 四(二), 附件1: what is put up in the unit. A change to any of it is put up again. */
export const publishedSections = [
  'basicInformation',
  'qualification',
  'practiceAbility',
  'achievements',
  'otherAttachments',
] as const;
export const publicityDays = 5;
/** Holidays between the opening of filing and the end of the review that fall on a weekday. */
const holidays: readonly string[] = ['2022-09-12'];

/** 四(二): what the unit writes when it recommends. */
export const recommendation = '本单位已对提供的申报材料逐一审核，真实、完整、有效，同意推荐';

/** 四(一)16: what everybody promises. */
export const commitment =
  '本人承诺以上填报的内容和提交的材料完全真实有效，且网上填报与送审报表内容完全一致。如申请人提交弄虚作假确认材料的，一经查实，不予受理确认申报或取消已确认的资格，并从申报年度下一年度起3年内，不得申报专业技术资格。';

/** 四(一)8: awards of these kinds are left out. */
export const excludedAwards: readonly unknown[] = ['union', 'women', 'safe-family'];

/** 四(一)19: whole yuan by level, printed forms, and the last day for both. */
export const fees: Readonly<Record<string, number>> = {
  senior: 500,
  intermediate: 350,
  junior: 100,
};
export const printedForms = 2;
export const lastDayForFees = '2022-09-30';

/** 四(一)18: who defends, and for how many minutes. */
export const defendingTiers: readonly string[] = ['region', 'prefecture'];
export const defenceMinutes = { least: 3, most: 5 } as const;

/** 四(一)16: years nobody applies in who was found to falsify this year. */
export const barredYears = { first: 2023, last: 2025 } as const;

/** Whether people work on a day, `2022-08-31`. */
export function isWorkingDay(day: string): boolean {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  return weekday !== 0 && weekday !== 6 && !holidays.includes(day);
}

/** Why the service refuses: its code, and before it the rule of the catalogue where one refuses. */
export const refusal = {
  tooEarlyToFile: 'T-1 filing-window-not-open',
  tooLateToFile: 'T-1 filing-window-closed',
  tooLateToRefile: 'T-2 review-window-closed',
  tooEarlyToReview: 'T-3 review-window-not-open',
  tooLateToReview: 'T-3 review-window-closed',
  outsideSeniorScope: 'S-1 outside-review-scope',
  reviewedByUrumqi: 'S-2 outside-review-scope',
  routeNotChosen: 'S-3 review-route-not-chosen',
  otherRouteChosen: 'S-3 outside-review-scope',
  outsideLowerScope: 'S-4 outside-review-scope',
  oneDossier: 'S-5 dossier-already-open',
  publicityPaperMissing: 'F-3 publicity-material-missing',
  unconfirmed: 'F-5 confirmation-missing',
  outOfTurn: 'R-1 not-at-this-stage',
  otherOrganisation: 'R-2 not-your-organisation',
  ownDossier: 'R-2 own-dossier',
  uncheckedByUnit: 'R-3 checklist-incomplete',
  noReasons: 'R-4 return-reasons-missing',
  unanswered: 'R-5 return-reasons-unanswered',
  triesUsedUp: 'R-6 submission-limit-reached',
  notPublished: 'R-7 publicity-not-started',
  publishedTooShortly: 'R-7 publicity-too-short',
  objectionOpen: 'R-8 publicity-objection-open',
  otherSentence: 'R-9 recommendation-text-mismatch',
  final: 'R-11 dossier-final',
  unknownSubSpecialty: 'M-2 unknown-sub-specialty',
  stationed: 'M-4 defence-exempt',
  excludedAward: 'M-17 award-kind-excluded',
  conductPaperMissing: 'M-24 other-attachment-missing',
  falsified: 'M-26 barred-for-falsification',
  maskingUnanswered: 'M-27 masking-unanswered',
  maskedVersionMissing: 'M-27 masked-version-missing',
  noDefence: 'M-28 defence-not-required',
  defencePast: 'M-28 defence-in-the-past',
  defenceAhead: 'M-28 defence-not-begun',
  otherFee: 'M-29 fee-amount-mismatch',
  otherCopies: 'M-29 printed-forms-incomplete',
  underReview: 'dossier-under-review',
  withdrawn: 'dossier-withdrawn',
  closed: 'dossier-closed',
  notAccepted: 'dossier-not-accepted',
  onRecord: 'already-recorded',
  noAppointment: 'defence-not-scheduled',
  caseDecided: 'case-not-open',
  openedTheCase: 'decided-by-opener',
  unknownReason: 'unknown-return-reason',
  roleMissing: 'role-missing',
  notFound: 'not-found',
  stale: 'stale-revision',
  fakeScan: 'evidence-type-unsupported',
} as const;
/** What the service says of the materials themselves, with the rule before it. */
type Remark =
  | 'F-1 blank-field'
  | 'F-2 evidence-missing'
  | 'F-4 vague-wording'
  | 'M-1 id-number-invalid'
  | 'M-1 evidence-missing'
  | 'M-3 unit-tier-mismatch'
  | 'M-5 education-proof-missing'
  | 'M-5 date-in-future'
  | 'M-6 qualification-route-unmet'
  | 'M-7 title-proof-missing'
  | 'M-8 service-dates-mismatch'
  | 'M-9 vocational-certificate-to-judge'
  | 'M-9 date-in-future'
  | 'M-10 resume-dates-invalid'
  | 'M-10 resume-gap'
  | 'M-10 resume-not-in-order'
  | 'M-11 research-ability-suggested'
  | 'M-12 practice-conditions-unmet'
  | 'M-13 achievement-conditions-unmet'
  | 'M-13 date-in-future'
  | 'M-14 entry-incomplete'
  | 'M-15 paper-unpublished'
  | 'M-16 endorsement-insufficient'
  | 'M-16 date-in-future'
  | 'M-17 date-in-future'
  | 'M-18 before-current-post'
  | 'M-18 date-in-future'
  | 'M-19 assessment-missing'
  | 'M-19 assessment-below-qualified'
  | 'M-19 date-in-future'
  | 'M-20 summary-missing'
  | 'M-20 summary-length'
  | 'M-20 summary-as-list'
  | 'M-21 continuing-education-missing'
  | 'M-21 date-in-future'
  | 'M-22 date-in-future'
  | 'M-23 date-in-future'
  | 'M-25 commitment-missing'
  | 'M-25 commitment-text-mismatch'
  | 'T-4 form-and-fee-overdue'
  | 'M-28 defence-length-unusual'
  | 'M-28 defence-absent-veto';

export type Refusal = (typeof refusal)[keyof typeof refusal] | Remark;

/** 422 where a rule of the notice refuses, 404 for a reason that is not there, 409 where only the state refuses. */
export function statusOf(refusals: readonly Refusal[]): 422 | 404 | 409 {
  if (refusals.some((reason) => /^[A-Z]-\d+ /.test(reason))) return 422;
  return refusals[0] === refusal.unknownReason ? 404 : 409;
}
