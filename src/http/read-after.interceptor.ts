import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import type { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import type { Observable } from 'rxjs';

import { readAfter } from '../engine/read-after';
import type { Collection, ReadModels } from '../engine/read-models';
import { READS_FROM } from './decorators';
import { malformed, unavailable } from './problem';

/** Queries that may wait at a time; each looks again and again. */
const mostWaiting = 500;

/** Makes a query with `Read-After` wait for the read models its route is marked with. */
export class ReadAfterInterceptor implements NestInterceptor {
  #waiting = 0;

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
    if (this.#waiting >= mostWaiting || !(await this.reach(collections, header))) {
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

  private async reach(collections: readonly Collection[], position: string): Promise<boolean> {
    this.#waiting += 1;
    try {
      const reached = await Promise.all(
        collections.map((collection) =>
          readAfter(this.readModels, collection, position, { timeout: this.timeout }),
        ),
      );
      return !reached.includes(false);
    } finally {
      this.#waiting -= 1;
    }
  }
}
