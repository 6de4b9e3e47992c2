import { Injectable } from '@nestjs/common';
import {
  BehaviorSubject,
  catchError,
  defer,
  EMPTY,
  exhaustMap,
  filter,
  firstValueFrom,
  fromEvent,
  map,
  merge,
  share,
  takeUntil,
  timer,
  type Observable,
} from 'rxjs';

import type { Position } from '../engine/event-store';
import { NotificationInbox, type Told } from './notification-inbox';

/** Streams one person may have open at a time. */
const mostStreams = 4;
/** Milliseconds. Proxies give up a connection that is silent for a minute. */
const heartbeat = 15_000;
const betweenLooks = 250;
/** Milliseconds after which a stream ends, and is resumed with a token that is still good. */
const longestStream = 30 * 60_000;
const pageSize = 50;

export interface NotificationStream {
  /** Each notification as it comes; null from time to time, to show that the line is alive. */
  readonly told: AsyncIterable<Told | null>;
  /** Aborted when the stream is over. */
  readonly signal: AbortSignal;
  /** To be called when nobody listens any more. */
  readonly close: () => void;
}

/**
 * Notifications as they come. A stream reads what follows its own last position and pauses where its
 * client does not read, so that a slow one costs nothing. Who has something new is found out once for all
 * streams, from the read models: the follower that fills them may be another process.
 */
@Injectable()
export class NotificationStreams {
  /** The open streams of each person. */
  private readonly open = new Map<string, Set<AbortController>>();
  private stopped = false;
  private readonly arrivals = defer(() => {
    let from: Position | null = null;
    const look = defer(async () => {
      const { position, recipients } = await this.inbox.arrivals(from);
      from = position;
      return recipients;
    });
    // An unreachable store is asked again; the streams stay.
    return timer(0, betweenLooks).pipe(exhaustMap(() => look.pipe(catchError(() => EMPTY))));
  }).pipe(share());

  constructor(private readonly inbox: NotificationInbox) {}

  /** What comes after a position, or from now on; undefined where the person has too many streams. */
  async follow(recipient: string, after: Position | null): Promise<NotificationStream | undefined> {
    const from = after ?? (await this.inbox.position());
    const streams = this.open.get(recipient) ?? new Set();
    if (streams.size >= mostStreams) return undefined;
    const over = new AbortController();
    this.open.set(recipient, streams.add(over));
    const close = (): void => {
      over.abort();
    };
    const longest = setTimeout(close, longestStream).unref();
    over.signal.addEventListener('abort', () => {
      clearTimeout(longest);
      streams.delete(over);
      if (streams.size === 0) this.open.delete(recipient);
    });
    if (this.stopped) close();
    return { told: this.read(recipient, from, over.signal), signal: over.signal, close };
  }

  /** Ends every stream, and those that are opened from now on. */
  stop(): void {
    this.stopped = true;
    for (const streams of [...this.open.values()]) for (const over of [...streams]) over.abort();
  }

  private async *read(
    recipient: string,
    from: Position,
    signal: AbortSignal,
  ): AsyncGenerator<Told | null> {
    let last = from;
    const arrived = new BehaviorSubject(0);
    // Listens from before it reads: what comes meanwhile is read in the next turn.
    const listening = this.arrivals
      .pipe(filter((who) => who === 'anybody' || who.has(recipient)))
      .subscribe(() => {
        arrived.next(arrived.value + 1);
      });
    try {
      while (!signal.aborted) {
        const before = arrived.value;
        const newer = await this.inbox.after(recipient, last, pageSize);
        for (const one of newer) {
          yield one;
          last = one.position;
        }
        if (newer.length === pageSize) continue;
        const news = arrived.pipe(filter((count) => count > before));
        if ((await whichFirst(news, signal)) === 'silence') yield null;
      }
    } finally {
      listening.unsubscribe();
    }
  }
}

/** What ends the waiting for news. */
async function whichFirst(
  news: Observable<unknown>,
  signal: AbortSignal,
): Promise<'news' | 'silence' | 'over'> {
  if (signal.aborted) return 'over';
  const first = merge(
    news.pipe(map(() => 'news' as const)),
    timer(heartbeat).pipe(map(() => 'silence' as const)),
  ).pipe(takeUntil(fromEvent(signal, 'abort')));
  return firstValueFrom(first, { defaultValue: 'over' });
}
