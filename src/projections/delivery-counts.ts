import type { Projection } from '../engine/projection';
import { deliveryAggregate, deliveryStreams } from '../notifications/delivery';

/** How many deliveries of a channel stand where, counted as they move. */
export type DeliveryCounts = {
  readonly channel: string;
  readonly pending: number;
  readonly delivered: number;
  readonly dead: number;
};

export const deliveryCounts: Projection<DeliveryCounts> = {
  name: 'delivery-counts',
  version: 1,
  prefixes: [deliveryStreams],
  indexes: [{ name: 'by-channel', by: [], order: 'channel' }],
  keys: (recorded) => [deliveryAggregate.read(recorded).data.channel],
  project(counts, recorded, channel) {
    const before = counts ?? { channel, pending: 0, delivered: 0, dead: 0 };
    switch (deliveryAggregate.read(recorded).type) {
      case 'DeliveryRequested':
        return { ...before, pending: before.pending + 1 };
      case 'DeliverySucceeded':
        return { ...before, pending: before.pending - 1, delivered: before.delivered + 1 };
      case 'DeliveryAbandoned':
        return { ...before, pending: before.pending - 1, dead: before.dead + 1 };
      case 'DeliveryFailed':
        return before;
    }
  },
};
