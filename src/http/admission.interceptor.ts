import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { finalize, type Observable } from 'rxjs';

import { Shed, type Admission, type Lane } from './admission';
import { unavailable, type Problem } from './problem';
import { sendProblem } from './problem.filter';

/** Seconds, at most, after which whoever was turned away is asked to come back. */
const latestReturn = 5;

/** Turns away at once, without reading a body or checking a token, what would be turned away later. */
export function shedEarly(instance: FastifyInstance, admission: Admission): void {
  instance.addHook('onRequest', (request, reply, done) => {
    const lane = laneOf(request);
    try {
      if (lane !== null) admission.mayCome(lane);
      done();
    } catch (error) {
      if (!(error instanceof Shed)) throw error;
      sendProblem(request, reply, overloaded(error));
    }
  });
}

/** Has each request wait for its turn: with its body read, its token checked and its lists up to date. */
export class AdmissionInterceptor implements NestInterceptor {
  constructor(private readonly admission: Admission) {}

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const lane = laneOf(context.switchToHttp().getRequest<FastifyRequest>());
    if (lane === null) return next.handle();
    const leave = await this.admission.enter(lane).catch((error: unknown) => {
      throw error instanceof Shed ? overloaded(error) : error;
    });
    return next.handle().pipe(finalize(leave));
  }
}

/** Bytes; what waits in the longest queue must be small. A submission's body has some twenty. */
const smallBody = 4_096;

/** Null for what is always admitted: health, metrics, documentation, the simulated clock. */
function laneOf({ method, routeOptions, headers }: FastifyRequest): Lane | null {
  const { url: route = '' } = routeOptions;
  if (!route.startsWith('/v1/') || route.startsWith('/v1/simulation/')) return null;
  if (method === 'GET' || method === 'HEAD') return 'reads';
  if (headers['content-type']?.startsWith('multipart/') === true) return 'uploads';
  const isSmall = Number(headers['content-length']) <= smallBody;
  return isSmall && method === 'POST' && route.endsWith('/submissions')
    ? 'submissions'
    : 'commands';
}

function overloaded({ lane }: Shed): Problem {
  const text =
    lane === 'reads'
      ? { zh: '当前访问过多，请稍后再试。', en: 'Too much is asked at the moment; try again.' }
      : {
          zh: '当前请求过多，本次操作未被受理，没有任何内容生效。请稍后沿用原来的 Idempotency-Key 重试；截止时间以重试的请求完整到达的时刻为准。',
          en: 'Too many requests at the moment. This one was not accepted and changed nothing; send it again under the same Idempotency-Key. What counts for a deadline is when the repeat has arrived whole.',
        };
  // Spread, so that those who were turned away together do not come back together.
  return unavailable('overloaded', text, 1 + Math.floor(Math.random() * latestReturn));
}
