import { Controller, Get, Inject, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';

import { EVENT_STORE, READ_MODELS } from '../application/ports';
import { ProjectionHost } from '../application/projection-host';
import { ReactionHost } from '../application/reaction-host';
import type { EventStore, Position } from '../engine/event-store';
import type { ReadModels } from '../engine/read-models';
import { deliveryCounts, type DeliveryCounts } from '../projections/delivery-counts';
import { Public } from './decorators';

@ApiTags('operation')
@Public()
@Controller('health')
export class HealthController {
  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(READ_MODELS) private readonly readModels: ReadModels,
    private readonly projections: ProjectionHost,
    private readonly reactions: ReactionHost,
  ) {}

  /** The process answers */
  @Get('live')
  live() {
    return { status: 'up' };
  }

  /**
   * The stores answer and every projection and reaction follows the log; 503 where not, saying which. Dead
   * letters are counted and make nothing unready: the service itself works
   */
  @Get('ready')
  async ready(@Res({ passthrough: true }) reply: FastifyReply) {
    const eventStore = await this.eventStore();
    const projections = this.projections.statuses();
    const reactions = this.reactions.statuses();
    const failing = [...projections, ...reactions].some(({ failure, reason }) => failure ?? reason);
    const ready = eventStore.status === 'up' && !failing;
    reply.status(ready ? 200 : 503);
    return {
      status: ready ? 'ready' : 'not-ready',
      eventStore,
      projections,
      reactions,
      deliveries: await this.deliveries(),
    };
  }

  /** A channel each; null where the read models do not answer. */
  private async deliveries(): Promise<readonly DeliveryCounts[] | null> {
    try {
      const query = { index: 'by-channel', equals: {}, limit: 100 };
      return (await this.readModels.find<DeliveryCounts>(deliveryCounts, query)).items;
    } catch {
      return null;
    }
  }

  private async eventStore(): Promise<
    { status: 'up'; head: Position | null } | { status: 'down' }
  > {
    try {
      return { status: 'up', head: await this.store.head() };
    } catch {
      return { status: 'down' };
    }
  }
}
