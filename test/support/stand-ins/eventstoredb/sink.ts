import type { ReadReq, ReadResp } from '@eventstore/db-client/generated/streams_pb';
import type { ServerWritableStream } from '@grpc/grpc-js';
import type { ErrorAnswer } from './faults';

/** The answering side of a call. */
export interface Sink {
  /** Resolves once there is room for more: true; or the call is over: false. */
  send(message: ReadResp): Promise<boolean>;
  end(): void;
  fail(answer: ErrorAnswer): void;
  onOver(listener: () => void): void;
}

/** Waits where the subscriber is slow, as the server does; false once the call is over. */
export function sinkOf(
  call: ServerWritableStream<ReadReq, ReadResp>,
  fail: (answer: ErrorAnswer) => void,
): Sink {
  let over = false;
  let failed = false;
  const whenOver: (() => void)[] = [];
  const end = (): void => {
    over = true;
    for (const listener of whenOver.splice(0)) listener();
  };
  for (const event of ['cancelled', 'close', 'error', 'finish']) call.on(event, end);
  return {
    send: async (message) => {
      if (over) return false;
      if (!call.write(message)) {
        await new Promise<void>((resolve) => {
          call.once('drain', resolve);
          whenOver.push(resolve);
        });
      }
      return !over;
    },
    end: () => {
      if (!failed && !over) call.end();
    },
    fail: (answer) => {
      failed = true;
      fail(answer);
    },
    onOver: (listener) => {
      if (over) listener();
      else whenOver.push(listener);
    },
  };
}
