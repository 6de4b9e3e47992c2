import {
  type Appended,
  type Batch,
  type EventStore,
  type ExpectedRevision,
  type NewEvent,
  type Position,
  type RecordedEvent,
  type SubscribeOptions,
} from './event-store';
import { isLevel } from './read-models';

/** Newest events held in memory for those who are a little behind; who is further behind reads for themselves. */
const mostHeld = 2_000;

/**
 * Reads the log once for all who follow it. A dozen projections and reactions stand at its end and want the
 * same next event: it is fetched and decoded once, not a dozen times. Nobody waits for the slowest.
 */
export class SharedEventStore implements EventStore {
  private tail: Tail | null = null;
  private isClosed = false;

  constructor(
    private readonly store: EventStore,
    private readonly held = mostHeld,
  ) {}

  async *subscribe(
    after: Position | null,
    options: SubscribeOptions,
  ): AsyncGenerator<Batch, void, undefined> {
    const follower = { cursor: after, toldCaughtUp: false };
    while (!options.signal.aborted && !this.isClosed) {
      if (this.tail?.holds(follower.cursor) !== true) {
        const isLevelNow = yield* this.catchUp(follower, options);
        if (!isLevelNow) return;
        if (this.tail?.isAheadOf(follower.cursor) === true) continue;
      }
      yield* this.followTail(follower, options);
    }
  }

  read(stream: string, from?: number): Promise<readonly RecordedEvent[]> {
    return this.store.read(stream, from);
  }

  append(
    stream: string,
    events: readonly [NewEvent, ...NewEvent[]],
    expected: ExpectedRevision,
  ): Promise<Appended> {
    return this.store.append(stream, events, expected);
  }

  head(): Promise<Position | null> {
    return this.store.head();
  }

  close(): Promise<void> {
    this.isClosed = true;
    return this.store.close();
  }

  /** Reads alone up to the end of the log. Returns false where the subscription is over. */
  private async *catchUp(
    follower: Follower,
    options: SubscribeOptions,
  ): AsyncGenerator<Batch, boolean, undefined> {
    // What a filter passes over has no position of its own to go on from.
    const level = options.prefixes === undefined ? null : await this.store.head();
    for await (const batch of this.store.subscribe(follower.cursor, options)) {
      const { events, caughtUp } = batch;
      follower.cursor = events.at(-1)?.position ?? follower.cursor;
      if (events.length > 0 || !follower.toldCaughtUp) yield batch;
      follower.toldCaughtUp = caughtUp;
      if (!caughtUp) continue;
      if (!isLevel(follower.cursor, level)) follower.cursor = level;
      return true;
    }
    return false;
  }

  /** Follows what is held, until that ends or moves on without somebody too slow for it. */
  private async *followTail(
    follower: Follower,
    { prefixes, batchSize = 500, signal }: SubscribeOptions,
  ): AsyncGenerator<Batch, void, undefined> {
    const tail = this.join(follower.cursor);
    try {
      while (!signal.aborted && tail.holds(follower.cursor)) {
        const { looked, caughtUp } = tail.after(follower.cursor, batchSize);
        follower.cursor = looked.at(-1)?.position ?? follower.cursor;
        const events = looked.filter(({ stream }) => isOf(prefixes, stream));
        if (events.length > 0 || (caughtUp && !follower.toldCaughtUp)) {
          follower.toldCaughtUp = caughtUp;
          yield { events, caughtUp };
        } else if (looked.length === 0) {
          await tail.news(signal);
        }
      }
    } finally {
      this.leave(tail);
    }
  }

  private join(cursor: Position | null): Tail {
    if (this.tail?.holds(cursor) !== true) this.tail = new Tail(this.store, cursor, this.held);
    this.tail.followers += 1;
    return this.tail;
  }

  private leave(tail: Tail): void {
    tail.followers -= 1;
    if (tail.followers > 0) return;
    tail.stop();
    if (this.tail === tail) this.tail = null;
  }
}

interface Follower {
  /** Position up to which everything was handed over. */
  cursor: Position | null;
  toldCaughtUp: boolean;
}

/** The newest events of the log, as one subscription brings them. */
class Tail {
  followers = 0;
  private readonly held: RecordedEvent[] = [];
  private readonly stopping = new AbortController();
  private readonly waiting = new Set<() => void>();
  private caughtUp = false;
  private isOver = false;

  constructor(
    store: EventStore,
    /** Position after which every event is held, up to where it has read. */
    private floor: Position | null,
    private readonly most: number,
  ) {
    const end = (): void => {
      this.isOver = true;
      this.wake();
    };
    // What ended it each follower meets, where it lasts, when it goes on alone.
    this.read(store).then(end, end);
  }

  /** Whether somebody who stands there can go on with what is held. */
  holds(cursor: Position | null): boolean {
    return !this.isOver && isLevel(cursor, this.floor);
  }

  /** Whether it began, or has dropped events, later than that. */
  isAheadOf(cursor: Position | null): boolean {
    return !this.isOver && !isLevel(cursor, this.floor);
  }

  /** The next events, and whether they are the last of the log so far. */
  after(
    cursor: Position | null,
    most: number,
  ): { readonly looked: readonly RecordedEvent[]; readonly caughtUp: boolean } {
    let start = this.held.length;
    while (start > 0 && !isLevel(cursor, this.held[start - 1]?.position ?? null)) start -= 1;
    const looked = this.held.slice(start, start + most);
    return { looked, caughtUp: this.caughtUp && start + looked.length === this.held.length };
  }

  /** Ends with the next batch, the end of the reading or an abort. */
  news(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const wake = (): void => {
        this.waiting.delete(wake);
        signal.removeEventListener('abort', wake);
        resolve();
      };
      this.waiting.add(wake);
      signal.addEventListener('abort', wake);
    });
  }

  stop(): void {
    this.stopping.abort();
  }

  private async read(store: EventStore): Promise<void> {
    const { signal } = this.stopping;
    for await (const { events, caughtUp } of store.subscribe(this.floor, { signal })) {
      this.held.push(...events);
      const dropped = this.held.splice(0, Math.max(0, this.held.length - this.most));
      this.floor = dropped.at(-1)?.position ?? this.floor;
      this.caughtUp = caughtUp;
      this.wake();
    }
  }

  private wake(): void {
    for (const wake of [...this.waiting]) wake();
  }
}

function isOf(prefixes: readonly string[] | undefined, stream: string): boolean {
  return prefixes === undefined || prefixes.some((prefix) => stream.startsWith(prefix));
}
