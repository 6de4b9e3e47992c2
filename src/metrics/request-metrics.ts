import { Injectable, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

import { Metrics } from './metrics';

/** Measures every request by its route's pattern, never by the address asked for. */
@Injectable()
export class RequestMetrics implements OnModuleInit {
  constructor(
    private readonly host: HttpAdapterHost,
    private readonly metrics: Metrics,
  ) {}

  onModuleInit(): void {
    const instance = this.host.httpAdapter.getInstance<FastifyInstance>();
    instance.addHook('onResponse', (request, reply, done) => {
      if (!isStream(reply)) {
        this.metrics.requests.observe(labelsOf(request, reply), reply.elapsedTime / 1000);
      }
      done();
    });
  }
}

/** What is sent as it happens lasts as long as somebody listens. */
function isStream(reply: FastifyReply): boolean {
  return String(reply.getHeader('content-type')).startsWith('text/event-stream');
}

function labelsOf({ method, routeOptions }: FastifyRequest, { statusCode: status }: FastifyReply) {
  const { url: route } = routeOptions;
  // Whoever asks for what is not there must not make up labels.
  return route === undefined ? { method: 'any', route: 'none', status } : { method, route, status };
}
