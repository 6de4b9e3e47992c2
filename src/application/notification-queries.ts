import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';

import type { Found, ReadModels } from '../engine/read-models';
import type { Notification } from '../notifications/notification';
import type { Wording } from '../notifications/texts';
import { deliveries, type DeliveryView } from '../projections/deliveries';
import { notifications } from '../projections/notifications';
import type { PageRequest } from './list-queries';
import { NotificationWording } from './notification-wording';
import { READ_MODELS } from './ports';

/** A notification and what it says. */
export type Told = Omit<Notification, 'recipient' | 'policyVersion'> & Wording;

/** What one person was told, newest first. */
export class ListNotifications extends Query<Found<never> & { readonly told: readonly Told[] }> {
  constructor(
    readonly recipient: string,
    readonly page: PageRequest,
  ) {
    super();
  }
}
