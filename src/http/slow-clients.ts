import type { FastifyInstance } from 'fastify';

import { answerClientError } from './client-errors';

/** Milliseconds, and a number of connections. A scan over a slow line takes minutes; a silent connection is given up sooner. */
export interface Patience {
  /** Until the last header field of a request is there. */
  readonly headers: number;
  /** Until the last byte of its body is there. */
  readonly request: number;
  /** Of a connection on which nothing moves. */
  readonly silence: number;
  /** At a time; whoever comes besides is turned away at once. */
  readonly connections: number;
}

export const usualPatience: Patience = {
  headers: 20_000,
  request: 300_000,
  silence: 60_000,
  connections: 10_000,
};

/** What the server is made with, so that nobody holds it up by sending byte after byte. */
export function patientFor({ headers, request, silence }: Patience) {
  return {
    requestTimeout: request,
    connectionTimeout: silence,
    http: {
      headersTimeout: headers,
      // Node looks after that only so often.
      connectionsCheckingInterval: Math.min(headers / 2, 5000),
    },
    clientErrorHandler: answerClientError,
  };
}

export function limitConnections({ server }: FastifyInstance, { connections }: Patience): void {
  server.maxConnections = connections;
}
