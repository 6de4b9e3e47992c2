import { createHash, timingSafeEqual } from 'node:crypto';

import { Controller, Get, Headers, Inject, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';

import type { Config } from '../config';
import { Metrics } from '../metrics/metrics';
import { StateMetrics } from '../metrics/state-metrics';
import { Public } from './decorators';
import { notFound } from './problem';
import { invalidToken, missingToken } from './token-verifier';

export const METRICS_READERS = Symbol('MetricsReaders');

/** For the monitoring, which is no person: a token of its own, no role. Not part of the API's contract. */
@ApiExcludeController()
@Public()
@Controller('metrics')
export class MetricsController {
  constructor(
    @Inject(METRICS_READERS) private readonly readers: Config['metricsReaders'],
    private readonly metrics: Metrics,
    private readonly state: StateMetrics,
  ) {}

  @Get()
  async read(
    @Headers('authorization') authorization: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    this.admit(authorization);
    await this.state.refresh();
    reply.header('content-type', this.metrics.registry.contentType);
    return this.metrics.registry.metrics();
  }

  private admit(authorization: string | undefined): void {
    if (this.readers === 'everybody') return;
    if (this.readers === 'nobody') throw notFound();
    if (authorization === undefined) throw missingToken();
    const token = /^Bearer +(\S+)$/i.exec(authorization)?.[1] ?? '';
    if (!isSame(Buffer.from(token), this.readers.export())) throw invalidToken();
  }
}

/** Takes as long for every wrong token, so that none can be felt for. */
function isSame(one: Buffer, other: Buffer): boolean {
  const hash = (bytes: Buffer): Buffer => createHash('sha256').update(bytes).digest();
  return timingSafeEqual(hash(one), hash(other));
}
