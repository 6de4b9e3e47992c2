import { Controller, Get, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';

import { HealthCheck, type Health } from '../application/health';
import { Public } from './decorators';

@ApiTags('operation')
@Public()
@Controller('health')
export class HealthController {
  constructor(private readonly check: HealthCheck) {}

  /** The process answers */
  @Get('live')
  live() {
    return { status: 'up' };
  }

  /**
   * Which store is down and how far each projection and reaction is behind. 503 where commands cannot be accepted;
   * `degraded` is a 200: commands go on while lists wait. Dead letters are counted and change nothing
   */
  @Get('ready')
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<Health> {
    const health = await this.check.report();
    reply.status(health.status === 'not-ready' ? 503 : 200);
    return health;
  }
}
