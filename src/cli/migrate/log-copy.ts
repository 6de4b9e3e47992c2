import { createHash } from 'node:crypto';

import {
  WrongExpectedRevision,
  type EventStore,
  type NewEvent,
  type RecordedEvent,
} from '../../engine/event-store';

/** What a log holds, in commit order: logs of the same summary hold the same. */
export interface LogSummary {
  readonly events: number;
  /** SHA-256 over stream, revision, id, type, data and metadata of every event. */
  readonly sha256: string;
}

/** The log to copy to cannot become the same as the one to copy from. */
export class OtherLog extends Error {
  override readonly name = 'OtherLog';
}

/** Told after every event that is done with. */
export type OnEvent = (event: RecordedEvent) => void;

/** Reads the whole log. */
export async function summarise(store: EventStore, onEvent: OnEvent): Promise<LogSummary> {
  const hash = createHash('sha256');
  let events = 0;
  for await (const event of eventsOf(store)) {
    hash.update(`${lineOf(event)}\n`);
    events += 1;
    onEvent(event);
  }
  return { events, sha256: hash.digest('hex') };
}

/**
 * Copies the first `count` events in commit order. What an earlier run has copied is compared and passed over, so
 * that nothing needs to be remembered in between, and no event comes in twice.
 *
 * Rejects with {@link OtherLog} where the other log holds anything else, or is written to by others.
 */
export async function copyLog(
  from: EventStore,
  to: EventStore,
  count: number,
  onEvent: OnEvent,
): Promise<void> {
  const there = eventsOf(to);
  try {
    let done = 0;
    for await (const event of eventsOf(from)) {
      if (done === count) break;
      const known = await there.next();
      if (known.done === true) {
        await append(to, event);
      } else if (lineOf(known.value) !== lineOf(event)) {
        throw other(`its event ${done + 1} is ${nameOf(known.value)}, not ${nameOf(event)}`);
      }
      done += 1;
      onEvent(event);
    }
    const more = await there.next();
    if (more.done !== true)
      throw other(`after ${done} events it goes on with ${nameOf(more.value)}`);
  } finally {
    await there.return(undefined);
  }
}

/** The log as it is now, to its end. */
async function* eventsOf(store: EventStore): AsyncGenerator<RecordedEvent, void, undefined> {
  const subscription = new AbortController();
  try {
    for await (const { events, caughtUp } of store.subscribe(null, subscription)) {
      yield* events;
      if (caughtUp) return;
    }
  } finally {
    subscription.abort();
  }
  throw new Error('the log ended before it was read to its end');
}

/** One by one and each waited for: two at once might be taken in another order. */
async function append(to: EventStore, event: RecordedEvent): Promise<void> {
  const { id, type, data, metadata, stream, revision } = event;
  const copy: NewEvent = { id, type, data, metadata };
  try {
    await to.append(stream, [copy], revision === 0 ? 'no-stream' : revision - 1);
  } catch (error) {
    if (!(error instanceof WrongExpectedRevision)) throw error;
    throw other(
      `its stream ${stream} stands at ${error.actual}, not right before ${nameOf(event)}`,
    );
  }
}

/** As JSON both adapters keep it: the same text means the same bytes. */
function lineOf({ stream, revision, id, type, data, metadata }: RecordedEvent): string {
  return JSON.stringify([stream, revision, id, type, data, metadata]);
}

function nameOf({ type, stream, revision }: RecordedEvent): string {
  return `${type} (${stream}, revision ${revision})`;
}

function other(reason: string): OtherLog {
  return new OtherLog(
    `The log to copy to holds other events than the one to copy from: ${reason}.`,
  );
}
