import { Controller, Get, Inject, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';

import { EVENT_STORE } from '../application/ports';
import { ProjectionHost } from '../application/projection-host';
import type { EventStore, Position } from '../engine/event-store';
import { Public } from './decorators';

@ApiTags('operation')
@Public()
@Controller('health')
export class HealthController {
  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    private readonly projections: ProjectionHost,
  ) {}

  /** The process answers */
  @Get('live')
  live() {
    return { status: 'up' };
  }

  /** The stores answer and every projection follows the log; 503 where not, saying which */
  @Get('ready')
  async ready(@Res({ passthrough: true }) reply: FastifyReply) {
    const eventStore = await this.eventStore();
    const projections = this.projections.statuses();
    const failing = projections.some(({ failure, reason }) => failure ?? reason);
    const ready = eventStore.status === 'up' && !failing;
    reply.status(ready ? 200 : 503);
    return {
      status: ready ? 'ready' : 'not-ready',
      eventStore,
      projections,
    };
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
