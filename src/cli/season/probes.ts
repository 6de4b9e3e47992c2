import type { Applicant } from './applicant';
import type { Step } from './steps';

/** Reviewers who try what is not theirs to do, or not yet. Each knows only what its place shows. */

export const strangerTries: Step = async (applicant) => {
  await applicant.does({ kind: 'look' }, applicant.stranger);
  await applicant.does({ kind: 'publish' }, applicant.stranger);
  await applicant.does({ kind: 'return', reasons: [] }, applicant.stranger);
};

/** The title office and the supervising body, while the dossier is elsewhere. */
export const higherLevelsTry: Step = async (applicant) => {
  const office = applicant.reviewer(-1);
  const reasons = [{ code: 'other', section: 'education', correction: '请核对。' }];
  await applicant.does({ kind: 'accept' }, office);
  await applicant.does({ kind: 'return', reasons }, office);
  await applicant.does({ kind: 'recommend', checked: [] }, applicant.reviewer(1));
  await applicant.does({ kind: 'endorse' }, applicant.reviewer(1));
};

/** The body above the one whose turn it is. */
export const nextBodyEndorses: Step = (applicant) =>
  applicant.does({ kind: 'endorse' }, applicant.reviewer(2));

/** The unit, carelessly: a check left out, a return without reasons. */
export const unitIsCareless: Step = async (applicant) => {
  await applicant.does({ kind: 'recommend', checked: ['authentic'] }, applicant.reviewer(0));
  await applicant.does({ kind: 'return', reasons: [] }, applicant.reviewer(0));
};

/** The applicant, who reviews for the same unit. */
export const reviewsOwnDossier: Step = (applicant) => {
  const { self } = applicant;
  const both = { ...self, roles: ['applicant', 'unit-reviewer'] } as const;
  return applicant.does({ kind: 'publish' }, both);
};

export const unitTries: Step = (applicant) =>
  applicant.does({ kind: 'publish' }, applicant.reviewer(0));

/** Everyone of the chain looks at it, and the applicant. */
export const everybodyLooks: Step = async (applicant) => {
  for (const caller of lookers(applicant)) await applicant.does({ kind: 'look' }, caller);
};

function lookers(applicant: Applicant) {
  return [applicant.self, ...applicant.chain.map((_, step) => applicant.reviewer(step))];
}
