import { Inject, Injectable, Logger } from '@nestjs/common';

import type { Clock } from '../engine/clock';
import type { EventStore } from '../engine/event-store';
import type { FollowerStatus } from '../engine/log-follower';
import type { NotificationChannel } from '../engine/notification-channel';
import type { Reaction } from '../engine/reaction';
import { ReactionRunner } from '../engine/reaction-runner';
import type { ReadModels } from '../engine/read-models';
import { caseStreams } from '../falsification/case';
import { FalsificationConsequences } from './falsification-consequences';
import { DeadlineCorrections } from './notification-corrections';
import { Courier } from './notification-courier';
import { ChannelLog } from './notification-deliveries';
import { DeadlineReminders } from './notification-reminders';
import { NotificationWording } from './notification-wording';
import { CLOCK, EVENT_STORE, NOTIFICATION_CHANNELS, READ_MODELS } from './ports';

/** Does what follows from events and from the clock while the service runs. */
@Injectable()
export class ReactionHost {
  private readonly log = new Logger(ReactionHost.name);
  private readonly channels: readonly ChannelLog[];
  private readonly couriers: readonly Courier[];
  private readonly runners: readonly ReactionRunner[];

  constructor(
    @Inject(EVENT_STORE) store: EventStore,
    @Inject(READ_MODELS) models: ReadModels,
    @Inject(CLOCK) clock: Clock,
    @Inject(NOTIFICATION_CHANNELS) channels: readonly NotificationChannel[],
    falsification: FalsificationConsequences,
    corrections: DeadlineCorrections,
    wording: NotificationWording,
    private readonly reminders: DeadlineReminders,
  ) {
    this.channels = channels.map((channel) => new ChannelLog(channel, store, clock));
    this.couriers = this.channels.map((log) => new Courier(log, wording, store, models, clock));
    const consequences: Reaction = {
      name: 'falsification-consequences',
      prefixes: [caseStreams],
      react: (event) => falsification.react(event),
    };
    const reactions = [consequences, corrections, ...this.channels];
    this.runners = reactions.map(
      (reaction) =>
        new ReactionRunner(reaction, store, models, {
          onStatus: (status) => {
            if (status.failure) this.log.error(`${status.name} stopped: ${status.failure.message}`);
            else if (status.reason) this.log.warn(`${status.name} waits: ${status.reason}`);
          },
        }),
    );
  }

  /** Resolves once whatever is told from now on goes out through every channel. */
  async start(): Promise<void> {
    // An unreachable store takes no event either; the reaction begins with the first that comes.
    await Promise.allSettled(this.channels.map((channel) => channel.begin()));
    for (const part of [...this.runners, ...this.couriers, this.reminders]) part.start();
  }

  async stop(): Promise<void> {
    const parts = [...this.runners, ...this.couriers, this.reminders];
    await Promise.all(parts.map((part) => part.stop()));
  }

  statuses(): readonly FollowerStatus[] {
    return this.runners.map((runner) => runner.status());
  }
}
