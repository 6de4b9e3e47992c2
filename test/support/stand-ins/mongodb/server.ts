import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { BSON } from 'mongodb';
import { CommandError } from './command-error';
import { Commands } from './commands';
import { Data } from './data';
import type { Fault } from './faults';
import { beginsTls, type Doc, encodeReply, Inbox, type Request } from './wire';

export interface StandInOptions {
  /** What it says of itself, where that is not the usual. */
  readonly hello?: Doc;
  /** Another stand-in's data: a second way to it, with faults of its own. */
  readonly data?: Data;
}

interface LastWrite {
  readonly number: string;
  readonly reply: Doc;
}

/**
 * A server that speaks enough of MongoDB's wire protocol to run the adapter, its driver included,
 * where there is no MongoDB. For tests only. It keeps everything in memory, and says that it is
 * the only member of a replica set.
 *
 * What it does as MongoDB does: the order of values, unique ids and unique indexes, hints, partial
 * indexes, cursors, upserts, the limits of 16 MiB, retryable writes. What it lacks: transactions,
 * authentication, aggregation, real indexes (each query walks through all documents) and a second
 * member: read and write concerns are taken and mean nothing. A bulk write is applied as a whole,
 * unless a fault cuts it.
 */
export class MongoStandIn {
  readonly data: Data;
  /** Called for each command but those by which the driver watches the server. */
  fault: Fault | undefined;

  readonly #commands: Commands;
  readonly #lastWrites = new Map<string, LastWrite>();
  readonly #sockets = new Set<Socket>();
  #server: Server | undefined;
  #port = 0;

  constructor(private readonly options: StandInOptions = {}) {
    this.data = options.data ?? new Data();
    this.#commands = new Commands(this.data);
  }

  /** On a free port, or again on the one it had. */
  async start(): Promise<this> {
    const server = createServer((socket) => {
      this.#serve(socket);
    });
    await new Promise<void>((resolve) => server.listen(this.#port, '127.0.0.1', resolve));
    this.#port = (server.address() as AddressInfo).port;
    this.#server = server;
    return this;
  }

  /** Cuts all connections; what was stored stays. */
  async stop(): Promise<void> {
    const server = this.#server;
    if (server === undefined) return;
    this.#server = undefined;
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  }

  get address(): string {
    return `127.0.0.1:${this.#port}`;
  }

  get url(): string {
    return `mongodb://${this.address}/?replicaSet=stand-in`;
  }

  #serve(socket: Socket): void {
    const inbox = new Inbox();
    this.#sockets.add(socket);
    socket.on('close', () => this.#sockets.delete(socket));
    socket.on('error', () => undefined);
    socket.once('data', (data) => {
      if (beginsTls(data)) socket.destroy();
    });
    socket.on('data', (data) => {
      if (socket.destroyed) return;
      for (const request of inbox.take(data)) {
        this.#answer(socket, request).catch(() => socket.destroy());
      }
    });
  }

  async #answer(socket: Socket, request: Request): Promise<void> {
    const reply = await this.#replyTo(request.command);
    if (reply === 'disconnect') socket.destroy();
    else if (!request.silent && socket.writable) socket.write(encodeReply(request, reply));
  }

  async #replyTo(command: Doc): Promise<Doc | 'disconnect'> {
    if ('hello' in command || 'ismaster' in command) return this.#hello();
    const apply = (instead: Doc = command): Doc => this.#apply(instead);
    try {
      if (this.fault === undefined) return apply();
      const [name = ''] = Object.keys(command);
      return await this.fault({ name, command, apply });
    } catch (error) {
      return asReply(error);
    }
  }

  /** A write that is sent again, because its answer was lost, is answered as the first time. */
  #apply(command: Doc): Doc {
    const { lsid, txnNumber } = command;
    if (txnNumber === undefined) return this.#run(command);
    const session = BSON.EJSON.stringify({ lsid });
    const number = BSON.EJSON.stringify({ txnNumber });
    const last = this.#lastWrites.get(session);
    if (last?.number === number) return last.reply;
    const reply = this.#run(command);
    if (reply.ok === 1) this.#lastWrites.set(session, { number, reply });
    return reply;
  }

  #run(command: Doc): Doc {
    try {
      return this.#commands.run(command);
    } catch (error) {
      return asReply(error);
    }
  }

  #hello(): Doc {
    return {
      ismaster: true,
      isWritablePrimary: true,
      helloOk: true,
      setName: 'stand-in',
      hosts: [this.address],
      me: this.address,
      primary: this.address,
      maxBsonObjectSize: 16 * 1024 * 1024,
      maxMessageSizeBytes: 48_000_000,
      maxWriteBatchSize: 100_000,
      logicalSessionTimeoutMinutes: 30,
      localTime: new Date(),
      minWireVersion: 0,
      maxWireVersion: 21, // MongoDB 7.0
      ok: 1,
      ...this.options.hello,
    };
  }
}

function asReply(error: unknown): Doc {
  const code = error instanceof CommandError ? error.code : 8;
  const errmsg = error instanceof Error ? error.message : String(error);
  return { ok: 0, code, errmsg };
}
