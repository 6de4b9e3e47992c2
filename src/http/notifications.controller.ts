import { finished } from 'node:stream';

import { Controller, Get, Headers, Query, Res, StreamableFile } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiHeader, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';

import type { Told } from '../application/notification-inbox';
import { ListDeliveries, ListNotifications } from '../application/notification-queries';
import { NotificationStreams } from '../application/notification-streams';
import type { RequestContext } from '../application/request';
import type { Position } from '../engine/event-store';
import { deliveries, type DeliveryView } from '../projections/deliveries';
import { notifications } from '../projections/notifications';
import { decodeCursor, pageOf, type Page } from './answers';
import { Context, Language, ReadsFrom, Roles } from './decorators';
import { DeliveryListDto } from './dto/notification.dto';
import { PageDto } from './dto/query.dto';
import { contentLanguage } from './language';
import { malformed, Problem } from './problem';
import { eventStream, type ServerSentEvent } from './server-sent-events';

class NotificationAnswer {
  /** The same in every channel. */
  id!: string;
  /** What `Last-Event-ID` takes. */
  position!: string;
  /** @example "returned" */
  type!: string;
  dossier!: string;
  at!: string;
  /** Last instant to do what it asks for. */
  deadline!: string | null;
  title!: string;
  text!: string;
}

@ApiTags('notifications')
@ApiBearerAuth()
@Controller('v1/notifications')
export class NotificationsController {
  constructor(
    private readonly queries: QueryBus,
    private readonly streams: NotificationStreams,
  ) {}

  /**
   * What happened to the caller's dossiers, newest first; with `Accept: text/event-stream` as it happens
   */
  @Get()
  @ReadsFrom(notifications)
  @ApiProduces('application/json', 'text/event-stream')
  @ApiHeader({
    name: 'Last-Event-ID',
    required: false,
    description: 'Of a stream: goes on after the event with this id, or `position` in a list.',
  })
  async list(
    @Query() { limit, cursor }: PageDto,
    @Headers('accept') accept: string | undefined,
    @Headers('last-event-id') lastEventId: string | undefined,
    @Context() { caller }: RequestContext,
    @Language() language: 'zh' | 'en',
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Page<NotificationAnswer> | StreamableFile> {
    reply.headers({
      'content-language': contentLanguage[language],
      vary: 'Accept, Accept-Language',
    });
    if (accept?.includes('text/event-stream') === true) {
      return this.stream(caller.subject, positionIn(lastEventId), { language, reply });
    }
    const page = { limit, after: decodeCursor(cursor) };
    const { items, next } = await this.queries.execute(new ListNotifications(caller.subject, page));
    return pageOf({ items: items.map((one) => answer(one, language)), next });
  }

  /** Deliveries through other channels, such as a webhook; `state=dead` for those given up */
  @Get('deliveries')
  @Roles('administrator')
  @ReadsFrom(deliveries)
  async deliveries(
    @Query() { limit, cursor, state }: DeliveryListDto,
  ): Promise<Page<DeliveryView>> {
    const page = { limit, after: decodeCursor(cursor) };
    return pageOf(await this.queries.execute(new ListDeliveries(state ?? null, page)));
  }

  private async stream(
    recipient: string,
    after: Position | null,
    { language, reply }: { readonly language: 'zh' | 'en'; readonly reply: FastifyReply },
  ): Promise<StreamableFile> {
    const followed = await this.streams.follow(recipient, after);
    if (followed === undefined) throw tooManyStreams();
    const { told, signal, close } = followed;
    // Also where the client has gone already.
    finished(reply.raw, close);
    return new StreamableFile(eventStream(reply, asEvents(told, language), signal));
  }
}

async function* asEvents(
  told: AsyncIterable<Told | null>,
  language: 'zh' | 'en',
): AsyncGenerator<ServerSentEvent | null> {
  for await (const one of told) {
    yield one && { id: one.position, data: answer(one, language) };
  }
}

function answer(
  { id, position, dossier, at, deadline, occasion, title, text }: Told,
  language: 'zh' | 'en',
): NotificationAnswer {
  return {
    id,
    position,
    type: occasion.type,
    dossier,
    at,
    deadline,
    title: title[language],
    text: text[language],
  };
}

function positionIn(lastEventId: string | undefined): Position | null {
  if (lastEventId === undefined || lastEventId === '') return null;
  if (/^[0-9A-Za-z/_-]{1,64}$/.test(lastEventId)) return lastEventId;
  throw malformed('last-event-id-malformed', {
    zh: 'Last-Event-ID 须为此前收到的事件 id。',
    en: 'Last-Event-ID must be the id of an event received before.',
  });
}

function tooManyStreams(): Problem {
  return new Problem(
    429,
    'too-many-streams',
    {
      zh: '同时打开的通知连接过多，请先关闭其他页面。',
      en: 'Too many notification streams are open; close another one first.',
    },
    [],
    { 'retry-after': '5' },
  );
}
