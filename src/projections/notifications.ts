import type { Projection } from '../engine/projection';
import { notificationOf, notifyingStreams, type Notification } from '../notifications/notification';

/** What every applicant was told, in the order it happened. */
export const notifications: Projection<Notification> = {
  name: 'notifications',
  version: 2,
  prefixes: notifyingStreams,
  indexes: [
    { name: 'all', by: [], order: 'position' },
    { name: 'by-recipient', by: ['recipient'], order: 'position' },
    { name: 'appointments', by: ['occasion.type'], order: 'occasion.defenceAt' },
  ],
  keys: (event) => (notificationOf(event) === undefined ? [] : [event.id]),
  project: (_, event) => notificationOf(event),
};
