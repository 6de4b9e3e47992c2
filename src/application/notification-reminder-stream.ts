import { dossierAggregate, streamOf } from '../dossier/stream';
import type { EventStore, RecordedEvent } from '../engine/event-store';
import { execute, fold } from '../engine/execute';
import type { Instant } from '../engine/instant';
import {
  reminderStreams,
  remindersAggregate,
  type ReminderEvent,
  type Reminders,
} from '../notifications/reminders';

export interface Occurrence {
  readonly dossier: string;
  readonly at: Instant;
  /** The process that reminds, as the audit trail names it. */
  readonly process: string;
  readonly policyVersion: number;
}

/** Adds to a dossier's reminders what follows from those given before and from the dossier as it stands. */
export async function giveReminders(
  store: EventStore,
  { dossier, at, process, policyVersion }: Occurrence,
  decide: (told: Reminders, history: readonly RecordedEvent[]) => readonly ReminderEvent[],
): Promise<void> {
  const history = await store.read(streamOf(dossier));
  const state = fold(dossierAggregate, history);
  if (state.status === 'unopened') return;
  const { applicant: person, chain: jurisdiction } = state.file;
  await execute(store, remindersAggregate, {
    stream: reminderStreams + dossier,
    identity: null,
    ifRevision: null,
    mayKnow: () => true,
    decide: (told) => Promise.resolve({ accepted: decide(told, history) }),
    metadata: () => ({
      at,
      actor: { kind: 'system', process },
      address: null,
      command: null,
      policyVersion,
      person,
      jurisdiction,
    }),
  });
}
