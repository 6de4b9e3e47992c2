import type { Dossier, OpenedDossier, Submission } from '../dossier/dossier';
import type { Viewer } from '../projections/dossier-view';

export const roles = [
  'applicant',
  'unit-reviewer',
  'supervisor',
  'title-office',
  'auditor',
  'administrator',
] as const;
export type Role = (typeof roles)[number];

export const reviewerRoles = ['unit-reviewer', 'supervisor', 'title-office'] as const;

/** Whoever a valid token speaks for. */
export interface Caller {
  readonly subject: string;
  readonly roles: readonly Role[];
  readonly organisation: string | null;
}

export function hasRole(caller: Caller, ...wanted: readonly Role[]): boolean {
  return caller.roles.some((role) => wanted.includes(role));
}

/**
 * How the caller may look at a dossier; undefined where it is not theirs to know of. A dossier is its
 * applicant's alone until it is first filed; then those of the review chain it was last filed through and
 * the auditors over it see it, also where it is withdrawn and opened anew for another unit. Administrators
 * keep the service and see no dossiers.
 */
export function viewerOf(caller: Caller, state: Dossier): Viewer | undefined {
  if (state.status === 'unopened') return undefined;
  if (isApplicant(caller, state)) return 'applicant';
  const filed = state.file.submissions.at(-1);
  return filed !== undefined && inJurisdiction(caller, filed) ? 'reviewer' : undefined;
}

export function isApplicant(caller: Caller, { file }: OpenedDossier): boolean {
  return hasRole(caller, 'applicant') && caller.subject === file.applicant;
}

function inJurisdiction(caller: Caller, { chain }: Submission): boolean {
  return (
    caller.organisation !== null &&
    chain.includes(caller.organisation) &&
    hasRole(caller, ...reviewerRoles, 'auditor')
  );
}
