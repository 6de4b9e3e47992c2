import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import type { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import type { Observable } from 'rxjs';

import { readAfter } from '../engine/read-after';
import type { Collection, ReadModels } from '../engine/read-models';
import { READS_FROM } from './decorators';
import { malformed, unavailable } from './problem';

/** Makes a query with `Read-After` wait for the read models its route is marked with. */
export class ReadAfterInterceptor implements NestInterceptor {
  constructor(
    private readonly reflector: Reflector,
    private readonly readModels: ReadModels,
    /** Longest wait, in milliseconds. */
    private readonly timeout: number,
  ) {}

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const header = context.switchToHttp().getRequest<FastifyRequest>().headers['read-after'];
    const collections = this.reflector.getAllAndOverride<readonly Collection[] | undefined>(
      READS_FROM,
      [context.getHandler(), context.getClass()],
    );
    if (header !== undefined && collections !== undefined) await this.wait(collections, header);
    return next.handle();
  }

  private async wait(collections: readonly Collection[], header: unknown): Promise<void> {
    if (typeof header !== 'string' || !/^[0-9A-Za-z/_-]{1,64}$/.test(header)) {
      throw malformed('read-after-malformed', {
        zh: 'Read-After 须为此前答复中的 position。',
        en: 'Read-After must be a position as a command answered with.',
      });
    }
    const reached = await Promise.all(
      collections.map((collection) =>
        readAfter(this.readModels, collection, header, { timeout: this.timeout }),
      ),
    );
    if (reached.includes(false)) {
      throw unavailable(
        'projection-behind',
        {
          zh: '最新内容尚在处理中，请稍后重试。',
          en: 'The newest changes are still being taken in. Try again shortly.',
        },
        1,
      );
    }
  }
}
