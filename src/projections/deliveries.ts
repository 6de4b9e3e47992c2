import type { Instant } from '../engine/instant';
import type { Projection } from '../engine/projection';
import { deliveryAggregate, deliveryStreams } from '../notifications/delivery';

/** Where a notification stands on its way through a channel; for administrators, so nothing of what it says. */
export type DeliveryView = {
  readonly id: string;
  readonly channel: string;
  readonly state: 'pending' | 'delivered' | 'dead';
  readonly notification: string;
  readonly recipient: string;
  readonly type: string;
  readonly requestedAt: Instant;
  readonly attempts: number;
  /** Null where it is not tried again. */
  readonly nextAttemptAt: Instant | null;
  /** What the last attempt failed with. */
  readonly reason: string | null;
  readonly changedAt: Instant;
};

const idIn = (stream: string): string => stream.slice(deliveryStreams.length);

/** Every delivery, and what is due. */
export const deliveries: Projection<DeliveryView> = {
  name: 'deliveries',
  version: 1,
  prefixes: [deliveryStreams],
  indexes: [
    { name: 'due', by: ['channel', 'state'], order: 'nextAttemptAt' },
    { name: 'by-state', by: ['state'], order: 'changedAt' },
    { name: 'all', by: [], order: 'changedAt' },
  ],
  keys: ({ stream }) => [idIn(stream)],
  project(view, recorded, id) {
    const event = deliveryAggregate.read(recorded);
    const { at: changedAt } = recorded.metadata;
    if (event.type === 'DeliveryRequested') {
      const { channel, notification } = event.data;
      return {
        id,
        channel,
        state: 'pending',
        notification: notification.id,
        recipient: notification.recipient,
        type: notification.occasion.type,
        requestedAt: changedAt,
        attempts: 0,
        nextAttemptAt: notification.at,
        reason: null,
        changedAt,
      };
    }
    if (view === undefined) return undefined;
    const { attempt: attempts } = event.data;
    const tried = { ...view, attempts, changedAt };
    switch (event.type) {
      case 'DeliverySucceeded':
        return { ...tried, state: 'delivered', nextAttemptAt: null, reason: null };
      case 'DeliveryFailed':
        return {
          ...tried,
          nextAttemptAt: event.data.nextAttemptAt,
          reason: event.data.reason,
        };
      case 'DeliveryAbandoned':
        return { ...tried, state: 'dead', nextAttemptAt: null, reason: event.data.reason };
    }
  },
};
