import type { RecordedEvent } from '../engine/event-store';
import type { Projection } from '../engine/projection';
import { dossierStreams, idOf } from '../dossier/stream';
import { dossierEvent } from '../dossier/upcasters';
import { advance, filedSummary, type DossierSummary } from './dossier-summary';

/** A dossier as one organisation of its review chain has it on its list. */
export type Case = DossierSummary & { readonly listedFor: string };

/** What the applicant does with it in private is not the reviewers' to see. */
const privateEvents = [
  'SectionSaved',
  'SectionRevised',
  'EvidenceAttached',
  'MaskingAnswered',
  'ReasonExplained',
];

/**
 * One row an organisation and dossier, from the first filing on: each organisation of the chain finds what
 * is in its jurisdiction without looking through everybody's. A dossier filed anew through another
 * chain leaves the lists of the old one.
 */
export const caseload: Projection<Case> = {
  name: 'caseload',
  version: 1,
  prefixes: [dossierStreams],
  indexes: [{ name: 'listed', by: ['listedFor'], order: 'changedAt' }],
  keys: (event: RecordedEvent) =>
    privateEvents.includes(event.type)
      ? []
      : event.metadata.jurisdiction.map((organisation) => `${idOf(event.stream)}/${organisation}`),
  project(row, recorded, key) {
    const listedFor = key.slice(key.indexOf('/') + 1);
    const event = dossierEvent(recorded);
    switch (event.type) {
      case 'DossierOpened':
        return undefined;
      case 'DossierSubmitted':
      case 'DossierResubmitted':
        return event.data.chain.includes(listedFor)
          ? { ...filedSummary(recorded, event.data), listedFor }
          : undefined;
      default:
        return row && advance(row, recorded);
    }
  },
};
