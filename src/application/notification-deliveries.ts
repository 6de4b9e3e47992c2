import { randomUUID } from 'node:crypto';

import type { Clock } from '../engine/clock';
import {
  WrongExpectedRevision,
  type EventStore,
  type ExpectedRevision,
  type Json,
  type Position,
  type RecordedEvent,
} from '../engine/event-store';
import { fold, type DomainEvent } from '../engine/execute';
import type { Message, NotificationChannel } from '../engine/notification-channel';
import type { Reaction } from '../engine/reaction';
import {
  deliveryAggregate,
  deliveryStream,
  failed,
  type Delivery,
  type DeliveryEvent,
  type RetryPolicy,
} from '../notifications/delivery';
import { notificationOf, notifyingStreams, type Notification } from '../notifications/notification';

const process = 'notification-delivery';

/** The stream that says from when on a channel is served. */
const channelStream = (channel: string): string => `channel-${channel}`;

/**
 * What the log knows of one channel: since when it is served, and how far each delivery has come. The
 * read models may be built anew at any time; nobody must then be told everything again.
 */
export class ChannelLog implements Reaction {
  readonly name: string;
  readonly prefixes = notifyingStreams;
  /** Side by side they are written together, which saves a wait for the disk each. */
  readonly atOnce = 50;
  #servedSince: Position | null = null;

  constructor(
    readonly channel: NotificationChannel,
    private readonly store: EventStore,
    private readonly clock: Clock,
  ) {
    this.name = `deliver-${channel.name}`;
  }

  /** The first time, notes in the log that the channel is served: what happened before is not told. */
  async begin(): Promise<Position> {
    const stream = channelStream(this.channel.name);
    const known = (await this.store.read(stream))[0];
    const opened = { type: 'ChannelOpened', data: { channel: this.channel.name } };
    this.#servedSince = known?.position ?? (await this.append(stream, opened, 'no-stream', null));
    return this.#servedSince;
  }

  /** Asks for the delivery of what the event has to tell. */
  async react(event: RecordedEvent): Promise<void> {
    const since = this.#servedSince ?? (await this.begin());
    const notification = notificationOf(event);
    if (notification === undefined || event.position < since) return;
    const { name: channel } = this.channel;
    const stream = deliveryStream(channel, notification.id);
    const requested = { type: 'DeliveryRequested', data: { channel, notification } } as const;
    await unlessKnown(this.append(stream, requested, 'no-stream', notification));
  }

  /**
   * Makes one attempt where one is due, and records how it went. A crash between the two repeats it
   * under the same id. Makes none where another process was first.
   */
  async attempt(id: string, asked: Attempt): Promise<void> {
    const { name: channel } = this.channel;
    const stream = deliveryStream(channel, id);
    const history = await this.store.read(stream);
    const delivery = fold(deliveryAggregate, history);
    if (delivery.state !== 'pending' || delivery.nextAttemptAt > this.clock.now()) return;
    const outcome = await this.outcomeOf(delivery, asked);
    if (outcome === null) return;
    await unlessKnown(this.append(stream, outcome, history.length - 1, delivery.notification));
  }

  /**
   * Null where the service was stopped meanwhile, or another process has taken over: whether the message
   * was taken nobody knows.
   */
  private async outcomeOf(
    { notification, attempts }: Extract<Delivery, { state: 'pending' }>,
    { messageOf, retries, chance, stopping, isOurs }: Attempt,
  ): Promise<DeliveryEvent | null> {
    const { name: channel } = this.channel;
    const attempt = attempts + 1;
    try {
      const message = await messageOf(notification);
      if (!isOurs()) return null;
      await this.channel.deliver(message, stopping);
      return { type: 'DeliverySucceeded', data: { channel, attempt } };
    } catch (error) {
      if (stopping.aborted || !isOurs()) return null;
      const reason = error instanceof Error ? error.message : 'unknown';
      const now = this.clock.now();
      return failed({ channel, attempt, reason }, { now, chance: chance(), retries });
    }
  }

  private async append(
    stream: string,
    { type, data }: DomainEvent,
    expected: ExpectedRevision,
    about: Notification | null,
  ): Promise<Position> {
    const metadata = {
      at: this.clock.now(),
      actor: { kind: 'system', process },
      address: null,
      command: null,
      policyVersion: null,
      person: about?.recipient ?? null,
      // A matter of those who keep the service, in nobody's review.
      jurisdiction: [],
    } as const;
    const event = { id: randomUUID(), type, data: data as Json, metadata };
    return (await this.store.append(stream, [event], expected)).position;
  }
}

export interface Attempt {
  readonly messageOf: (notification: Notification) => Promise<Message>;
  readonly retries: RetryPolicy;
  /** Random in [0, 1). */
  readonly chance: () => number;
  readonly stopping: AbortSignal;
  /** Asked before the message goes out: a process that was paused may have been replaced. */
  readonly isOurs: () => boolean;
}

/** Whoever was first has recorded the same. */
async function unlessKnown(appending: Promise<unknown>): Promise<void> {
  try {
    await appending;
  } catch (error) {
    if (!(error instanceof WrongExpectedRevision)) throw error;
  }
}
