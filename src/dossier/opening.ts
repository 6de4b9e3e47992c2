import { knownSubSpecialty, oneDossier } from '../rules/filing';
import type { Finding } from '../rules/finding';
import { ownUnit, withinLimit } from '../rules/review';
import { routeChosen, withinScope } from '../rules/scope';
import { falsified, notBarred } from '../rules/standing';
import { stillFiling } from '../rules/time';
import type { Organisation } from '../organisations/organisation';
import type { Policy } from '../rounds/policy';
import type { Choice } from './events';
import {
  applicantOnly,
  levelNotOffered,
  noReviewChain,
  reopeningInTime,
  specialtyNotOffered,
} from './conflicts';
import { unlessBlocked, type Command, type Decision, type Facts } from './decision';
import { pendingReturn, type Dossier } from './dossier';
import { triesExhausted } from './tries';

/**
 * Opens a dossier, or opens it again after a withdrawal or a closing: the stream is the person's for
 * the round, so that what was filed before stays counted (S-5, R-6) and an unanswered return stays so.
 */
export function open({ choice }: Command<'OpenDossier'>, state: Dossier, facts: Facts): Decision {
  const { policy, unit, chain, actor, round, bars } = facts;
  const findings = [
    ...mayOpen(state, facts),
    ...knownSubSpecialty(policy, choice.subSpecialty),
    ...ownUnit(policy, choice.organisation, actor),
    ...(policy.levels.includes(choice.level) ? [] : [levelNotOffered]),
    ...(policy.specialty.code === choice.specialty ? [] : [specialtyNotOffered]),
    ...(unit === undefined || chain === undefined
      ? [noReviewChain]
      : inScope(choice, unit, policy)),
    ...notBarred(policy, bars),
  ];
  return unlessBlocked(findings, () => {
    if (unit === undefined || chain === undefined) return [];
    const opened = { choice, unit, chain };
    if (state.status === 'unopened') {
      return [{ type: 'DossierOpened', data: { round, applicant: actor.subject, ...opened } }];
    }
    const returned = pendingReturn(state.file) !== undefined;
    return [{ type: 'DossierReopened', data: { ...opened, returned } }];
  });
}

/** S-1…S-4, asked again when the dossier is filed (三(二)). */
export function inScope(
  { level, reviewRoute }: Choice,
  unit: Organisation,
  policy: Policy,
): Finding[] {
  return [...withinScope(policy, level, unit), ...routeChosen(policy, level, unit, reviewRoute)];
}

function mayOpen(state: Dossier, { policy, now, actor }: Facts): Finding[] {
  if (state.status === 'unopened') return stillFiling(policy, now);
  if (state.status !== 'withdrawn' && state.status !== 'closed') return [oneDossier(policy)];
  if (state.status === 'closed' && state.cause === 'falsification') return [falsified(policy)];
  const { file } = state;
  const closedForGood = state.status === 'closed' && state.cause === 'submission-limit';
  return [
    ...applicantOnly(file, actor),
    ...withinLimit(policy, closedForGood || triesExhausted(file, policy)),
    ...reopeningInTime(file, policy, now),
  ];
}
