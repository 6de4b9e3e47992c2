import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';

import { StoreUnavailable } from '../engine/event-store';
import { contentLanguage, preferredLanguage } from './language';
import { withoutMessages } from './logging';
import { Problem } from './problem';
import { problemDocument } from './problem-document';
import { problemOf } from './problem-of';

/** Turns whatever is thrown into RFC 9457; what nobody foresaw is logged under a reference. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly logger: Logger) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    const problem = problemOf(error);
    if (problem === undefined) {
      this.logger.error({ id: request.id, error: withoutMessages(error) }, 'unforeseen error');
    } else if (error instanceof StoreUnavailable) {
      this.logger.warn({ id: request.id, error: withoutMessages(error) }, 'store unavailable');
    }
    // Part of the answer has left already: cut it off, so that nobody takes it for the whole.
    if (reply.sent || reply.raw.headersSent) reply.raw.destroy();
    else sendProblem(request, reply, problem ?? internalError(request.id));
  }
}

export function sendProblem(request: FastifyRequest, reply: FastifyReply, problem: Problem): void {
  const language = preferredLanguage(request.headers['accept-language']);
  const body = JSON.stringify(problemDocument(problem, language));
  void reply
    .code(problem.status)
    .headers(problem.headers)
    .header('content-type', 'application/problem+json; charset=utf-8')
    .header('content-language', contentLanguage[language])
    .header('vary', 'Accept-Language')
    .send(body);
}

function internalError(reference: string): Problem {
  return new Problem(500, 'internal-error', {
    zh: `服务内部出错。请联系管理员并提供编号 ${reference}。`,
    en: `The service failed. Tell the administrators this reference: ${reference}.`,
  });
}
