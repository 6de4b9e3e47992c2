import { filingWindow, isAfter, reviewWindow } from '../rounds/policy';
import type { Command, Decision, Facts } from './decision';
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

/** M-26 (四(一)16): undoes whatever was reached, the acceptance too; once for good. */
export function falsify({ falsificationCase }: Command<'Falsify'>, state: OpenedDossier): Decision {
  if (state.status === 'closed' && state.cause === 'falsification') {
    return { accepted: [], findings: [] };
  }
  const from = state.status === 'under-review' ? state.stage : null;
  const titleWithdrawn = state.status === 'accepted';
  const data = { from, falsificationCase, titleWithdrawn };
  return { accepted: [{ type: 'DossierFalsified', data }], findings: [] };
}

function closed(cause: Exclude<ClosingCause, 'falsification'>): Decision {
  return { accepted: [{ type: 'DossierClosed', data: { cause } }], findings: [] };
}
