import { randomUUID } from 'node:crypto';
import type { IStreamsServer } from '@eventstore/db-client/generated/streams_grpc_pb';
import type {
  AppendReq,
  AppendResp,
  ReadReq,
  ReadResp,
} from '@eventstore/db-client/generated/streams_pb';
import type { sendUnaryData, ServerReadableStream, ServerWritableStream } from '@grpc/grpc-js';
import { type ErrorAnswer, errors } from './faults';
import type { AppendOutcome } from './log';
import { appendResponse, expectedOf, nameOf, proposedOf } from './messages';
import { followAll, readAll, readStream } from './reads';
import type { EventStoreDBStandIn } from './server';
import { sinkOf } from './sink';

/** The service a client reads and writes streams by; each call may meet a fault first. */
export function streamsService(server: EventStoreDBStandIn): IStreamsServer {
  return {
    append: (call, answer) => {
      const messages: AppendReq[] = [];
      call.on('error', () => undefined);
      call.on('data', (message: AppendReq) => messages.push(message));
      call.on('end', () => {
        append(server, call, messages, answer);
      });
    },
    read: (call) => {
      read(server, call).catch(() => call.end());
    },
    batchAppend: (call) => call.emit('error', errors.unimplemented),
    delete: (_, answer) => {
      answer(errors.unimplemented);
    },
    tombstone: (_, answer) => {
      answer(errors.unimplemented);
    },
  };
}

function append(
  server: EventStoreDBStandIn,
  call: ServerReadableStream<AppendReq, AppendResp>,
  messages: readonly AppendReq[],
  answer: sendUnaryData<AppendResp>,
): void {
  const fault = server.taken('append', call.metadata);
  if (typeof fault === 'object') answer(fault);
  if (fault === 'cut') server.cutConnections();
  if (typeof fault === 'object' || fault === 'cut' || fault === 'hang') return;

  const options = messages[0]?.getOptions();
  if (options === undefined) return;
  const name = nameOf(options.getStreamIdentifier());
  const expected = expectedOf(options);
  const proposed = messages.flatMap((message) => {
    const one = message.getProposedMessage();
    return one === undefined ? [] : [proposedOf(one)];
  });
  const write = (): AppendOutcome => server.log.append(name, expected, proposed);
  if (fault === 'late') {
    server.lateWrites.push(write);
    return;
  }
  const outcome = write();
  if (fault === 'cut-after') server.cutConnections();
  if (fault !== undefined) return;
  if (outcome.kind === 'deleted') answer(errors.streamDeleted(name));
  else answer(null, appendResponse(outcome, expected));
}

async function read(
  server: EventStoreDBStandIn,
  call: ServerWritableStream<ReadReq, ReadResp>,
): Promise<void> {
  const options = call.request.getOptions();
  if (options === undefined) return;
  const operation = operationOf(options);
  const fail = (answer: ErrorAnswer): void => {
    call.emit('error', answer);
  };
  call.on('error', () => undefined);

  const fault = server.taken(operation, call.metadata);
  if (typeof fault === 'object') fail(fault);
  if (fault === 'cut' || fault === 'cut-after') server.cutConnections();
  if (fault !== undefined) return;

  const sink = sinkOf(call, fail);
  if (operation === 'read-stream') return readStream(server.log, options, sink);
  if (operation === 'read-all') return readAll(server.log, options, sink);
  server.subscriptions.add(fail);
  sink.onOver(() => server.subscriptions.delete(fail));
  await followAll(server.log, options, sink, {
    id: randomUUID(),
    tellsCaughtUp: server.tellsCaughtUp,
    onStart: (position) => server.subscribedFrom.push(position),
    onEvent: () => (server.eventsSent += 1),
    onCheckpoint: () => (server.checkpointsSent += 1),
  });
}

function operationOf(options: ReadReq.Options): 'read-stream' | 'subscribe' | 'read-all' {
  if (options.hasStream()) return 'read-stream';
  return options.hasSubscription() ? 'subscribe' : 'read-all';
}
