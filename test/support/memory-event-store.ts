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
} from '../../src/engine/event-store';

/** What is stored is what JSON keeps of it, as in every real store. */
export function json<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}

export class MemoryEventStore implements EventStore {
  readonly #log: RecordedEvent[] = [];
  readonly #streams = new Map<string, RecordedEvent[]>();
  /** Wakes the subscriptions that wait at the end of the log. */
  readonly #waiting = new Set<() => void>();
  #closed = false;

  async read(stream: string, from = 0): Promise<readonly RecordedEvent[]> {
    await this.#reach();
    return (this.#streams.get(stream) ?? []).slice(from);
  }

  async append(
    stream: string,
    events: readonly [NewEvent, ...NewEvent[]],
    expected: ExpectedRevision,
  ): Promise<Appended> {
    await this.#reach();
    const existing = this.#streams.get(stream) ?? [];
    const actual = existing.length === 0 ? 'no-stream' : existing.length - 1;
    if (actual !== expected) throw new WrongExpectedRevision(stream, expected, actual);
    for (const event of events) {
      const position = positionAt(this.#log.length);
      const recorded = { ...json(event), stream, revision: existing.length, position };
      existing.push(recorded);
      this.#log.push(recorded);
    }
    this.#streams.set(stream, existing);
    this.#wake();
    return { revision: existing.length - 1, position: positionAt(this.#log.length - 1) };
  }

  async *subscribe(
    after: Position | null,
    { prefixes, batchSize = 500, signal }: SubscribeOptions,
  ): AsyncIterable<Batch> {
    const wanted = ({ stream }: RecordedEvent): boolean =>
      prefixes === undefined || prefixes.some((prefix) => stream.startsWith(prefix));
    let next = after === null ? 0 : Number(after) + 1;
    let toldCaughtUp = false;
    while (!signal.aborted) {
      await this.#reach();
      const events: RecordedEvent[] = [];
      for (; next < this.#log.length && events.length < batchSize; next += 1) {
        const event = this.#log[next];
        if (event !== undefined && wanted(event)) events.push(event);
      }
      const caughtUp = next >= this.#log.length;
      if (events.length > 0 || !toldCaughtUp) {
        toldCaughtUp = caughtUp;
        yield { events, caughtUp };
      } else {
        await this.#moreThan(next, signal);
      }
    }
  }

  async head(): Promise<Position | null> {
    await this.#reach();
    return this.#log.at(-1)?.position ?? null;
  }

  close(): Promise<void> {
    this.#closed = true;
    this.#wake();
    return Promise.resolve();
  }

  /** Answers later, as a store does that is elsewhere; so callers do interleave. */
  async #reach(): Promise<void> {
    await new Promise(setImmediate);
    if (this.#closed) throw new StoreUnavailable('memory', new Error('closed'));
  }

  async #moreThan(length: number, signal: AbortSignal): Promise<void> {
    if (this.#log.length > length || signal.aborted || this.#closed) return;
    await new Promise<void>((resolve) => {
      const wake = (): void => {
        this.#waiting.delete(wake);
        signal.removeEventListener('abort', wake);
        resolve();
      };
      this.#waiting.add(wake);
      signal.addEventListener('abort', wake);
    });
  }

  #wake(): void {
    for (const wake of [...this.#waiting]) wake();
  }
}

function positionAt(index: number): Position {
  return String(index).padStart(12, '0');
}
