import type { FastifyReply } from 'fastify';

import { eventStream, type ServerSentEvent } from '../../src/http/server-sent-events';

const reply = { headers: jest.fn() } as unknown as FastifyReply;

describe('a stream of server-sent events', () => {
  it('says when to come back, then each event with its id, and a comment where nothing happens', async () => {
    async function* events(): AsyncGenerator<ServerSentEvent | null> {
      yield { id: '7', data: { title: '已退回\n', n: 1 } };
      yield await Promise.resolve(null);
    }
    const parts: string[] = [];
    for await (const part of eventStream(reply, events(), new AbortController().signal)) {
      parts.push(part as string);
    }
    expect(parts).toEqual([
      'retry: 3000\n\n',
      'id: 7\ndata: {"title":"已退回\\n","n":1}\n\n',
      ': \n\n',
    ]);
  });

  it('is cut off soon after its end where the client does not read', async () => {
    async function* endless(): AsyncGenerator<ServerSentEvent> {
      for (;;) yield await Promise.resolve({ id: '7', data: {} });
    }
    const over = new AbortController();
    const stream = eventStream(reply, endless(), over.signal);
    const closed = new Promise((resolve) => stream.once('close', resolve));
    over.abort();
    await closed;
    expect(stream.destroyed).toBe(true);
  });
});
