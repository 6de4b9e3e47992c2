import { Readable } from 'node:stream';

import type { FastifyReply } from 'fastify';

/** One event of a stream (WHATWG HTML, server-sent events). */
export interface ServerSentEvent {
  readonly id: string;
  readonly data: object;
}

/** Milliseconds after which a client comes back when the line breaks. */
const comeBackAfter = 3_000;
/** Milliseconds a client that does not read is given when its stream ends. */
const longestFarewell = 1_000;

/**
 * A stream of events as a response's body: the first line at once, null as a comment, which keeps
 * proxies from giving up a silent line. Ends when the signal aborts, also where the client does not read.
 */
export function eventStream(
  reply: FastifyReply,
  events: AsyncIterable<ServerSentEvent | null>,
  signal: AbortSignal,
): Readable {
  reply.headers({ 'content-type': 'text/event-stream; charset=utf-8', 'x-accel-buffering': 'no' });
  const stream = Readable.from(written(events));
  signal.addEventListener('abort', () => {
    setTimeout(() => stream.destroy(), longestFarewell).unref();
  });
  return stream;
}

async function* written(
  events: AsyncIterable<ServerSentEvent | null>,
): AsyncGenerator<string, void, undefined> {
  yield `retry: ${comeBackAfter}\n\n`;
  for await (const event of events) {
    // JSON has no line breaks of its own, so that one line of data is enough.
    yield event === null ? ': \n\n' : `id: ${event.id}\ndata: ${JSON.stringify(event.data)}\n\n`;
  }
}
