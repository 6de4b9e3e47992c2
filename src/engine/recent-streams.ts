import type {
  Appended,
  Batch,
  EventStore,
  ExpectedRevision,
  NewEvent,
  Position,
  RecordedEvent,
  SubscribeOptions,
} from './event-store';

export interface RecentStreamsOptions {
  /** Most events held in memory, of all streams together. Default 50,000. */
  readonly capacity?: number;
  /** Milliseconds after which a stream is read from its beginning again. Default five minutes. */
  readonly freshFor?: number;
  /** Milliseconds of a clock that only goes forward. */
  readonly now?: () => number;
}

interface Held {
  readonly events: readonly RecordedEvent[];
  readonly since: number;
}

/**
 * An event store that holds the streams read last in memory, and asks for no more of them than what was added since:
 * whoever fills in a dossier reads it again with every section. Since each read asks, it shows what
 * other instances appended too.
 */
export class RecentStreams implements EventStore {
  /** The longest unread is first. */
  readonly #held = new Map<string, Held>();
  #events = 0;
  /** Told from, when a read ends, whether everything was to be forgotten meanwhile. */
  #forgettings = 0;
  readonly #capacity: number;
  readonly #freshFor: number;
  readonly #now: () => number;

  constructor(
    private readonly store: EventStore,
    options: RecentStreamsOptions = {},
  ) {
    this.#capacity = options.capacity ?? 50_000;
    this.#freshFor = options.freshFor ?? 5 * 60_000;
    this.#now = options.now ?? (() => performance.now());
  }

  async read(stream: string, from = 0): Promise<readonly RecordedEvent[]> {
    const held = this.#fresh(stream);
    if (held === undefined && from > 0) return this.store.read(stream, from);
    const forgettings = this.#forgettings;
    const known = held?.events ?? [];
    const added = await this.store.read(stream, known.length);
    const events = added.length === 0 ? known : [...known, ...added];
    if (forgettings === this.#forgettings) {
      this.#hold(stream, { events, since: held?.since ?? this.#now() });
    }
    return from === 0 ? events : events.slice(from);
  }

  /** Drops everything: events hold personal data in plain text, and whose it is may be erased. */
  forget(): void {
    this.#forgettings += 1;
    this.#held.clear();
    this.#events = 0;
  }

  append(
    stream: string,
    events: readonly [NewEvent, ...NewEvent[]],
    expected: ExpectedRevision,
  ): Promise<Appended> {
    return this.store.append(stream, events, expected);
  }

  subscribe(after: Position | null, options: SubscribeOptions): AsyncIterable<Batch> {
    return this.store.subscribe(after, options);
  }

  head(): Promise<Position | null> {
    return this.store.head();
  }

  close(): Promise<void> {
    this.forget();
    return this.store.close();
  }

  #fresh(stream: string): Held | undefined {
    const held = this.#held.get(stream);
    if (held === undefined || this.#now() - held.since < this.#freshFor) return held;
    this.#drop(stream, held);
    return undefined;
  }

  #hold(stream: string, read: Held): void {
    const before = this.#held.get(stream);
    if (before !== undefined) this.#drop(stream, before);
    // A read that began earlier may end later.
    const newest = (before?.events.length ?? 0) > read.events.length ? before : read;
    if (newest === undefined || newest.events.length === 0) return;
    this.#held.set(stream, newest);
    this.#events += newest.events.length;
    for (const [oldest, { events }] of this.#held) {
      if (this.#events <= this.#capacity) break;
      this.#drop(oldest, { events });
    }
  }

  #drop(stream: string, { events }: Pick<Held, 'events'>): void {
    this.#held.delete(stream);
    this.#events -= events.length;
  }
}
