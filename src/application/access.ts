import type { Dossier, OpenedDossier } from '../dossier/dossier';
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
 * applicant's alone until it is first filed; then those of its review chain and the auditors over it see
 * it. Administrators keep the service and see no dossiers.
 */
export function viewerOf(caller: Caller, state: Dossier): Viewer | undefined {
  if (state.status === 'unopened') return undefined;
  if (isApplicant(caller, state)) return 'applicant';
  const filed = state.file.submissions.length > 0;
  return filed && inJurisdiction(caller, state) ? 'reviewer' : undefined;
}

export function isApplicant(caller: Caller, { file }: OpenedDossier): boolean {
  return hasRole(caller, 'applicant') && caller.subject === file.applicant;
}

function inJurisdiction(caller: Caller, { file }: OpenedDossier): boolean {
  return (
    caller.organisation !== null &&
    file.chain.includes(caller.organisation) &&
    hasRole(caller, ...reviewerRoles, 'auditor')
  );
}
