import type { LoggerService } from '@nestjs/common';
import type { FastifyInstance } from 'fastify';
import { pino, stdTimeFunctions, type DestinationStream, type Logger } from 'pino';

import type { Config } from '../config';

/** JSON lines on standard output, or where the destination says. */
export function createLogger(
  { logLevel }: Pick<Config, 'logLevel'>,
  destination: DestinationStream = pino.destination(1),
): Logger {
  const options = { level: logLevel, base: null, timestamp: stdTimeFunctions.isoTime };
  return pino(options, destination);
}

/**
 * One line a request. The route's pattern, never the address asked for: that holds the ids of
 * dossiers and, in queries, of persons. No body, no headers, no network address.
 */
export function logRequests(instance: FastifyInstance, logger: Logger): void {
  instance.addHook('onRequest', (request, reply, done) => {
    // Comes once for each, also where the client goes away before it has the whole answer.
    reply.raw.once('close', () => {
      logger.info(
        {
          id: request.id,
          method: request.method,
          route: request.routeOptions.url ?? null,
          status: reply.statusCode,
          ms: Math.round(reply.elapsedTime),
        },
        'request',
      );
    });
    done();
  });
}

interface LoggedError {
  readonly name: string;
  readonly code?: string | number;
  /** Where it was thrown, without the message. */
  readonly frames: readonly string[];
  readonly cause?: LoggedError;
}

const longestChain = 5;

/** An error for the log. Messages stay out: they tend to quote what a client sent. */
export function withoutMessages(error: unknown, depth = 1): LoggedError {
  if (!(error instanceof Error)) return { name: typeof error, frames: [] };
  const { code, errcode } = error as { code?: unknown; errcode?: unknown };
  const known = [errcode, code].find((value) => ['string', 'number'].includes(typeof value));
  return {
    name: error.name,
    ...(known === undefined ? {} : { code: known as string | number }),
    frames: (error.stack ?? '')
      .split('\n')
      .flatMap((line) => line.match(/^\s+at (.*)$/)?.[1] ?? []),
    ...(error.cause === undefined || depth === longestChain
      ? {}
      : { cause: withoutMessages(error.cause, depth + 1) }),
  };
}

/** What Nest itself has to say. Its account of starting up (a line a route) is for debugging. */
export class NestLog implements LoggerService {
  constructor(private readonly logger: Logger) {}

  log(message: unknown, context?: unknown): void {
    this.logger.debug(fieldsOf(context), String(message));
  }
  debug(message: unknown, context?: unknown): void {
    this.logger.debug(fieldsOf(context), String(message));
  }
  verbose(message: unknown, context?: unknown): void {
    this.logger.trace(fieldsOf(context), String(message));
  }
  warn(message: unknown, context?: unknown): void {
    this.logger.warn(fieldsOf(context), String(message));
  }
  error(message: unknown, ...rest: readonly unknown[]): void {
    this.logger.error(fieldsOf(rest.at(-1)), String(message));
  }
  fatal(message: unknown, ...rest: readonly unknown[]): void {
    this.logger.fatal(fieldsOf(rest.at(-1)), String(message));
  }
}

function fieldsOf(context: unknown): { context?: string } {
  return typeof context === 'string' ? { context } : {};
}
