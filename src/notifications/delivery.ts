import { readerOf } from '../engine/event-reader';
import type { Aggregate } from '../engine/execute';
import { fromEpoch, toEpoch, type Instant } from '../engine/instant';
import type { Notification } from './notification';

/**
 * The way of one notification through one channel, in a stream of its own: asked for once, tried until
 * it is delivered or given up. In the log and not in the read models, since these may be built anew at
 * any time, and nobody must then be told everything again.
 */
export type Delivery =
  | { readonly state: 'unrequested' }
  | {
      readonly state: 'pending';
      readonly notification: Notification;
      /** Attempts that failed so far. */
      readonly attempts: number;
      readonly nextAttemptAt: Instant;
    }
  | { readonly state: 'delivered' }
  | { readonly state: 'dead' };

interface Payloads {
  DeliveryRequested: { readonly channel: string; readonly notification: Notification };
  DeliverySucceeded: { readonly channel: string; readonly attempt: number };
  DeliveryFailed: {
    readonly channel: string;
    readonly attempt: number;
    readonly reason: string;
    readonly nextAttemptAt: Instant;
  };
  /** Given up after the last attempt: a dead letter, for people to look after. */
  DeliveryAbandoned: {
    readonly channel: string;
    readonly attempt: number;
    readonly reason: string;
  };
}

export type DeliveryEvent = {
  [Type in keyof Payloads]: { readonly type: Type; readonly data: Payloads[Type] };
}[keyof Payloads];

export const deliveryStreams = 'delivery-';

export function deliveryStream(channel: string, notification: string): string {
  return `${deliveryStreams}${channel}-${notification}`;
}

/** A requested delivery is due at once. */
export const deliveryAggregate: Aggregate<Delivery, DeliveryEvent> = {
  initial: { state: 'unrequested' },
  evolve(delivery, { type, data }) {
    switch (type) {
      case 'DeliveryRequested': {
        const { notification } = data;
        return { state: 'pending', notification, attempts: 0, nextAttemptAt: notification.at };
      }
      case 'DeliverySucceeded':
        return { state: 'delivered' };
      case 'DeliveryAbandoned':
        return { state: 'dead' };
      case 'DeliveryFailed': {
        if (delivery.state !== 'pending') throw new Error(`${type} of what is not pending`);
        const { attempt: attempts, nextAttemptAt } = data;
        return { ...delivery, attempts, nextAttemptAt };
      }
    }
  },
  read: readerOf<DeliveryEvent>(
    'DeliveryRequested',
    'DeliverySucceeded',
    'DeliveryFailed',
    'DeliveryAbandoned',
  ),
};

/** How often to try, and how long to wait between. */
export interface RetryPolicy {
  /** Attempts after which it is given up. */
  readonly attempts: number;
  /** Longest wait after the first failure, in milliseconds; doubled with each one until `cap`. */
  readonly base: number;
  readonly cap: number;
}

/** Four hours or so: a receiver may be down for a night's maintenance, not for a week. */
export const usualRetries: RetryPolicy = { attempts: 12, base: 10_000, cap: 3_600_000 };

/**
 * What follows a failed attempt, `chance` being random in [0, 1): at least half the wait, at most all of
 * it, so that what failed together does not come back together.
 */
export function failed(
  { channel, attempt, reason }: { channel: string; attempt: number; reason: string },
  { now, chance, retries }: { now: Instant; chance: number; retries: RetryPolicy },
): DeliveryEvent {
  if (attempt >= retries.attempts) {
    return { type: 'DeliveryAbandoned', data: { channel, attempt, reason } };
  }
  const longest = Math.min(retries.cap, retries.base * 2 ** (attempt - 1));
  const wait = Math.round((longest * (1 + chance)) / 2);
  const nextAttemptAt = fromEpoch(toEpoch(now) + wait);
  return { type: 'DeliveryFailed', data: { channel, attempt, reason, nextAttemptAt } };
}
