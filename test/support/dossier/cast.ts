import type { Organisation, ReviewChain, Stage } from '../../../src/organisations/organisation';
import type { Policy } from '../../../src/rounds/policy';
import { policy2022 } from '../../../src/rounds/policy-2022';
import type { Reviewer } from '../../../src/rules/review';

export const policy: Policy = policy2022;

/** The other reading of 三(四): only what the title office returned uses up a try. */
export const onlyOfficeReturnsCount: Policy = {
  ...policy,
  submissions: { ...policy.submissions, counting: 'title-office-returns' },
};

export const office = 'title-office';
export const chain = ['station', 'bureau', 'department', office] as const satisfies ReviewChain;
/** A unit directly under the department: one supervising level only. */
export const shortChain = ['station', 'department', office] as const satisfies ReviewChain;

/** The unit of every applicant here; its people are reviewed at every level (三(二)). */
export const station: Organisation = {
  id: 'station',
  name: '伊犁河流域示例管理站',
  kind: 'public-institution',
  tier: 'prefecture',
  prefecture: 'ili',
  ownership: 'region-state',
  waterSystem: true,
  supervisedBy: 'bureau',
};

export const atUnit: Stage = { kind: 'unit', organisation: 'station', step: 0 };
export const atBureau: Stage = { kind: 'supervision', organisation: 'bureau', step: 1 };
export const atDepartment: Stage = { kind: 'supervision', organisation: 'department', step: 2 };
export const atOffice: Stage = { kind: 'title-office', organisation: office, step: 3 };
export const stages = [atUnit, atBureau, atDepartment, atOffice] as const;

export const applicant: Reviewer = {
  subject: 'applicant',
  roles: ['applicant'],
  organisation: 'station',
};

const roles = {
  unit: 'unit-reviewer',
  supervision: 'supervisor',
  'title-office': 'title-office',
} as const satisfies Record<Stage['kind'], string>;

/** Somebody entitled to act at the stage. */
export const reviewerAt = ({ kind, organisation }: Stage): Reviewer => ({
  subject: `reviewer of ${organisation}`,
  roles: [roles[kind]],
  organisation,
});
export const unitReviewer = reviewerAt(atUnit);
export const bureauReviewer = reviewerAt(atBureau);
export const departmentReviewer = reviewerAt(atDepartment);
export const officeReviewer = reviewerAt(atOffice);

/** The windows of the notice (一), written out here so that a wrong policy shows. */
export const filingOpens = '2022-08-05T10:00:00.000+08:00';
export const filingCloses = '2022-08-31T20:00:00.000+08:00';
export const reviewOpens = '2022-08-25T00:00:00.000+08:00';
export const reviewCloses = '2022-09-15T23:59:59.999+08:00';
/** Inside both windows. */
export const inBothWindows = '2022-08-26T09:00:00.000+08:00';
