import { Inject, Injectable } from '@nestjs/common';

import type { EventStore, RecordedEvent } from '../engine/event-store';
import type { Reaction } from '../engine/reaction';
import type { ReadModels } from '../engine/read-models';
import { roundDeadlines } from '../notifications/deadlines';
import { announce, changedDeadlines } from '../notifications/reminders';
import type { DossierSummary } from '../projections/dossier-summary';
import { dossiers } from '../projections/dossiers';
import { roundsAggregate, roundsStream } from '../rounds/rounds';
import { caughtUp, everyOne } from './notification-lists';
import { giveReminders } from './notification-reminder-stream';
import { EVENT_STORE, READ_MODELS } from './ports';
import { ReferenceData } from './reference-data';

const process = 'deadline-corrections';

const everyStatus = [
  'draft',
  'under-review',
  'returned',
  'accepted',
  'withdrawn',
  'closed',
] as const satisfies readonly DossierSummary['status'][];

/** M-31: a corrected policy that moves a deadline is told to everybody with a dossier in the round. */
@Injectable()
export class DeadlineCorrections implements Reaction {
  readonly name = process;
  readonly prefixes = [roundsStream];

  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(READ_MODELS) private readonly readModels: ReadModels,
    private readonly reference: ReferenceData,
  ) {}

  async react(event: RecordedEvent): Promise<void> {
    const { type, data } = roundsAggregate.read(event);
    if (type !== 'PolicyCorrected') return;
    const { round, version, policy, at } = data;
    const earlier = (await this.reference.rounds()).get(round)?.[version - 2];
    const changed =
      earlier && changedDeadlines(roundDeadlines(earlier.policy), roundDeadlines(policy));
    if (changed === undefined || changed.length === 0) return;
    await caughtUp(this.readModels, dossiers, event.position);
    for await (const ids of this.dossiersOf(round)) {
      await Promise.all(
        ids.map((dossier) =>
          giveReminders(this.store, { dossier, at, process, policyVersion: version }, (told) =>
            announce(told, { dossier, version, changed }),
          ),
        ),
      );
    }
  }

  /** Goes over the lists until they hold nobody new: a dossier may change lists behind a reader's back. */
  private async *dossiersOf(round: string): AsyncGenerator<readonly string[]> {
    const seen = new Set<string>();
    for (let before = -1; before < seen.size;) {
      before = seen.size;
      for (const status of everyStatus) {
        const query = { index: 'by-status', equals: { round, status } };
        for await (const page of everyOne<DossierSummary>(this.readModels, dossiers, query)) {
          const unseen = page.map(({ id }) => id).filter((id) => !seen.has(id));
          for (const id of unseen) seen.add(id);
          yield unseen;
        }
      }
    }
  }
}
