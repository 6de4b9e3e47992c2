import {
  StoreUnavailable,
  WrongExpectedRevision,
  type Appended,
  type Batch,
  type EventStore,
  type ExpectedRevision,
  type NewEvent,
  type Position,
  type RecordedEvent,
  type SubscribeOptions,
} from './event-store';

export type AppendOutcome = 'written' | 'conflict' | 'unavailable' | 'failed';

/** Told after every append. Must not throw. */
export type OnAppend = (outcome: AppendOutcome, seconds: number) => void;

/** Milliseconds for which a failed append is held against the store when nobody tries again. */
const grudge = 10_000;

/** Tells how appends went: whether a store takes events shows only where it is asked to, a full disk still reads. */
export class WatchedEventStore implements EventStore {
  #failedAt = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly store: EventStore,
    private readonly onAppend: OnAppend,
    /** Milliseconds of a clock that only goes forward. */
    private readonly now = () => performance.now(),
  ) {}

  /** Whether it could not take the last append, a moment ago. */
  get isFailing(): boolean {
    return this.now() - this.#failedAt < grudge;
  }

  async append(
    stream: string,
    events: readonly [NewEvent, ...NewEvent[]],
    expected: ExpectedRevision,
  ): Promise<Appended> {
    const begun = this.now();
    const done = (outcome: AppendOutcome): void => {
      // A conflict says that the store works as well as a success does.
      if (outcome === 'unavailable') this.#failedAt = this.now();
      else if (outcome !== 'failed') this.#failedAt = Number.NEGATIVE_INFINITY;
      this.onAppend(outcome, (this.now() - begun) / 1000);
    };
    try {
      const appended = await this.store.append(stream, events, expected);
      done('written');
      return appended;
    } catch (error) {
      done(outcomeOf(error));
      throw error;
    }
  }

  read(stream: string, from?: number): Promise<readonly RecordedEvent[]> {
    return this.store.read(stream, from);
  }

  subscribe(after: Position | null, options: SubscribeOptions): AsyncIterable<Batch> {
    return this.store.subscribe(after, options);
  }

  head(): Promise<Position | null> {
    return this.store.head();
  }

  close(): Promise<void> {
    return this.store.close();
  }
}

function outcomeOf(error: unknown): AppendOutcome {
  if (error instanceof WrongExpectedRevision) return 'conflict';
  return error instanceof StoreUnavailable ? 'unavailable' : 'failed';
}
