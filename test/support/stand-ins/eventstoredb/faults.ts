import { Metadata, status } from '@grpc/grpc-js';

export type Operation = 'append' | 'read-stream' | 'read-all' | 'subscribe' | 'features';

/** An answer that is an error, as the server words it. */
export interface ErrorAnswer {
  readonly code: status;
  readonly details: string;
  readonly metadata: Metadata;
}

/**
 * What goes wrong with a call: `hang` never answers and does nothing; `hang-after` and `cut-after` do
 * what was asked, then never answer or cut the connection; `cut` does nothing and cuts the connection;
 * `late` never answers, and does what was asked when the stand-in is told to catch up.
 */
export type Fault = 'hang' | 'hang-after' | 'late' | 'cut' | 'cut-after' | ErrorAnswer;

/** Faults that wait for the next calls of an operation. */
export class Faults {
  private readonly waiting = new Map<Operation, Fault[]>();

  add(operation: Operation, fault: Fault, times: number): void {
    const faults = this.waiting.get(operation) ?? [];
    faults.push(...Array.from({ length: times }, () => fault));
    this.waiting.set(operation, faults);
  }

  take(operation: Operation): Fault | undefined {
    return this.waiting.get(operation)?.shift();
  }

  clear(): void {
    this.waiting.clear();
  }
}

function answer(code: status, details: string, entries: Record<string, string> = {}): ErrorAnswer {
  const metadata = new Metadata();
  for (const [name, value] of Object.entries(entries)) metadata.set(name, value);
  return { code, details, metadata };
}

/** The errors of the server that matter to an adapter. */
export const errors = {
  notReady: answer(status.UNAVAILABLE, 'Server Is Not Ready'),
  timeout: answer(status.ABORTED, 'Operation timed out'),
  noLeader: answer(status.UNKNOWN, 'No leader info available in response'),
  unauthenticated: answer(status.UNAUTHENTICATED, 'Unauthenticated'),
  unimplemented: answer(status.UNIMPLEMENTED, 'Not done by the stand-in'),
  accessDenied: answer(status.PERMISSION_DENIED, 'Access Denied', { exception: 'access-denied' }),
  streamDeleted: (stream: string) =>
    answer(status.FAILED_PRECONDITION, `Event stream '${stream}' is deleted.`, {
      exception: 'stream-deleted',
      'stream-name': encodeURIComponent(stream),
    }),
  notLeader: ({ host, port }: { host: string; port: number }) =>
    answer(status.NOT_FOUND, 'Leader info available', {
      exception: 'not-leader',
      'leader-endpoint-host': host,
      'leader-endpoint-port': String(port),
    }),
};
