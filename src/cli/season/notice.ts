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
  'practiceAbility',
  'achievements',
  'otherAttachments',
] as const;
export const publicityDays = 5;
/** Holidays between the opening of filing and the end of the review that fall on a weekday. */
const holidays: readonly string[] = ['2022-09-12'];

/** 四(二): what the unit writes when it recommends. */
export const recommendation = '本单位已对提供的申报材料逐一审核，真实、完整、有效，同意推荐';

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
  maskingUnanswered: 'M-27 masking-unanswered',
  maskedVersionMissing: 'M-27 masked-version-missing',
  underReview: 'dossier-under-review',
  withdrawn: 'dossier-withdrawn',
  closed: 'dossier-closed',
  unknownReason: 'unknown-return-reason',
  roleMissing: 'role-missing',
  notFound: 'not-found',
  stale: 'stale-revision',
  fakeScan: 'evidence-type-unsupported',
} as const;
export type Refusal = (typeof refusal)[keyof typeof refusal];

/** 422 where a rule of the notice refuses, 409 where only the state of the dossier does. */
export function statusOf(refusals: readonly Refusal[]): 422 | 409 {
  return refusals.some((reason) => /^[A-Z]-\d+ /.test(reason)) ? 422 : 409;
}
