import type { RecordedEvent } from '../engine/event-store';
import type { Instant } from '../engine/instant';
import type { Stage } from '../organisations/organisation';
import type { DossierEvent } from '../dossier/events';
import { dossierEvent } from '../dossier/upcasters';

/** Somebody who let a submission pass, and so answers for it where it was falsified (三(四)). */
export type Voucher = {
  readonly account: string;
  readonly organisation: string;
  readonly stage: Stage['kind'];
  /** Submission that was passed. */
  readonly submission: number;
  readonly at: Instant;
  readonly policyVersion: number | null;
  /** Questions of the grassroots check, each answered yes; null above the unit. */
  readonly checklist: readonly string[] | null;
  /** What was declared: the notice's own sentence, or an opinion. */
  readonly statement: string | null;
  /** Revision of the dossier: what they had before them can be asked for. */
  readonly revision: number;
};

/** Everyone who recommended, endorsed or accepted a submission of the dossier, oldest first. */
export function vouchersOf(events: readonly RecordedEvent[]): readonly Voucher[] {
  const vouchers: Voucher[] = [];
  let submission = 0;
  for (const recorded of events) {
    const { actor, at, policyVersion } = recorded.metadata;
    const event = dossierEvent(recorded);
    switch (event.type) {
      case 'DossierSubmitted':
      case 'DossierResubmitted':
        submission = event.data.filing.number;
        break;
      case 'DossierRecommended':
      case 'DossierEndorsed':
      case 'DossierAccepted': {
        if (actor.kind !== 'person') break;
        const { kind: stage, organisation } = event.data.from;
        vouchers.push({
          ...{ account: actor.subject, organisation, stage, submission, at, policyVersion },
          checklist: event.type === 'DossierRecommended' ? event.data.checklist : null,
          statement: statementIn(event),
          revision: recorded.revision,
        });
        break;
      }
      default:
    }
  }
  return vouchers;
}

function statementIn(event: DossierEvent): string | null {
  if (event.type === 'DossierRecommended') return event.data.statement;
  return event.type === 'DossierEndorsed' ? event.data.opinion : null;
}
