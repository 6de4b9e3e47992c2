import type { Role } from '../application/access';

export interface SamplePerson {
  readonly subject: string;
  readonly roles: readonly Role[];
  readonly organisation: string;
}

const unit = 'kashgar-irrigation-station';

/** One person a role, along the review chain of one sample unit. */
export const samplePeople: readonly [SamplePerson, ...SamplePerson[]] = [
  { subject: 'sample-applicant', roles: ['applicant'], organisation: unit },
  { subject: 'sample-unit-reviewer', roles: ['unit-reviewer'], organisation: unit },
  {
    subject: 'sample-bureau-supervisor',
    roles: ['supervisor'],
    organisation: 'kashgar-water-bureau',
  },
  { subject: 'sample-prefecture-supervisor', roles: ['supervisor'], organisation: 'kashgar-hr' },
  { subject: 'sample-title-office', roles: ['title-office'], organisation: 'title-office' },
  { subject: 'sample-auditor', roles: ['auditor'], organisation: 'title-office' },
  { subject: 'sample-administrator', roles: ['administrator'], organisation: 'title-office' },
];
