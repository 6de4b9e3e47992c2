import { NO_STREAM, StreamDeletedError, StreamNotFoundError } from '@eventstore/db-client';
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
import { Connection } from './connection';
import { type ConnectionSettings, readConnectionString } from './connection-string';
import { encode, fromPosition, isSystemEvent, recorded, toPosition } from './event';
import { CannotConnect, cannotConnect, isRefusal } from './failures';
import { follow } from './follow';
import { answered, type Backoff, persist } from './patience';
import { TaskQueues } from './task-queues';

export interface EventStoreDBOptions {
  /** Begins the name of every stream of this service on the server: `<namespace><stream>`. Not empty. */
  readonly namespace: string;
  /** Most milliseconds a call waits for its answer, and an operation tries again. Default 5,000. */
  readonly timeout?: number;
  /** Pauses before a subscription resumes. Default 100 ms to 10 s. */
  readonly backoff?: Backoff;
  /** Told each time a connection or a subscription is made anew, and why; for logs. Must not throw. */
  readonly onReconnect?: (reason: string) => void;
}

type Events = readonly [NewEvent, ...NewEvent[]];

const oldestServer = '22.6';
const retryBackoff: Backoff = { base: 50, cap: 1_000 };

/**
 * The log in EventStoreDB (22.6 and newer) or KurrentDB, which other applications may share: only
 * streams of the namespace are read or written. Positions count only events of the namespace, but the
 * server looks through the others' too to find them.
 */
export class EventStoreDBEventStore implements EventStore {
  private readonly namespace: string;
  private readonly timeout: number;
  private readonly backoff: Backoff;
  private readonly onReconnect: (reason: string) => void;
  private readonly connection: Connection;
  private readonly queues = new TaskQueues();
  private readonly closing = new AbortController();

  private constructor(
    private readonly settings: ConnectionSettings,
    options: EventStoreDBOptions,
  ) {
    this.namespace = options.namespace;
    this.timeout = options.timeout ?? 5_000;
    this.backoff = options.backoff ?? { base: 100, cap: 10_000 };
    this.onReconnect = options.onReconnect ?? (() => undefined);
    this.connection = new Connection(settings, this.onReconnect);
  }

  /**
   * Connects by a connection string such as `esdb://user:password@host:2113` and checks that the
   * server is one that can be used. Rejects with {@link CannotConnect}.
   */
  static async connect(url: string, options: EventStoreDBOptions): Promise<EventStoreDBEventStore> {
    const store = new EventStoreDBEventStore(readConnectionString(url), options);
    try {
      await store.check();
      return store;
    } catch (error) {
      await store.close();
      throw error;
    }
  }

  read(stream: string, from = 0): Promise<readonly RecordedEvent[]> {
    return this.operation(() => this.readStream(stream, from));
  }

  async append(stream: string, events: Events, expected: ExpectedRevision): Promise<Appended> {
    // Before it is sent: the client would never answer for events it cannot write as JSON.
    const encoded = events.map(encode);
    if (this.closing.signal.aborted) throw this.unavailable(new Error('the store is closed'));
    // The server may take calls in another order than they were made in.
    return this.queues.run(stream, () =>
      this.operation(this.appendAttempt(stream, encoded, expected)),
    );
  }

  async *subscribe(
    after: Position | null,
    { prefixes = [''], batchSize = 500, signal }: SubscribeOptions,
  ): AsyncGenerator<Batch, void, undefined> {
    yield* follow(after === null ? null : fromPosition(after), {
      connection: this.connection,
      newest: (streams) => this.newest(streams),
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
    return this.operation(() => this.newest([this.namespace]));
  }

  /** Waits for the appends made before, ends the subscriptions and lets the connection go. */
  async close(): Promise<void> {
    this.closing.abort();
    await this.queues.idle();
    await this.connection.close();
  }

  /**
   * One try to append, to be repeated after a failure. Where the outcome of a try is not known the
   * stream tells: the events are there or not. Sent again, they have the same ids and the same expected
   * revision, so that the server takes them once.
   */
  private appendAttempt(
    stream: string,
    events: ReturnType<typeof encode>[],
    expected: ExpectedRevision,
  ): () => Promise<Appended> {
    let uncertain = false;
    return async () => {
      const outcome = await this.send(stream, events, expected).catch((error: unknown) => ({ error }));
      if ('error' in outcome && !isRefusal(outcome.error)) uncertain = true;
      if (uncertain) {
        const found = await this.find(stream, events, expected);
        if (found !== undefined) return found;
      }
      if ('error' in outcome) throw outcome.error;
      return outcome;
    };
  }

  private async send(
    stream: string,
    events: ReturnType<typeof encode>[],
    expected: ExpectedRevision,
  ): Promise<Appended> {
    const { success, nextExpectedRevision, position } = await this.call((client) =>
      client.appendToStream(this.namespace + stream, events, {
        expectedRevision: expected === 'no-stream' ? NO_STREAM : BigInt(expected),
        requiresLeader: true,
        deadline: this.timeout,
      }),
    );
    const revision = Number(nextExpectedRevision);
    if (!success) {
      throw new WrongExpectedRevision(stream, expected, revision < 0 ? 'no-stream' : revision);
    }
    if (position === undefined) throw new Error('the server gave no position for an append');
    return { revision, position: toPosition(position) };
  }

  /** What became of an append, from the events that follow the revision it was made for. */
  private async find(
    stream: string,
    events: ReturnType<typeof encode>[],
    expected: ExpectedRevision,
  ): Promise<Appended | undefined> {
    const from = expected === 'no-stream' ? 0 : expected + 1;
    const there = await this.readStream(stream, from, events.length);
    const last = there.at(-1);
    const isThere = events.every(({ id }, n) => there[n]?.id === id.toLowerCase());
    return isThere && last !== undefined
      ? { revision: last.revision, position: last.position }
      : undefined;
  }

  private readStream(
    stream: string,
    from: number,
    most = Number.MAX_SAFE_INTEGER,
  ): Promise<RecordedEvent[]> {
    return this.call(async (client) => {
      const reading = client.readStream(this.namespace + stream, {
        fromRevision: BigInt(from),
        maxCount: most,
        requiresLeader: true,
      });
      // A second failure, after the iteration has ended with the first, must find a listener.
      reading.on('error', () => undefined);
      const timer = setTimeout(() => reading.destroy(new Error('reading took too long')), this.timeout);
      try {
        const events: RecordedEvent[] = [];
        for await (const { event } of reading) {
          if (event !== undefined && !isSystemEvent(event)) {
            events.push(recorded(event, this.namespace));
          }
        }
        return events;
      } catch (error) {
        if (error instanceof StreamNotFoundError || error instanceof StreamDeletedError) return [];
        throw error;
      } finally {
        clearTimeout(timer);
        reading.cancel().catch(() => undefined);
      }
    });
  }

  /** Position of the newest event in streams of these names' beginnings that a subscriber will meet. */
  private newest(prefixes: readonly string[]): Promise<Position | null> {
    return this.call(async (client) => {
      for await (const event of client.readNewestFirst(prefixes, this.timeout)) {
        if (isSystemEvent({ type: event.getMetadataMap().get('type') ?? '' })) continue;
        return toPosition({
          commit: BigInt(event.getCommitPosition()),
          prepare: BigInt(event.getPreparePosition()),
        });
      }
      return null;
    });
  }

  private async check(): Promise<void> {
    const { hosts, tls } = this.settings;
    try {
      const version = await persist(
        () => this.call((client) => client.serverVersion()),
        this.timeout,
        retryBackoff,
      );
      if (isOlder(version, oldestServer)) {
        throw new CannotConnect(
          `EventStoreDB at ${hosts} is of version ${version}, too old for this service; upgrade it to ${oldestServer} or newer.`,
        );
      }
      await persist(() => this.newest([this.namespace]), this.timeout, retryBackoff);
    } catch (error) {
      throw cannotConnect(error, hosts, tls);
    }
  }

  /** Tries again what failed for a passing reason; what is left is an answer or StoreUnavailable. */
  private async operation<T>(attempt: () => Promise<T>): Promise<T> {
    try {
      return await persist(attempt, this.timeout, retryBackoff);
    } catch (error) {
      throw error instanceof WrongExpectedRevision ? error : this.unavailable(error);
    }
  }

  private call<T>(work: Parameters<typeof this.connection.use<T>>[0]): Promise<T> {
    return this.connection.use((client) =>
      // First the way to a node, then the call: a call given up before it was sent is never sent.
      answered(client.ready(), this.timeout).then(() => answered(work(client), this.timeout)),
    );
  }

  private unavailable(cause: unknown): StoreUnavailable {
    return new StoreUnavailable('EventStoreDB', cause);
  }
}
