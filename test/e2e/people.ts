import type { Person } from '../support/service';

/* Who plays in the specs: a review chain of the sample organisations, and people beside it. */

export const unit = 'ili-irrigation-district';
export const bureau = 'ili-water-bureau';
export const prefecture = 'ili-hr';
export const office = 'title-office';
/** A second unit under the same bureau. */
export const neighbour = 'xinyuan-county-water-station';
/** A unit of another chain, which meets this one at the title office. */
export const elsewhere = 'region-design-institute';

export const applicant = (subject: string, organisation = unit): Person => ({
  subject,
  roles: ['applicant'],
  organisation,
});

export const alice = applicant('alice');
export const bob = applicant('bob');
export const carol = applicant('carol', neighbour);

export const unitReviewer: Person = {
  subject: 'uma',
  roles: ['unit-reviewer'],
  organisation: unit,
};
export const neighbourReviewer: Person = {
  ...unitReviewer,
  subject: 'nia',
  organisation: neighbour,
};
export const bureauSupervisor: Person = {
  subject: 'ben',
  roles: ['supervisor'],
  organisation: bureau,
};
export const prefectureSupervisor: Person = {
  subject: 'pat',
  roles: ['supervisor'],
  organisation: prefecture,
};
export const officer: Person = { subject: 'oda', roles: ['title-office'], organisation: office };
export const auditor: Person = { subject: 'aud', roles: ['auditor'], organisation: office };
/** Whoever opened a case does not decide it. */
export const secondAuditor: Person = { ...auditor, subject: 'abe' };
export const administrator: Person = {
  subject: 'adm',
  roles: ['administrator'],
  organisation: office,
};
