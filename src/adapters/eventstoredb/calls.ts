import {
  type EventData,
  NO_STREAM,
  StreamDeletedError,
  StreamNotFoundError,
} from '@eventstore/db-client';
import {
  type Appended,
  type ExpectedRevision,
  type Position,
  type RecordedEvent,
  WrongExpectedRevision,
} from '../../engine/event-store';
import type { Client } from './client';
import type { Connection } from './connection';
import { isSystemEvent, recorded, toPosition } from './event';
import { NoAnswer } from './failures';
import { answered } from './patience';

/**
 * What is asked of the server, one call each, on streams of one namespace. A call that fails is not
 * repeated; it rejects with the client's error, or with {@link NoAnswer} after the time-out.
 */
export class Calls {
  constructor(
    private readonly connection: Connection,
    private readonly namespace: string,
    /** Most milliseconds a call waits for its answer. */
    private readonly timeout: number,
  ) {}

  /** Rejects with {@link WrongExpectedRevision} where the stream stands elsewhere. */
  async append(
    stream: string,
    events: readonly EventData[],
    expected: ExpectedRevision,
  ): Promise<Appended> {
    const { success, nextExpectedRevision, position } = await this.call((client) =>
      client.appendToStream(this.namespace + stream, [...events], {
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

  /** Events of a stream from a revision on; none of a stream that is absent or deleted. */
  read(
    stream: string,
    from: number,
    most = Number.MAX_SAFE_INTEGER,
  ): Promise<readonly RecordedEvent[]> {
    return this.call(async (client) => {
      const reading = client.readStream(this.namespace + stream, {
        fromRevision: BigInt(from),
        maxCount: most,
        requiresLeader: true,
      });
      // A second failure, after the iteration has ended with the first, must find a listener.
      reading.on('error', () => undefined);
      const timer = setTimeout(() => reading.destroy(new NoAnswer(this.timeout)), this.timeout);
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

  /** Position of the newest event, in streams of these beginnings, that a subscriber to them will meet. */
  newest(prefixes: readonly string[]): Promise<Position | null> {
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

  serverVersion(): Promise<string> {
    return this.call((client) => client.serverVersion());
  }

  private call<T>(work: (client: Client) => Promise<T>): Promise<T> {
    return this.connection.use(async (client) => {
      // First the way to a node, then the call: one given up before it was sent is never sent.
      await answered(client.ready(), this.timeout);
      return answered(work(client), this.timeout);
    });
  }
}
