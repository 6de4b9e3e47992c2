import { knownSubSpecialty, oneDossier } from '../rules/filing';
import type { Finding } from '../rules/finding';
import { ownUnit, withinLimit } from '../rules/review';
import { stillFiling } from '../rules/time';
import {
  applicantOnly,
  levelNotOffered,
  noReviewChain,
  reopeningInTime,
  specialtyNotOffered,
} from './conflicts';
import { unlessBlocked, type Command, type Decision, type Facts } from './decision';
import { pendingReturn, triesExhausted, type Dossier } from './dossier';

/**
 * Opens a dossier, or opens it again after a withdrawal or a closing: the stream is the person's for
 * the round, so that what was filed before stays counted (S-5, R-6) and an unanswered return stays so.
 */
export function open({ choice }: Command<'OpenDossier'>, state: Dossier, facts: Facts): Decision {
  const { policy, chain, actor, round } = facts;
  const findings = [
    ...mayOpen(state, facts),
    ...knownSubSpecialty(policy, choice.subSpecialty),
    ...ownUnit(policy, choice.organisation, actor),
    ...(policy.levels.includes(choice.level) ? [] : [levelNotOffered]),
    ...(policy.specialty.code === choice.specialty ? [] : [specialtyNotOffered]),
    ...(chain === undefined ? [noReviewChain] : []),
  ];
  return unlessBlocked(findings, () => {
    if (chain === undefined) return [];
    if (state.status === 'unopened') {
      return [{ type: 'DossierOpened', data: { round, applicant: actor.subject, choice, chain } }];
    }
    const returned = pendingReturn(state.file) !== undefined;
    return [{ type: 'DossierReopened', data: { choice, chain, returned } }];
  });
}

function mayOpen(state: Dossier, { policy, now, actor }: Facts): Finding[] {
  if (state.status === 'unopened') return stillFiling(policy, now);
  if (state.status !== 'withdrawn' && state.status !== 'closed') return [oneDossier(policy)];
  const { file } = state;
  const closedForGood = state.status === 'closed' && state.cause === 'submission-limit';
  return [
    ...applicantOnly(file, actor),
    ...withinLimit(policy, closedForGood || triesExhausted(file, policy)),
    ...reopeningInTime(file, policy, now),
  ];
}
