import type { FastifyInstance } from 'fastify';

import type { CommandsInHand } from '../application/commands-in-hand';
import type { Clock } from '../engine/clock';
import type { Instant } from '../engine/instant';

declare module 'fastify' {
  interface FastifyRequest {
    /** When the last byte of the request was read; until then, when its headers were. */
    arrivedAt: Instant;
  }
}

/**
 * Notes when each request has arrived whole: the instant that counts for every window. It is taken at the
 * end of the body, before anything is done with it, so that no waiting of the service's own comes into it.
 * From then on until it is answered a command is in hand.
 */
export function noteArrivals(
  instance: FastifyInstance,
  { clock, inHand }: { readonly clock: Clock; readonly inHand: CommandsInHand },
): void {
  instance.decorateRequest('arrivedAt', '');
  instance.addHook('onRequest', (request, reply, done) => {
    request.arrivedAt = clock.now();
    if (request.method === 'GET' || request.method === 'HEAD') {
      done();
      return;
    }
    let answered = (): void => undefined;
    const arrived = (): void => {
      request.arrivedAt = clock.now();
      answered = inHand.begin();
    };
    reply.raw.once('close', () => {
      request.raw.off('end', arrived);
      answered();
    });
    if (hasBody(request.headers)) request.raw.once('end', arrived);
    else arrived();
    done();
  });
}

function hasBody(headers: Readonly<Record<string, unknown>>): boolean {
  return 'transfer-encoding' in headers || Number(headers['content-length'] ?? 0) > 0;
}
