import { CannotConnect } from '../../engine/cannot-connect';
import {
  type Appended,
  type Batch,
  type EventStore,
  type ExpectedRevision,
  type NewEvent,
  type Position,
  type RecordedEvent,
  StoreUnavailable,
  type SubscribeOptions,
  WrongExpectedRevision,
} from '../../engine/event-store';
import { Calls } from './calls';
import { Connection } from './connection';
import { type ConnectionSettings, readConnectionString } from './connection-string';
import { encode, fromPosition } from './event';
import { cannotConnect, isRefusal } from './failures';
import { follow } from './follow';
import { type Backoff, persist } from './patience';
import { TaskQueues } from './task-queues';

export interface EventStoreDBOptions {
  /** Begins the name of every stream of this service on the server: `<namespace><stream>`. Not empty. */
  readonly namespace: string;
  /** Most milliseconds a call waits for its answer, and an operation tries again. Default 5,000. */
  readonly timeout?: number;
  /** Pauses before a subscription resumes. Default 100 ms to 10 s. */
  readonly backoff?: Backoff;
  /** Told why, each time a connection or a subscription that had worked is made anew. Must not throw. */
  readonly onReconnect?: (reason: string) => void;
}

type EncodedEvents = readonly ReturnType<typeof encode>[];

/** The first that gives events read from a stream their position. */
const oldestServer = '22.6';
const retryBackoff: Backoff = { base: 50, cap: 1_000 };

/**
 * The log in EventStoreDB (22.6 and newer) or KurrentDB, which other applications may share: only
 * streams of the namespace are written, read and counted in positions. Where others write much, `head`
 * takes as long as the server needs to look back through it to the namespace's last event.
 */
export class EventStoreDBEventStore implements EventStore {
  private readonly namespace: string;
  private readonly timeout: number;
  private readonly backoff: Backoff;
  private readonly onReconnect: (reason: string) => void;
  private readonly connection: Connection;
  private readonly calls: Calls;
  private readonly queues = new TaskQueues();
  private readonly running = new Set<Promise<unknown>>();
  private readonly closing = new AbortController();

  private constructor(settings: ConnectionSettings, options: EventStoreDBOptions) {
    this.namespace = options.namespace;
    this.timeout = options.timeout ?? 5_000;
    this.backoff = options.backoff ?? { base: 100, cap: 10_000 };
    this.onReconnect = options.onReconnect ?? (() => undefined);
    this.connection = new Connection(settings, this.onReconnect);
    this.calls = new Calls(this.connection, this.namespace, this.timeout);
  }

  /**
   * Connects by a connection string such as `esdb://user:password@host:2113` and checks that the
   * server can be used. Rejects with {@link CannotConnect}.
   */
  static async connect(url: string, options: EventStoreDBOptions): Promise<EventStoreDBEventStore> {
    const settings = readConnectionString(url);
    const store = new EventStoreDBEventStore(settings, options);
    try {
      await store.check(settings.hosts);
      return store;
    } catch (error) {
      await store.close();
      throw cannotConnect(error, settings.hosts, settings.tls);
    }
  }

  read(stream: string, from = 0): Promise<readonly RecordedEvent[]> {
    return this.begin(() => this.operation(() => this.calls.read(stream, from)));
  }

  append(
    stream: string,
    events: readonly [NewEvent, ...NewEvent[]],
    expected: ExpectedRevision,
  ): Promise<Appended> {
    return this.begin(() => {
      const encoded = events.map(encode);
      // One after the other: the server may take calls in another order than they were made in.
      return this.queues.run(stream, () =>
        this.operation(this.appendAttempt(stream, encoded, expected)),
      );
    });
  }

  async *subscribe(
    after: Position | null,
    { prefixes = [''], batchSize = 500, signal }: SubscribeOptions,
  ): AsyncGenerator<Batch, void, undefined> {
    yield* follow(after === null ? null : fromPosition(after), {
      connection: this.connection,
      calls: this.calls,
      namespace: this.namespace,
      prefixes: prefixes.map((prefix) => this.namespace + prefix),
      batchSize,
      signal: AbortSignal.any([signal, this.closing.signal]),
      timeout: this.timeout,
      backoff: this.backoff,
      onReconnect: this.onReconnect,
    });
  }

  head(): Promise<Position | null> {
    return this.begin(() => this.operation(() => this.calls.newest([this.namespace])));
  }

  /** Waits for what was begun before, ends the subscriptions and lets the connection go. */
  async close(): Promise<void> {
    this.closing.abort();
    await Promise.allSettled(this.running);
    await this.connection.close();
  }

  /**
   * One try to append, to be made again after a failure. Where the outcome of a try is unknown, the
   * stream tells: the events are there or not. Sent again, they have the same ids and the same
   * expected revision, so that the server takes them once.
   */
  private appendAttempt(
    stream: string,
    events: EncodedEvents,
    expected: ExpectedRevision,
  ): () => Promise<Appended> {
    let uncertain = false;
    return async () => {
      const outcome = await this.calls
        .append(stream, events, expected)
        .catch((error: unknown) => ({ error }));
      if ('error' in outcome && !isRefusal(outcome.error)) uncertain = true;
      if (uncertain) {
        // Also after a success: for events it had already, the server need not give the last one's position.
        const found = await this.find(stream, events, expected);
        if (found !== undefined) return found;
      }
      if ('error' in outcome) throw outcome.error;
      return outcome;
    };
  }

  /** What became of an append, by the ids of the events that follow the revision it was made for. */
  private async find(
    stream: string,
    events: EncodedEvents,
    expected: ExpectedRevision,
  ): Promise<Appended | undefined> {
    const from = expected === 'no-stream' ? 0 : expected + 1;
    const there = await this.calls.read(stream, from, events.length);
    const last = there.at(-1);
    const isThere = events.every(({ id }, n) => there[n]?.id === id.toLowerCase());
    return isThere && last !== undefined
      ? { revision: last.revision, position: last.position }
      : undefined;
  }

  private async check(hosts: string): Promise<void> {
    const version = await this.patiently(() => this.calls.serverVersion());
    if (isOlder(version, oldestServer)) {
      throw new CannotConnect(
        `EventStoreDB at ${hosts} is of version ${version}, too old for this service; upgrade it to ${oldestServer} or newer.`,
      );
    }
    // Shows also whether the user may read `$all`.
    await this.patiently(() => this.calls.newest([this.namespace]));
  }

  /** Refuses what comes after the close, which waits for what came before it. */
  private async begin<T>(work: () => Promise<T>): Promise<T> {
    if (this.closing.signal.aborted) throw unavailable(new Error('the store is closed'));
    const running = work();
    this.running.add(running);
    try {
      return await running;
    } finally {
      this.running.delete(running);
    }
  }

  private async operation<T>(attempt: () => Promise<T>): Promise<T> {
    try {
      return await this.patiently(attempt);
    } catch (error) {
      throw error instanceof WrongExpectedRevision ? error : unavailable(error);
    }
  }

  private patiently<T>(attempt: () => Promise<T>): Promise<T> {
    return persist(attempt, this.timeout, retryBackoff);
  }
}

function unavailable(cause: unknown): StoreUnavailable {
  return new StoreUnavailable('EventStoreDB', cause);
}

/** By major and minor number; a server that cannot tell its version is older than any. */
function isOlder(version: string, oldest: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map((part) => Number.parseInt(part, 10) || 0);
  const [oldestMajor = 0, oldestMinor = 0] = oldest.split('.').map(Number);
  return major < oldestMajor || (major === oldestMajor && minor < oldestMinor);
}
