import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

import type { Job, Outcome } from './client';

export interface Request {
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly path: string;
  readonly token?: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Load {
  readonly requests: readonly Request[];
  /** Connections, each with one request under way. */
  readonly connections: number;
  /** The status every answer must have. */
  readonly status: number;
  /** Asked again from the start until stopped. */
  readonly repeat?: boolean;
}

export interface Answered {
  /** Milliseconds each request took, in no order. */
  readonly latencies: readonly number[];
  /** From the first request to the last answer. */
  readonly seconds: number;
}

export interface Running {
  readonly done: Promise<Answered>;
  /** No further request; `done` resolves once the last is answered. */
  stop(): void;
}

const runner = join(__dirname, '../../test/support/stand-ins/run.cjs');

/** A client process of its own, which has read its requests and begins when it is told to. */
export async function client(port: number, load: Load): Promise<{ begin(): Running; end(): void }> {
  const child = fork(runner, [join(__dirname, 'client.ts')], { serialization: 'advanced' });
  const job: Job = {
    ...{ port, connections: load.connections, status: load.status, repeat: load.repeat ?? false },
    requests: load.requests.map((request) => asText(request, port)),
  };
  child.send(job);
  await once(child, 'message');
  const end = (): void => {
    child.kill();
  };
  const begin = (): Running => {
    child.send('begin');
    const done = new Promise<Answered>((resolve, reject) => {
      child.once('exit', () => {
        reject(new Error('a client ended before it was done'));
      });
      child.once('message', (message) => {
        const outcome = message as Outcome;
        end();
        if ('failure' in outcome) reject(new Error(outcome.failure));
        else resolve(outcome);
      });
    });
    return { done, stop: () => void child.send('stop') };
  };
  return { begin, end };
}

/** The requests, dealt out to several client processes that begin together. */
export async function send(port: number, load: Load, processes = 2): Promise<Answered> {
  const shares = Array.from({ length: processes }, (_, nth) => ({
    ...load,
    connections: Math.ceil(load.connections / processes),
    requests: load.requests.filter((_, index) => index % processes === nth),
  }));
  const clients = await Promise.all(shares.map((share) => client(port, share)));
  const answered = await Promise.all(clients.map((one) => one.begin().done));
  return {
    latencies: answered.flatMap(({ latencies }) => latencies),
    seconds: Math.max(...answered.map(({ seconds }) => seconds)),
  };
}

/** As it goes over the connection: a client that parses and prints as little as can be does not set the pace. */
function asText({ method, path, token, body, headers = {} }: Request, port: number): string {
  const content = body === undefined ? '' : JSON.stringify(body);
  const lines = [
    `${method} ${path} HTTP/1.1`,
    `host: 127.0.0.1:${port}`,
    ...(token === undefined ? [] : [`authorization: Bearer ${token}`]),
    ...(body === undefined
      ? []
      : ['content-type: application/json', `content-length: ${Buffer.byteLength(content)}`]),
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
  ];
  return `${lines.join('\r\n')}\r\n\r\n${content}`;
}
