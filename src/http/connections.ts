import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

import type { FastifyInstance } from 'fastify';

/**
 * When the service ends, requests it has taken are answered, each answer the last of its connection; all
 * other connections end at once. Node itself would wait for those on which a request might still come:
 * ones that never said anything, or stopped half way through their headers.
 */
export function endConnectionsWithTheService(instance: FastifyInstance): void {
  let ending = false;
  /** Every connection, with the number of its requests that are not answered yet. */
  const inHand = new Map<Socket, number>();
  const endUnlessNeeded = (socket: Socket): void => {
    if (ending && inHand.get(socket) === 0) socket.destroySoon();
  };
  const count = (socket: Socket, change: 1 | -1): void => {
    const known = inHand.get(socket);
    if (known !== undefined) inHand.set(socket, known + change);
  };
  instance.server.on('connection', (socket) => {
    inHand.set(socket, 0);
    socket.once('close', () => inHand.delete(socket));
    endUnlessNeeded(socket);
  });
  instance.server.on('request', ({ socket }: IncomingMessage, response: ServerResponse) => {
    count(socket, 1);
    response.once('close', () => {
      count(socket, -1);
      endUnlessNeeded(socket);
    });
  });
  instance.addHook('preClose', (done) => {
    ending = true;
    for (const socket of inHand.keys()) endUnlessNeeded(socket);
    done();
  });
  instance.addHook('onSend', (_request, reply, payload, done) => {
    if (ending) reply.header('connection', 'close');
    done(null, payload);
  });
}
