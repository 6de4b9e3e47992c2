import type { Caller } from './act';
import type { Applicant } from './applicant';
import type { Step } from './steps';

/*
 * What reviewers try that is not theirs to do, or not yet.
 */

/** A reviewer of another unit: nothing is there for them to know. */
export const strangerTries: Step = async (applicant) => {
  await applicant.does({ kind: 'look' }, applicant.stranger);
  await applicant.does({ kind: 'publish' }, applicant.stranger);
  await applicant.does({ kind: 'return', reasons: [] }, applicant.stranger);
};

/** The title office and the supervising body, while the unit has the dossier. */
export const higherLevelsTry: Step = async (applicant) => {
  const office = applicant.reviewer(-1);
  const reasons = [{ code: 'other', section: 'education', correction: '请核对。' }];
  await applicant.does({ kind: 'accept' }, office);
  await applicant.does({ kind: 'return', reasons }, office);
  await applicant.does({ kind: 'publish' }, applicant.reviewer(1));
  await applicant.does({ kind: 'endorse' }, applicant.reviewer(1));
};

/** The body above the one whose turn it is. */
export const nextBodyEndorses: Step = (applicant) =>
  applicant.does({ kind: 'endorse' }, applicant.reviewer(2));

/** The unit, carelessly: checks left out, its own wording, no papers; and a return without reasons. */
export const unitIsCareless: Step = async (applicant) => {
  const act = { kind: 'recommend', checked: ['authentic'], statement: '同意推荐' } as const;
  await applicant.does({ ...act, papers: {} }, applicant.reviewer(0));
  await applicant.does({ kind: 'return', reasons: [] }, applicant.reviewer(0));
};

/** The applicant, who reviews for the same unit. */
export const reviewsOwnDossier: Step = (applicant) => {
  const both = { ...applicant.self, roles: ['applicant', 'unit-reviewer'] } as const;
  return applicant.does({ kind: 'publish' }, both);
};

/** Everyone of the chain looks at it, and the applicant. */
export const everybodyLooks: Step = async (applicant) => {
  for (const caller of lookers(applicant)) await applicant.does({ kind: 'look' }, caller);
};

function lookers(applicant: Applicant): readonly Caller[] {
  return [applicant.self, ...applicant.chain.map((_, step) => applicant.reviewer(step))];
}
