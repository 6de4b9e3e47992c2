import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Position as ServerPosition, START, streamNameFilter } from '@eventstore/db-client';
import type { Batch, Position, RecordedEvent } from '../../engine/event-store';
import type { Calls } from './calls';
import type { Connection } from './connection';
import { isSystemEvent, recorded, toPosition } from './event';
import { Inbox } from './inbox';
import { answered, type Backoff, pauseAfter } from './patience';

export interface FollowOptions {
  readonly connection: Connection;
  readonly calls: Calls;
  readonly namespace: string;
  /** Of names on the server, namespace and all. */
  readonly prefixes: readonly string[];
  readonly batchSize: number;
  readonly signal: AbortSignal;
  /** Milliseconds the server may take to begin a subscription. */
  readonly timeout: number;
  readonly backoff: Backoff;
  readonly onReconnect: (reason: string) => void;
}

/** Where a consumer stands. */
interface Progress {
  /** Everything up to here was handed over, or is none of the consumer's events. */
  after: ServerPosition | null;
  /** Whether the consumer was last told that it has caught up. */
  toldCaughtUp: boolean;
  /** Subscriptions that failed since one began well. */
  failures: number;
}

/** Follows `$all` after a position and resumes for as long as the signal is not aborted. */
export async function* follow(
  after: ServerPosition | null,
  options: FollowOptions,
): AsyncGenerator<Batch, void, undefined> {
  const { prefixes, signal, backoff, onReconnect } = options;
  if (prefixes.length === 0) return yield* followNothing(signal);
  const progress: Progress = { after, toldCaughtUp: false, failures: 0 };
  const isOver = (): boolean => signal.aborted;
  while (!isOver()) {
    try {
      yield* followUntilFailure(progress, options);
    } catch (error) {
      if (isOver()) return;
      progress.failures += 1;
      // An outage is told once, not at each try to go on.
      if (progress.failures === 1)
        onReconnect(error instanceof Error ? error.message : String(error));
      const pause = pauseAfter(progress.failures, backoff);
      await sleep(pause, undefined, { signal }).catch(() => undefined);
    }
  }
}

async function* followUntilFailure(
  progress: Progress,
  options: FollowOptions,
): AsyncGenerator<Batch, void, undefined> {
  const { connection, prefixes, namespace, batchSize, signal, timeout } = options;
  // Caught up is who has come to what was newest before: servers older than 23.10 do not say it themselves.
  const target = await options.calls.newest(prefixes);
  const held = connection.hold();
  let inbox: Inbox | undefined;
  const stop = (): void => inbox?.fail(new Error('the subscription is not wanted any longer'));
  const moved = (): void => inbox?.fail(new Error('the connection was replaced'));
  try {
    await answered(held.client.ready(), timeout);
    const filter = streamNameFilter({
      prefixes: [...prefixes],
      checkpointReached: (_, position) => inbox?.pass(position),
    });
    const subscription = held.client.subscribeToAll(
      { fromPosition: progress.after ?? START, filter },
      { highWaterMark: batchSize },
    );
    inbox = new Inbox(subscription, timeout, () => {
      progress.failures = 0;
    });
    signal.addEventListener('abort', stop);
    held.replaced.addEventListener('abort', moved);

    const events: RecordedEvent[] = [];
    let reached = progress.after;
    while (!signal.aborted) {
      for (const { event } of inbox.take(batchSize - events.length)) {
        if (event === undefined) continue;
        reached = event.position;
        if (!isSystemEvent(event)) events.push(recorded(event, namespace));
      }
      if (inbox.isEmpty) reached = later(reached, inbox.passed);
      const caughtUp = inbox.isEmpty && isAt(reached, target);
      const news = events.length > 0 || !progress.toldCaughtUp;
      if (events.length === batchSize || (caughtUp && news)) {
        progress.after = reached;
        progress.toldCaughtUp = caughtUp;
        yield { events: events.splice(0), caughtUp };
      } else if (inbox.isEmpty) {
        if (events.length === 0) progress.after = reached;
        await inbox.arrival();
      }
    }
  } finally {
    signal.removeEventListener('abort', stop);
    held.replaced.removeEventListener('abort', moved);
    await inbox?.close();
    held.release();
  }
}

async function* followNothing(signal: AbortSignal): AsyncGenerator<Batch, void, undefined> {
  const isOver = (): boolean => signal.aborted;
  if (!isOver()) yield { events: [], caughtUp: true };
  if (!isOver()) await once(signal, 'abort');
}

function later(a: ServerPosition | null, b: ServerPosition | null): ServerPosition | null {
  if (a === null || b === null) return a ?? b;
  return toPosition(a) >= toPosition(b) ? a : b;
}

function isAt(reached: ServerPosition | null, target: Position | null): boolean {
  return target === null || (reached !== null && toPosition(reached) >= target);
}
