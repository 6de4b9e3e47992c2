import type { RecordedEvent } from '../engine/event-store';
import type { Instant } from '../engine/instant';
import type { Stage } from '../organisations/organisation';
import { neverHappens, type DossierStatus } from '../dossier/dossier';
import type { Choice, ClosingCause, DossierEvent } from '../dossier/events';
import { idOf } from '../dossier/stream';
import { dossierEvent } from '../dossier/upcasters';

/** A dossier in a list: where it stands, and nothing personal but the applicant's account. */
export type DossierSummary = Choice & {
  readonly id: string;
  readonly round: string;
  readonly applicant: string;
  readonly status: Exclude<DossierStatus, 'unopened'>;
  /** Whose turn it is; null where nobody reviews it. */
  readonly stage: Stage | null;
  readonly submissions: number;
  /** Tries left; null before the first filing. */
  readonly remaining: number | null;
  readonly submittedAt: Instant | null;
  readonly closedBecause: ClosingCause | null;
  readonly changedAt: Instant;
  /** Revision of the dossier that this summary shows. */
  readonly revision: number;
};

function openedSummary(
  recorded: RecordedEvent,
  { round, applicant, choice }: Extract<DossierEvent, { type: 'DossierOpened' }>['data'],
): DossierSummary {
  return {
    id: idOf(recorded.stream),
    round,
    applicant,
    ...choice,
    status: 'draft',
    stage: null,
    submissions: 0,
    remaining: null,
    submittedAt: null,
    closedBecause: null,
    ...stamp(recorded),
  };
}

export function filedSummary(
  recorded: RecordedEvent,
  {
    round,
    applicant,
    choice,
    filing,
  }: Extract<DossierEvent, { type: 'DossierSubmitted' | 'DossierResubmitted' }>['data'],
): DossierSummary {
  return {
    id: idOf(recorded.stream),
    round,
    applicant,
    ...choice,
    status: 'under-review',
    stage: filing.to,
    submissions: filing.number,
    remaining: filing.remaining,
    submittedAt: filing.at,
    closedBecause: null,
    ...stamp(recorded),
  };
}

/** The summary after an event; undefined where the dossier was never heard of. */
export function summaryAfter(
  summary: DossierSummary | undefined,
  recorded: RecordedEvent,
): DossierSummary | undefined {
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
}

/** The summary after any event but those that begin it. */
export function advance<S extends DossierSummary>(summary: S, recorded: RecordedEvent): S {
  const event = dossierEvent(recorded);
  const changed = stamp(recorded);
  switch (event.type) {
    case 'DossierOpened':
    case 'DossierSubmitted':
    case 'DossierResubmitted':
      throw new Error(`${event.type} begins a summary`);
    case 'DossierReopened': {
      const { choice, returned } = event.data;
      const status = returned ? 'returned' : 'draft';
      return { ...summary, ...choice, status, closedBecause: null, ...changed };
    }
    case 'DossierRecommended':
    case 'DossierEndorsed':
      return { ...summary, stage: event.data.to, ...changed };
    case 'DossierReturned':
      return { ...summary, status: 'returned', stage: null, ...changed };
    case 'DossierAccepted':
      return { ...summary, status: 'accepted', stage: null, ...changed };
    case 'DossierWithdrawn':
      return { ...summary, status: 'withdrawn', stage: null, ...changed };
    case 'DossierClosed':
      return { ...summary, status: 'closed', closedBecause: event.data.cause, ...changed };
    case 'DossierFalsified':
      return {
        ...summary,
        status: 'closed',
        stage: null,
        closedBecause: 'falsification',
        ...changed,
      };
    case 'SectionSaved':
    case 'SectionRevised':
    case 'EvidenceAttached':
    case 'MaskingAnswered':
    case 'ReasonExplained':
    case 'PublicityStarted':
    case 'ObjectionRecorded':
    case 'ObjectionSettled':
    case 'UnitPaperAttached':
    case 'FeeReceived':
    case 'PrintedFormsReceived':
    case 'DefenceScheduled':
    case 'DefenceConcluded':
      return { ...summary, ...changed };
    default:
      return neverHappens(event);
  }
}

function stamp({ metadata, revision }: RecordedEvent) {
  return { changedAt: metadata.at, revision };
}
