import type { ClosingCause, DefenceOutcome, DossierEvent } from '../dossier/events';
import { dossierStreams, idOf } from '../dossier/stream';
import { dossierEvent } from '../dossier/upcasters';
import type { Position, RecordedEvent } from '../engine/event-store';
import type { Instant } from '../engine/instant';
import { caseAggregate, caseStreams, type CaseEvent } from '../falsification/case';
import type { Stage } from '../organisations/organisation';
import { reminderStreams, remindersAggregate, type ReminderEvent } from './reminders';

/**
 * What an applicant is told of (四(一)17, 18): facts in codes, as far as the applicant knows them anyway.
 * The sentences are made when they are shown, see `texts.ts`.
 */
export type Occasion =
  | { readonly type: 'submitted'; readonly number: number; readonly remaining: number }
  | { readonly type: 'passed-on'; readonly by: Stage['kind']; readonly to: Stage['kind'] }
  | {
      readonly type: 'returned';
      readonly by: Stage['kind'];
      /** Number of the submission that was returned. */
      readonly submission: number;
      readonly reasons: number;
      /** Sections to correct, each once, in the order of the reasons. */
      readonly sections: readonly string[];
      /** Attachments to correct. */
      readonly attachments: number;
    }
  | { readonly type: 'accepted' }
  | { readonly type: 'closed'; readonly cause: Exclude<ClosingCause, 'falsification'> }
  | { readonly type: 'falsified'; readonly titleWithdrawn: boolean }
  | { readonly type: 'investigation-opened' }
  | { readonly type: 'statement-heard' }
  | { readonly type: 'investigation-dismissed' }
  | { readonly type: 'withdrawn' }
  | { readonly type: 'fee-received'; readonly amount: number }
  | { readonly type: 'printed-forms-received'; readonly copies: number }
  | { readonly type: 'defence-appointed'; readonly defenceAt: Instant; readonly meeting: string }
  | { readonly type: 'defence-concluded'; readonly outcome: DefenceOutcome }
  | ({ readonly type: 'deadline-near' } & Omit<Data<'ReminderDue'>, 'dossier'>)
  | ({ readonly type: 'deadlines-corrected' } & Omit<Data<'DeadlinesCorrected'>, 'dossier'>);

type Data<Type extends ReminderEvent['type']> = Extract<ReminderEvent, { type: Type }>['data'];

export type Notification = {
  /** The event's own id: the same in every store, so that a receiver knows a repeat. */
  readonly id: string;
  readonly position: Position;
  readonly recipient: string;
  readonly dossier: string;
  readonly at: Instant;
  /** Version of the policy the event was judged by. */
  readonly policyVersion: number | null;
  readonly occasion: Occasion;
};

/** Streams with something to tell. */
export const notifyingStreams: readonly string[] = [dossierStreams, reminderStreams, caseStreams];

/** What the event has to tell the person it is about; undefined for nothing, or for nobody. */
export function notificationOf(recorded: RecordedEvent): Notification | undefined {
  const { id, position, metadata } = recorded;
  if (metadata.person === null) return undefined;
  const told = toldBy(recorded);
  if (told === undefined) return undefined;
  const { at, policyVersion, person: recipient } = metadata;
  return { id, position, recipient, at, policyVersion, ...told };
}

type Told = Pick<Notification, 'dossier' | 'occasion'>;

function toldBy(recorded: RecordedEvent): Told | undefined {
  const { stream, metadata } = recorded;
  if (stream.startsWith(reminderStreams)) return fromReminder(remindersAggregate.read(recorded));
  if (stream.startsWith(caseStreams)) {
    return fromCase(caseAggregate.read(recorded), metadata.person);
  }
  return fromDossier(dossierEvent(recorded), idOf(stream));
}

/** Who is investigated may answer it. What others said is not told; what an upheld case brings, the dossier tells. */
function fromCase({ type, data }: CaseEvent, recipient: string | null): Told | undefined {
  const { dossier } = data;
  switch (type) {
    case 'FalsificationCaseOpened':
      return { dossier, occasion: { type: 'investigation-opened' } };
    case 'StatementHeard':
      return data.person === recipient
        ? { dossier, occasion: { type: 'statement-heard' } }
        : undefined;
    case 'FalsificationCaseDecided':
      return data.upheld ? undefined : { dossier, occasion: { type: 'investigation-dismissed' } };
  }
}

function fromReminder(event: ReminderEvent): Told {
  if (event.type === 'ReminderDue') {
    const { dossier, ...due } = event.data;
    return { dossier, occasion: { type: 'deadline-near', ...due } };
  }
  const { dossier, ...corrected } = event.data;
  return { dossier, occasion: { type: 'deadlines-corrected', ...corrected } };
}

function fromDossier(event: DossierEvent, dossier: string): Told | undefined {
  const occasion = occasionOf(event);
  return occasion && { dossier, occasion };
}

/**
 * Objections are left out: whoever objects is protected, and what is alleged is no finding until it is
 * settled; what comes of it reaches the applicant as a return or as the recommendation.
 */
function occasionOf(event: DossierEvent): Occasion | undefined {
  switch (event.type) {
    case 'DossierSubmitted':
    case 'DossierResubmitted': {
      const { number, remaining } = event.data.filing;
      return { type: 'submitted', number, remaining };
    }
    case 'DossierRecommended':
    case 'DossierEndorsed': {
      const { from, to } = event.data;
      return { type: 'passed-on', by: from.kind, to: to.kind };
    }
    case 'DossierReturned':
      return returned(event.data);
    case 'DossierAccepted':
      return { type: 'accepted' };
    case 'DossierClosed':
      return { type: 'closed', cause: event.data.cause };
    case 'DossierFalsified':
      return { type: 'falsified', titleWithdrawn: event.data.titleWithdrawn };
    case 'DossierWithdrawn':
      return { type: 'withdrawn' };
    case 'FeeReceived':
      return { type: 'fee-received', amount: event.data.amount };
    case 'PrintedFormsReceived':
      return { type: 'printed-forms-received', copies: event.data.copies };
    case 'DefenceScheduled':
      return { type: 'defence-appointed', ...event.data };
    case 'DefenceConcluded':
      return { type: 'defence-concluded', outcome: event.data.outcome };
    default:
      return undefined;
  }
}

function returned({
  from,
  submission,
  reasons,
}: Extract<DossierEvent, { type: 'DossierReturned' }>['data']): Occasion {
  const parts = reasons.map(({ part }) => part);
  const sections = parts.flatMap((part) => ('section' in part ? [part.section] : []));
  const attachments = parts.flatMap((part) => ('attachment' in part ? [part.attachment] : []));
  return {
    type: 'returned',
    by: from.kind,
    submission,
    reasons: reasons.length,
    sections: [...new Set(sections)],
    attachments: new Set(attachments).size,
  };
}
