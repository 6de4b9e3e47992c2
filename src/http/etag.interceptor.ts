import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { tap, type Observable } from 'rxjs';

/** Whatever answers with a revision carries it as its ETag, for the next `If-Match`. */
export class EtagInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    return next.handle().pipe(
      tap((body: unknown) => {
        if (body !== null && typeof body === 'object' && 'revision' in body) {
          reply.header('etag', `"${String(body.revision)}"`);
        }
      }),
    );
  }
}
