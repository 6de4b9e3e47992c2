import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';

import type { Found, ReadModels } from '../engine/read-models';
import { deliveries, type DeliveryView } from '../projections/deliveries';
import type { PageRequest } from './list-queries';
import { NotificationInbox } from './notification-inbox';
import { READ_MODELS } from './ports';

/** What one person was told, newest first. */
export class ListNotifications extends Query<Awaited<ReturnType<NotificationInbox['page']>>> {
  constructor(
    readonly recipient: string,
    readonly page: PageRequest,
  ) {
    super();
  }
}

@QueryHandler(ListNotifications)
export class ListNotificationsHandler implements IQueryHandler<ListNotifications> {
  constructor(private readonly inbox: NotificationInbox) {}

  execute({ recipient, page }: ListNotifications) {
    return this.inbox.page(recipient, page);
  }
}

/** Deliveries through channels, those that changed last first; of one state where given. */
export class ListDeliveries extends Query<Found<DeliveryView>> {
  constructor(
    readonly state: DeliveryView['state'] | null,
    readonly page: PageRequest,
  ) {
    super();
  }
}

@QueryHandler(ListDeliveries)
export class ListDeliveriesHandler implements IQueryHandler<ListDeliveries> {
  constructor(@Inject(READ_MODELS) private readonly readModels: ReadModels) {}

  execute({ state, page: { limit, after } }: ListDeliveries): Promise<Found<DeliveryView>> {
    return this.readModels.find(deliveries, {
      ...(state === null ? { index: 'all', equals: {} } : { index: 'by-state', equals: { state } }),
      descending: true,
      limit,
      ...(after === null ? {} : { after }),
    });
  }
}
