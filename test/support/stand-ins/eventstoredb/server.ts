import { createServer, type AddressInfo, type Server as NetServer, type Socket } from 'node:net';
import { GossipService } from '@eventstore/db-client/generated/gossip_grpc_pb';
import { ServerFeaturesService } from '@eventstore/db-client/generated/serverfeatures_grpc_pb';
import { StreamsService } from '@eventstore/db-client/generated/streams_grpc_pb';
import { type Metadata, Server, ServerCredentials } from '@grpc/grpc-js';
import { type ErrorAnswer, errors, type Fault, Faults, type Operation } from './faults';
import { Log } from './log';
import { type Address, featuresService, gossipService, type Member } from './node';
import { streamsService } from './streams';

export interface StandInOptions {
  /** A log to share with other stand-ins, as nodes of one cluster. */
  readonly log?: Log;
  /** What it tells as its version. Default `23.10.1`. */
  readonly version?: string;
  /** Certificate and key in PEM; without them connections are in plain text. */
  readonly tls?: { readonly certificate: Buffer; readonly key: Buffer };
  /** Whom to let in, `name:password`; everybody by default. */
  readonly user?: string;
  /** Whether it says when a subscriber has caught up, as servers do since 23.10. Default true. */
  readonly tellsCaughtUp?: boolean;
}

const largestMessage = 17 * 1024 * 1024;

/**
 * Stands in for EventStoreDB in tests, over its real wire protocol: gRPC on the service definitions
 * the client package ships. In memory, one process, not for anything but tests.
 *
 * It does: ServerFeatures; Append with expected revisions and the server's idempotence; Read of a
 * stream and of `$all` (both ways, by stream prefix), inclusive of where it starts; subscriptions to
 * `$all`, exclusive of where they start, with confirmation, checkpoints and caught-up; deleted streams;
 * system events in between; Gossip for discovery; redirection to a leader; and faults on demand.
 *
 * It does not: BatchAppend (answers UNIMPLEMENTED, though it tells to have it, as servers do), `any` with
 * idempotence, subscriptions to one stream, links, regular expressions and event types in filters,
 * persistent subscriptions, projections, scavenging, transactions, limits of size, access control lists. A
 * write is in `$all` at once, where a cluster takes its time.
 */
export class EventStoreDBStandIn {
  readonly log: Log;
  /** Where it sends who asks for the leader; null while it leads itself. */
  leader: Address | null = null;
  /** What it tells of its cluster to who looks for a node. */
  members: readonly Member[] = [];
  /** Calls that have reached it, by operation. */
  readonly calls: Record<Operation, number> = {
    append: 0,
    'read-stream': 0,
    'read-all': 0,
    subscribe: 0,
    features: 0,
  };
  /** What it has put on the way to subscribers. */
  eventsSent = 0;
  checkpointsSent = 0;
  /** Where each subscription started, null for the start of the log. */
  readonly subscribedFrom: (bigint | null)[] = [];

  /** Appends that wait to be done. */
  readonly lateWrites: (() => unknown)[] = [];

  private readonly faults = new Faults();
  private readonly sockets = new Set<Socket>();
  /** How to end each open subscription with an error. */
  readonly subscriptions = new Set<(answer: ErrorAnswer) => void>();
  private listener: NetServer | null = null;
  private grpc: Server | null = null;
  private boundPort = 0;

  constructor(private readonly options: StandInOptions = {}) {
    this.log = options.log ?? new Log();
  }

  get port(): number {
    return this.boundPort;
  }

  get address(): Address {
    return { host: '127.0.0.1', port: this.boundPort };
  }

  /** The connection string for it. */
  get url(): string {
    const { user, tls } = this.options;
    const credentials = user === undefined ? '' : `${user}@`;
    return `esdb://${credentials}localhost:${this.boundPort}${tls === undefined ? '?tls=false' : ''}`;
  }

  /** Starts it, again after `stop` on the port it had and with what its log holds. */
  async start(port = this.boundPort): Promise<this> {
    const { tls } = this.options;
    const grpc = new Server({ 'grpc.max_receive_message_length': largestMessage });
    grpc.addService(StreamsService, streamsService(this));
    grpc.addService(
      ServerFeaturesService,
      featuresService(this.options.version ?? '23.10.1', () => this.taken('features')),
    );
    grpc.addService(
      GossipService,
      gossipService(() => this.members),
    );
    const injector = grpc.createConnectionInjector(
      tls === undefined
        ? ServerCredentials.createInsecure()
        : ServerCredentials.createSsl(null, [
            { cert_chain: tls.certificate, private_key: tls.key },
          ]),
    );
    // Sockets of its own making, so that it can cut them.
    const listener = createServer((socket) => {
      this.sockets.add(socket);
      socket.on('close', () => this.sockets.delete(socket));
      socket.on('error', () => undefined);
      injector.injectConnection(socket);
    });
    await new Promise<void>((resolve, reject) => {
      listener.once('error', reject);
      listener.listen(port, resolve);
    });
    this.boundPort = (listener.address() as AddressInfo).port;
    this.listener = listener;
    this.grpc = grpc;
    return this;
  }

  /** Goes away as a killed server does. */
  async stop(): Promise<void> {
    const { listener, grpc } = this;
    this.listener = null;
    const closed = new Promise<void>((resolve) => {
      if (listener === null) resolve();
      else
        listener.close(() => {
          resolve();
        });
    });
    this.cutConnections();
    grpc?.forceShutdown();
    await closed;
  }

  /** Cuts every connection; new ones are taken. */
  cutConnections(): void {
    for (const socket of this.sockets) socket.destroy();
  }

  /** Lets the next calls of an operation go wrong. */
  fail(operation: Operation, fault: Fault, times = 1): void {
    this.faults.add(operation, fault, times);
  }

  /** Forgets the faults that still wait. */
  heal(): void {
    this.faults.clear();
  }

  /** Does the appends that came before it, as a server does that was only slow. */
  catchUp(): void {
    for (const write of this.lateWrites.splice(0)) write();
  }

  /** Ends every open subscription with an error. */
  failSubscriptions(answer: ErrorAnswer): void {
    for (const end of [...this.subscriptions]) end(answer);
  }

  get tellsCaughtUp(): boolean {
    return this.options.tellsCaughtUp ?? true;
  }

  /** Counts a call, and tells what is to go wrong with it. */
  taken(operation: Operation, metadata?: Metadata): Fault | undefined {
    this.calls[operation] += 1;
    const refusal = metadata === undefined ? undefined : this.refusal(metadata);
    return refusal ?? this.faults.take(operation);
  }

  /** Who is not let in, or wants the leader of another node. */
  private refusal(metadata: Metadata): ErrorAnswer | undefined {
    const { user } = this.options;
    if (user !== undefined) {
      const expected = `Basic ${Buffer.from(user).toString('base64')}`;
      if (metadata.get('authorization')[0] !== expected) return errors.unauthenticated;
    }
    const wantsLeader = metadata.get('requires-leader')[0] === 'true';
    return wantsLeader && this.leader !== null ? errors.notLeader(this.leader) : undefined;
  }
}
