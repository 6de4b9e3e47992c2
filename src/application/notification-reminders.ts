import { Inject, Injectable, Logger } from '@nestjs/common';

import type { DossierStatus } from '../dossier/dossier';
import { roundOf } from '../dossier/stream';
import type { Clock } from '../engine/clock';
import type { EventStore } from '../engine/event-store';
import type { Instant } from '../engine/instant';
import type { Query, ReadModels } from '../engine/read-models';
import { Recurring } from '../engine/recurring';
import { deadlinesOf, roundDeadlines, type RoundDeadline } from '../notifications/deadlines';
import type { Notification } from '../notifications/notification';
import { after, leadReached, remind } from '../notifications/reminders';
import type { DossierSummary } from '../projections/dossier-summary';
import { dossiers } from '../projections/dossiers';
import { notifications } from '../projections/notifications';
import type { PolicyVersion } from '../rounds/rounds';
import { caughtUp, everyOne } from './notification-lists';
import { giveReminders } from './notification-reminder-stream';
import { CLOCK, EVENT_STORE, READ_MODELS } from './ports';
import { ReferenceData } from './reference-data';

const process = 'reminders';

/** Whom a deadline of the round concerns. */
const concerned: Readonly<Record<RoundDeadline['kind'], DossierStatus>> = {
  filing: 'draft',
  refiling: 'returned',
  'fee-and-forms': 'accepted',
};

/**
 * M-31: reminds before each deadline. Whom to remind follows from the clock, the policy and each dossier's
 * own stream, and what was said stands in the log: a time when the service was down is made up for, and
 * nothing is said twice. What it keeps in memory only spares it looking at the same lists each second.
 */
@Injectable()
export class DeadlineReminders {
  private readonly log = new Logger(DeadlineReminders.name);
  private readonly recurring: Recurring;
  /** Lists gone through for a deadline and lead. */
  private readonly done = new Set<string>();
  /** For a round and lead, up to which instant the appointments were gone through. */
  private readonly seenUpTo = new Map<string, Instant>();

  constructor(
    @Inject(CLOCK) clock: Clock,
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(READ_MODELS) private readonly readModels: ReadModels,
    private readonly reference: ReferenceData,
  ) {
    this.recurring = new Recurring(clock, (now, stopping) => this.look(now, stopping), {
      onFailure: (error) => {
        this.log.warn(`will be tried again: ${error instanceof Error ? error.message : 'unknown'}`);
      },
    });
  }

  start(): void {
    this.recurring.start();
  }

  stop(): Promise<void> {
    return this.recurring.stop();
  }

  /** Gives every reminder that is due. */
  async look(now: Instant, stopping: AbortSignal): Promise<void> {
    // What lies behind is not looked at again: the lists must hold all there is.
    const head = await this.store.head();
    await caughtUp(this.readModels, dossiers, head, stopping);
    await caughtUp(this.readModels, notifications, head, stopping);
    for (const versions of (await this.reference.rounds()).values()) {
      const current = versions.at(-1);
      if (current === undefined) continue;
      await this.beforeRoundDeadlines(current, now, stopping);
      await this.beforeDefences(current, now, stopping);
    }
  }

  private async beforeRoundDeadlines(
    current: PolicyVersion,
    now: Instant,
    stopping: AbortSignal,
  ): Promise<void> {
    const { round, reminders } = current.policy;
    for (const { kind, closes } of roundDeadlines(current.policy)) {
      const lead = leadReached(reminders.leadHours, closes, now);
      const list = [round, kind, closes, lead].join('/');
      if (lead === null || this.done.has(list)) continue;
      const query = { index: 'by-status', equals: { round, status: concerned[kind] } };
      for await (const page of everyOne<DossierSummary>(this.readModels, dossiers, query)) {
        if (stopping.aborted) return;
        await this.remindAll(
          page.map(({ id }) => id),
          current,
          now,
        );
      }
      this.done.add(list);
    }
  }

  /** Each defence has an hour of its own, so there is no one moment to go through the list. */
  private async beforeDefences(
    current: PolicyVersion,
    now: Instant,
    stopping: AbortSignal,
  ): Promise<void> {
    const { round, reminders } = current.policy;
    for (const lead of reminders.leadHours) {
      const list = `${round}/${lead}`;
      const from = this.seenUpTo.get(list) ?? now;
      const to = after(now, lead);
      const query: Omit<Query, 'limit'> = {
        index: 'appointments',
        equals: { 'occasion.type': 'defence-appointed' },
        from,
        to,
      };
      for await (const page of everyOne<Notification>(this.readModels, notifications, query)) {
        if (stopping.aborted) return;
        const inRound = page.filter(({ dossier }) => roundOf(dossier) === round);
        await this.remindAll(
          inRound.map(({ dossier }) => dossier),
          current,
          now,
        );
      }
      this.seenUpTo.set(list, to);
    }
  }

  private async remindAll(
    ids: readonly string[],
    { version: policyVersion, policy }: PolicyVersion,
    at: Instant,
  ): Promise<void> {
    const leads = policy.reminders.leadHours;
    await Promise.all(
      ids.map((dossier) =>
        giveReminders(this.store, { dossier, at, process, policyVersion }, (told, history) =>
          remind(told, { dossier, deadlines: deadlinesOf(history, policy), leads, now: at }),
        ),
      ),
    );
  }
}
