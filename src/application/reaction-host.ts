import { Inject, Injectable, Logger } from '@nestjs/common';

import { checkpointAggregate, checkpointStream, type Witness } from '../audit/signed-checkpoints';
import type { Clock } from '../engine/clock';
import type { EventStore } from '../engine/event-store';
import type { Lease } from '../engine/lease';
import type { NotificationChannel } from '../engine/notification-channel';
import type { Reaction } from '../engine/reaction';
import { ReactionRunner } from '../engine/reaction-runner';
import type { ReadModels } from '../engine/read-models';
import { caseStreams } from '../falsification/case';
import { PersonErasure } from './erasure';
import { FalsificationConsequences } from './falsification-consequences';
import { DeadlineCorrections } from './notification-corrections';
import { Courier } from './notification-courier';
import { ChannelLog } from './notification-deliveries';
import { DeadlineReminders } from './notification-reminders';
import { NotificationWording } from './notification-wording';
import { CLOCK, EVENT_STORE, LEASE, NOTIFICATION_CHANNELS, READ_MODELS, WITNESSES } from './ports';

/** Does what follows from events and from the clock while the service runs. */
@Injectable()
export class ReactionHost {
  private readonly log = new Logger(ReactionHost.name);
  private readonly channels: readonly ChannelLog[];
  private readonly couriers: readonly Courier[];
  readonly runners: readonly ReactionRunner[];

  constructor(
    @Inject(EVENT_STORE) store: EventStore,
    @Inject(READ_MODELS) models: ReadModels,
    @Inject(CLOCK) clock: Clock,
    @Inject(LEASE) lease: Lease,
    @Inject(NOTIFICATION_CHANNELS) channels: readonly NotificationChannel[],
    @Inject(WITNESSES) witnesses: readonly Witness[],
    falsification: FalsificationConsequences,
    corrections: DeadlineCorrections,
    erasure: PersonErasure,
    wording: NotificationWording,
    private readonly reminders: DeadlineReminders,
  ) {
    this.channels = channels.map((channel) => new ChannelLog(channel, store, clock));
    this.couriers = this.channels.map(
      (log) => new Courier(log, wording, store, models, clock, { isOurs: () => lease.isHeld }),
    );
    const consequences: Reaction = {
      name: 'falsification-consequences',
      prefixes: [caseStreams],
      react: (event) => falsification.react(event),
    };
    const reactions = [
      consequences,
      corrections,
      erasure,
      ...this.channels,
      ...witnesses.map(handOver),
    ];
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

  /** Resolves once whatever is told from now on goes out through every channel, whoever sees to it. */
  async openChannels(): Promise<void> {
    // An unreachable store takes no event either; the reaction begins with the first that comes.
    await Promise.allSettled(this.channels.map((channel) => channel.begin()));
  }

  start(): void {
    for (const part of [...this.runners, ...this.couriers, this.reminders]) part.start();
  }

  async stop(): Promise<void> {
    const parts = [...this.runners, ...this.couriers, this.reminders];
    await Promise.all(parts.map((part) => part.stop()));
  }
}

/** Each witness has its own place in the log: one that does not answer keeps no other waiting. */
function handOver(witness: Witness): Reaction {
  return {
    name: witness.name,
    prefixes: [checkpointStream],
    react: (event) => witness.receive(checkpointAggregate.read(event).data),
  };
}
