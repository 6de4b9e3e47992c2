import type { Stage } from '../organisations/organisation';
import type { DossierEvent } from '../dossier/events';

/** Which stage a dossier leaves and which it enters with an event; null for none. */
export interface StageMove {
  readonly from: Stage | null;
  readonly to: Stage | null;
}

export function stageMove(event: DossierEvent): StageMove {
  switch (event.type) {
    case 'DossierSubmitted':
    case 'DossierResubmitted':
      return { from: null, to: event.data.filing.to };
    case 'DossierRecommended':
    case 'DossierEndorsed':
      return event.data;
    case 'DossierReturned':
    case 'DossierAccepted':
    case 'DossierWithdrawn':
    case 'DossierFalsified':
      return { from: event.data.from, to: null };
    default:
      return { from: null, to: null };
  }
}
