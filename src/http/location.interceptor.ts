import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import type { Reflector } from '@nestjs/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { tap, type Observable } from 'rxjs';

import { LOCATED_BY } from './decorators';

/** Says where what was just created is found: below the address it was posted to. */
export class LocationInterceptor implements NestInterceptor {
  constructor(private readonly reflector: Reflector) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const name = this.reflector.get<string | undefined>(LOCATED_BY, context.getHandler());
    if (name === undefined) return next.handle();
    const http = context.switchToHttp();
    const [path = ''] = http.getRequest<FastifyRequest>().url.split('?');
    return next.handle().pipe(
      tap((body: Readonly<Record<string, unknown>>) => {
        const location = `${path}/${encodeURIComponent(String(body[name]))}`;
        http.getResponse<FastifyReply>().header('location', location);
      }),
    );
  }
}
