import { connect, type Socket } from 'node:net';

import type { Answered } from './load';

/*
 * A process that sends requests over a number of connections, one at a time on each, and says how long
 * each answer took.
 */

export interface Job {
  readonly port: number;
  readonly requests: readonly string[];
  readonly connections: number;
  readonly status: number;
  readonly repeat: boolean;
}

export type Outcome = Answered | { readonly failure: string };

const headEnd = Buffer.from('\r\n\r\n');

/** One answer at a time, whole. */
class Connection {
  private received: Buffer = Buffer.alloc(0);
  private waiting: { resolve: (status: number) => void; reject: (error: Error) => void } | null =
    null;

  private constructor(private readonly socket: Socket) {
    socket.setNoDelay(true);
    socket.on('data', (chunk: Buffer) => {
      this.received = this.received.length === 0 ? chunk : Buffer.concat([this.received, chunk]);
      this.look();
    });
    const lost = (): void => {
      this.waiting?.reject(new Error('a connection was closed before its answer'));
    };
    socket.on('close', lost).on('error', lost);
  }

  static open(port: number): Promise<Connection> {
    return new Promise((resolve, reject) => {
      const socket = connect(port, '127.0.0.1', () => {
        resolve(new Connection(socket));
      });
      socket.once('error', reject);
    });
  }

  ask(request: string): Promise<number> {
    return new Promise((resolve, reject) => {
      this.waiting = { resolve, reject };
      this.socket.write(request);
    });
  }

  close(): void {
    this.socket.destroy();
  }

  private look(): void {
    const end = this.received.indexOf(headEnd);
    if (end < 0 || this.waiting === null) return;
    const head = this.received.toString('latin1', 0, end);
    const length = Number(/^content-length: (\d+)/im.exec(head)?.[1] ?? 0);
    const whole = end + headEnd.length + length;
    if (this.received.length < whole) return;
    lastBody = this.received.subarray(end + headEnd.length, whole);
    this.received = this.received.subarray(whole);
    const { resolve } = this.waiting;
    this.waiting = null;
    resolve(Number(head.slice(9, 12)));
  }
}

/** For the message where an answer is not the expected one. */
let lastBody: Buffer = Buffer.alloc(0);
let stopped = false;

async function run({ port, requests, connections, status, repeat }: Job): Promise<Answered> {
  const latencies: number[] = [];
  const open = await Promise.all(Array.from({ length: connections }, () => Connection.open(port)));
  let next = 0;
  const started = performance.now();
  await Promise.all(
    open.map(async (connection) => {
      while (!stopped) {
        if (next >= requests.length && repeat) next = 0;
        const request = requests[next];
        next += 1;
        if (request === undefined) break;
        const asked = performance.now();
        const answered = await connection.ask(request);
        latencies.push(performance.now() - asked);
        if (answered !== status) {
          const [line] = request.split('\r\n', 1);
          throw new Error(`${line ?? ''}: ${answered} ${lastBody.toString().slice(0, 2000)}`);
        }
      }
    }),
  );
  const seconds = (performance.now() - started) / 1000;
  for (const connection of open) connection.close();
  return { latencies, seconds };
}

let job: Job | undefined;
process.on('message', (message: Job | 'begin' | 'stop') => {
  if (message === 'stop') stopped = true;
  else if (message !== 'begin') {
    job = message;
    process.send?.('read');
  } else if (job !== undefined) {
    void run(job)
      .catch((error: unknown): Outcome => ({ failure: String(error) }))
      .then((outcome) => process.send?.(outcome));
  }
});
