import type { Projection } from '../engine/projection';
import { dossierStreams, idOf } from '../dossier/stream';
import { summaryAfter, type DossierSummary } from './dossier-summary';

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
  project: (summary, recorded) => summaryAfter(summary, recorded),
};
