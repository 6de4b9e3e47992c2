import { Logger } from '@nestjs/common';

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
/** Attempts at the same time: a message that hangs holds up no other, as long as there is another place. */
const concurrency = 16;

export interface CourierOptions {
  readonly retries?: RetryPolicy;
  /** Between two looks, in milliseconds. */
  readonly pause?: number;
  /** Random in [0, 1), for the spread of retries. */
  readonly chance?: () => number;
  /** Whether the deliveries are still this process's to make. */
  readonly isOurs?: () => boolean;
}

/** Delivers what is due through one channel, and tries again what failed. */
export class Courier {
  private readonly logger = new Logger(Courier.name);
  private readonly recurring: Recurring;
  private readonly retries: RetryPolicy;
  private readonly chance: () => number;
  private readonly isOurs: () => boolean;
  /** Attempts that have not ended, by notification. */
  private readonly atWork = new Map<string, Promise<unknown>>();

  constructor(
    private readonly log: ChannelLog,
    private readonly wording: NotificationWording,
    private readonly store: EventStore,
    private readonly readModels: ReadModels,
    clock: Clock,
    options: CourierOptions = {},
  ) {
    this.retries = options.retries ?? usualRetries;
    this.chance = options.chance ?? Math.random;
    this.isOurs = options.isOurs ?? (() => true);
    this.recurring = new Recurring(clock, (now, stopping) => this.look(now, stopping), {
      pause: options.pause ?? 1_000,
      onFailure: this.report,
    });
  }

  start(): void {
    this.recurring.start();
  }

  /** Attempts at work are broken off; they are made again at the next start. */
  async stop(): Promise<void> {
    await this.recurring.stop();
    await Promise.all(this.atWork.values());
  }

  /** Begins every attempt that is due, without waiting for the last ones to end. */
  private async look(now: Instant, stopping: AbortSignal): Promise<void> {
    const { channel } = this.log;
    for (let more = true; more;) {
      // A list that lags would name again what was delivered a moment ago.
      await caughtUp(this.readModels, deliveries, await this.store.head(), stopping);
      const { items } = await this.readModels.find<DeliveryView>(deliveries, {
        index: 'due',
        equals: { channel: channel.name, state: 'pending' },
        to: now,
        limit: pageSize,
      });
      const due = items.filter(({ notification }) => !this.atWork.has(notification));
      for (const { notification } of due) {
        if (this.atWork.size >= concurrency) await Promise.race(this.atWork.values());
        if (stopping.aborted || !this.isOurs()) return;
        const attempt = this.attempt(notification, stopping)
          .catch(this.report)
          .finally(() => this.atWork.delete(notification));
        this.atWork.set(notification, attempt);
      }
      more = due.length > 0;
    }
  }

  private attempt(notification: string, stopping: AbortSignal): Promise<void> {
    const { retries, chance, isOurs } = this;
    return this.log.attempt(notification, {
      messageOf: (told) => this.wording.message(told),
      retries,
      chance,
      stopping,
      isOurs,
    });
  }

  private readonly report = (error: unknown): void => {
    const reason = error instanceof Error ? error.message : 'unknown';
    this.logger.warn(`${this.log.name} will be tried again: ${reason}`);
  };
}
