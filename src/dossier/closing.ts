import { filingWindow, isAfter, reviewWindow } from '../rounds/policy';
import type { Decision, Facts } from './decision';
import type { OpenedDossier } from './dossier';
import type { ClosingCause } from './events';

/** T-5: closes what nobody can file any more; asking again, or too early, changes nothing. */
export function close(state: OpenedDossier, { policy, now }: Facts): Decision {
  if (state.status === 'draft' && isAfter(filingWindow(policy), now)) {
    return closed(state.file.submissions.length === 0 ? 'never-submitted' : 'not-resubmitted');
  }
  if (state.status === 'returned' && isAfter(reviewWindow(policy), now)) {
    return closed('not-resubmitted');
  }
  return { accepted: [], findings: [] };
}

function closed(cause: ClosingCause): Decision {
  return { accepted: [{ type: 'DossierClosed', data: { cause } }], findings: [] };
}
