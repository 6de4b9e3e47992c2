import { Inject, Injectable } from '@nestjs/common';

import type { Position } from '../engine/event-store';
import type { Cursor, ReadModels } from '../engine/read-models';
import type { Notification } from '../notifications/notification';
import type { Wording } from '../notifications/texts';
import { notifications } from '../projections/notifications';
import type { PageRequest } from './list-queries';
import { NotificationWording } from './notification-wording';
import { READ_MODELS } from './ports';

/** A notification and what it says. */
export type Told = Notification & Wording;

export interface Arrivals {
  readonly position: Position;
  readonly recipients: ReadonlySet<string> | 'anybody';
}

/** Looked up at once; the rest the next time. */
const mostArrivals = 500;

/** What each person was told: the channel that is always there. */
@Injectable()
export class NotificationInbox {
  constructor(
    @Inject(READ_MODELS) private readonly readModels: ReadModels,
    private readonly wording: NotificationWording,
  ) {}

  /** Newest first. */
  async page(
    recipient: string,
    { limit, after }: PageRequest,
  ): Promise<{ readonly items: readonly Told[]; readonly next: Cursor | null }> {
    const { items, next } = await this.readModels.find<Notification>(notifications, {
      index: 'by-recipient',
      equals: { recipient },
      descending: true,
      limit,
      ...(after === null ? {} : { after }),
    });
    return { items: await this.inWords(items), next };
  }

  /** At most so many of those after a position, oldest first. */
  async after(recipient: string, position: Position, limit: number): Promise<readonly Told[]> {
    const { items } = await this.readModels.find<Notification>(notifications, {
      index: 'by-recipient',
      equals: { recipient },
      from: position,
      // The bound is inclusive: one more, for the one at the position itself.
      limit: limit + 1,
    });
    const newer = items.filter((one) => one.position > position);
    return this.inWords(newer.slice(0, limit));
  }

  /** How far the inboxes have come; '' before the first event. */
  async position(): Promise<Position> {
    return (await this.readModels.checkpoint(notifications))?.position ?? '';
  }

  /** Who was told something from a position on, and up to where that was looked up; null to begin. */
  async arrivals(from: Position | null): Promise<Arrivals> {
    if (from === null) return { position: await this.position(), recipients: 'anybody' };
    const { items } = await this.readModels.find<Notification>(notifications, {
      index: 'all',
      equals: {},
      from,
      limit: mostArrivals,
    });
    const newer = items.filter(({ position }) => position > from);
    const recipients = new Set(newer.map(({ recipient }) => recipient));
    return { position: newer.at(-1)?.position ?? from, recipients };
  }

  private inWords(items: readonly Notification[]): Promise<readonly Told[]> {
    return Promise.all(items.map(async (one) => ({ ...one, ...(await this.wording.of(one)) })));
  }
}
