import { encodeJson } from '../../src/engine/json';
import {
  StoreUnavailable,
  WrongExpectedRevision,
  type Appended,
  type Batch,
  type EventStore,
  type ExpectedRevision,
  type Json,
  type NewEvent,
  type Position,
  type RecordedEvent,
  type SubscribeOptions,
} from '../../src/engine/event-store';

/** A copy by way of JSON, as every real store makes one. Throws TypeError where JSON changes the value. */
export function json<T>(value: T): T {
  return JSON.parse(encodeJson(value as Json)) as T;
}

/** What is in the log: give several stores the same one to have several connections to it. */
export class MemoryLog {
  readonly events: RecordedEvent[] = [];
  readonly streams = new Map<string, RecordedEvent[]>();
  /** Wakes the subscriptions that wait at the end of the log. */
  readonly waiting = new Set<() => void>();
}

export class MemoryEventStore implements EventStore {
  #closed = false;

  constructor(private readonly log = new MemoryLog()) {}

  async read(stream: string, from = 0): Promise<readonly RecordedEvent[]> {
    await this.#reach();
    return (this.log.streams.get(stream) ?? []).slice(from);
  }

  async append(
    stream: string,
    events: readonly [NewEvent, ...NewEvent[]],
    expected: ExpectedRevision,
  ): Promise<Appended> {
    this.#checkOpen();
    const copies = json(events);
    await new Promise(setImmediate);
    const existing = this.log.streams.get(stream) ?? [];
    const actual = existing.length === 0 ? 'no-stream' : existing.length - 1;
    if (actual !== expected) throw new WrongExpectedRevision(stream, expected, actual);
    for (const event of copies) {
      const position = positionAt(this.log.events.length);
      const recorded = { ...event, stream, revision: existing.length, position };
      existing.push(recorded);
      this.log.events.push(recorded);
    }
    this.log.streams.set(stream, existing);
    this.#wake();
    return { revision: existing.length - 1, position: positionAt(this.log.events.length - 1) };
  }

  async *subscribe(
    after: Position | null,
    { prefixes, batchSize = 500, signal }: SubscribeOptions,
  ): AsyncIterable<Batch> {
    const wanted = ({ stream }: RecordedEvent): boolean =>
      prefixes === undefined || prefixes.some((prefix) => stream.startsWith(prefix));
    let next = after === null ? 0 : Number(after) + 1;
    let toldCaughtUp = false;
    while (!signal.aborted && !this.#closed) {
      const events: RecordedEvent[] = [];
      for (; next < this.log.events.length && events.length < batchSize; next += 1) {
        const event = this.log.events[next];
        if (event !== undefined && wanted(event)) events.push(event);
      }
      const caughtUp = next >= this.log.events.length;
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
    return this.log.events.at(-1)?.position ?? null;
  }

  close(): Promise<void> {
    this.#closed = true;
    this.#wake();
    return Promise.resolve();
  }

  /** Answers later, as a store does that is elsewhere; so callers do interleave. */
  async #reach(): Promise<void> {
    this.#checkOpen();
    await new Promise(setImmediate);
  }

  #checkOpen(): void {
    if (this.#closed) throw new StoreUnavailable('memory', new Error('closed'));
  }

  async #moreThan(length: number, signal: AbortSignal): Promise<void> {
    if (this.log.events.length > length || signal.aborted || this.#closed) return;
    await new Promise<void>((resolve) => {
      const wake = (): void => {
        this.log.waiting.delete(wake);
        signal.removeEventListener('abort', wake);
        resolve();
      };
      this.log.waiting.add(wake);
      signal.addEventListener('abort', wake);
    });
  }

  #wake(): void {
    for (const wake of [...this.log.waiting]) wake();
  }
}

function positionAt(index: number): Position {
  return String(index).padStart(12, '0');
}
