import { Logger } from '@nestjs/common';

import { atMost } from '../engine/at-most';
import type { Clock } from '../engine/clock';
import type { EventStore } from '../engine/event-store';
import type { Instant } from '../engine/instant';
import type { ReadModels } from '../engine/read-models';
import { Recurring } from '../engine/recurring';
import { usualRetries, type RetryPolicy } from '../notifications/delivery';
import { deliveries, type DeliveryView } from '../projections/deliveries';
import type { ChannelLog } from './notification-deliveries';
import { caughtUp } from './notification-lists';
import type { NotificationWording } from './notification-wording';

/** Deliveries looked up at once. */
const pageSize = 100;
/** Attempts at the same time: one receiver that hangs holds up no more than its share. */
const concurrency = 8;

export interface CourierOptions {
  readonly retries?: RetryPolicy;
  /** Between two looks, in milliseconds. */
  readonly pause?: number;
  /** Random in [0, 1), for the spread of retries. */
  readonly chance?: () => number;
}

/** Delivers what is due through one channel, and tries again what failed. */
export class Courier {
  private readonly logger = new Logger(Courier.name);
  private readonly recurring: Recurring;
  private readonly retries: RetryPolicy;
  private readonly chance: () => number;

  constructor(
    private readonly log: ChannelLog,
    private readonly wording: NotificationWording,
    private readonly store: EventStore,
    private readonly readModels: ReadModels,
    clock: Clock,
    { retries = usualRetries, chance = Math.random, pause = 1_000 }: CourierOptions = {},
  ) {
    this.retries = retries;
    this.chance = chance;
    this.recurring = new Recurring(clock, (now, stopping) => this.look(now, stopping), {
      pause,
      onFailure: (error) => {
        const reason = error instanceof Error ? error.message : 'unknown';
        this.logger.warn(`${log.name} will be tried again: ${reason}`);
      },
    });
  }

  start(): void {
    this.recurring.start();
  }

  /** An attempt at work is broken off; it is made again at the next start. */
  stop(): Promise<void> {
    return this.recurring.stop();
  }

  private async look(now: Instant, stopping: AbortSignal): Promise<void> {
    const { channel } = this.log;
    for (let more = true; more && !stopping.aborted;) {
      await caughtUp(this.readModels, deliveries, await this.store.head(), stopping);
      const { items } = await this.readModels.find<DeliveryView>(deliveries, {
        index: 'due',
        equals: { channel: channel.name, state: 'pending' },
        to: now,
        limit: pageSize,
      });
      await atMost(concurrency, items, ({ notification }) => this.attempt(notification, stopping));
      more = items.length === pageSize;
    }
  }

  private async attempt(notification: string, stopping: AbortSignal): Promise<void> {
    if (stopping.aborted) return;
    const { retries, chance } = this;
    await this.log.attempt(notification, {
      deliver: async (told, signal) =>
        this.log.channel.deliver(await this.wording.message(told), signal),
      retries,
      chance,
      stopping,
    });
  }
}
