import type { Projection } from '../engine/projection';
import { dossierStreams, idOf } from '../dossier/stream';
import { dossierEvent } from '../dossier/upcasters';
import { advance, filedSummary, openedSummary, type DossierSummary } from './dossier-summary';

/** Every dossier by id: an applicant's own, and what a closing window must close (T-5). */
export const dossiers: Projection<DossierSummary> = {
  name: 'dossiers',
  version: 1,
  prefixes: [dossierStreams],
  indexes: [
    { name: 'by-applicant', by: ['applicant'], order: 'round' },
    { name: 'by-status', by: ['round', 'status'], order: 'changedAt' },
  ],
  keys: (event) => [idOf(event.stream)],
  project(summary, recorded) {
    const event = dossierEvent(recorded);
    switch (event.type) {
      case 'DossierOpened':
        return openedSummary(recorded, event.data);
      case 'DossierSubmitted':
      case 'DossierResubmitted':
        return filedSummary(recorded, event.data);
      default:
        return summary && advance(summary, recorded);
    }
  },
};
