import type { Instant } from './instant';

export type Json =
  null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** Names a place in the whole log. Opaque; compares as text in commit order; safe in JSON. */
export type Position = string;

/** Who caused an event: a person acting for an organisation, or one of the system's own processes. */
export type Actor =
  | {
      readonly kind: 'person';
      readonly subject: string;
      readonly roles: readonly string[];
      readonly organisation: string | null;
    }
  | { readonly kind: 'system'; readonly process: string };

/** What the audit trail needs to know of every event, whatever the event is about. */
export interface EventMetadata {
  readonly at: Instant;
  readonly actor: Actor;
  /** Network address the command came from; null for the system's own. */
  readonly address: string | null;
  /** The command that caused it: `id` finds a repeated command, `digest` tells whether it is the same. */
  readonly command: { readonly id: string; readonly digest: string } | null;
  /** The version of the round's policy under which it was judged. */
  readonly policyVersion: number | null;
  /** The person it is about, by account; null where it is about nobody. */
  readonly person: string | null;
  /** Organisations whose jurisdiction it falls in, the nearest first. */
  readonly jurisdiction: readonly string[];
}

export interface NewEvent {
  /** UUID, chosen by the caller, so that an append of unknown outcome can be looked up. */
  readonly id: string;
  readonly type: string;
  readonly data: Json;
  readonly metadata: EventMetadata;
}

export interface RecordedEvent extends NewEvent {
  readonly stream: string;
  /** Place in its stream, from 0. */
  readonly revision: number;
  readonly position: Position;
}

/** Revision the stream must stand at for an append to be taken. */
export type ExpectedRevision = number | 'no-stream';

export interface Appended {
  readonly revision: number;
  readonly position: Position;
}

/** A stretch of the log in commit order; `caughtUp` where nothing newer was there when it was read. */
export interface Batch {
  readonly events: readonly RecordedEvent[];
  readonly caughtUp: boolean;
}

export interface SubscribeOptions {
  /** Only streams whose name begins with one of these; every stream without it. */
  readonly prefixes?: readonly string[];
  /** Most events in one batch. Default 500. */
  readonly batchSize?: number;
  readonly signal: AbortSignal;
}

/**
 * The log. Appends are durable before they resolve and all or nothing; positions leave no gap that
 * could hide a later commit.
 *
 * Rejects with {@link WrongExpectedRevision} or {@link StoreUnavailable}, with nothing else a
 * caller could have avoided.
 */
export interface EventStore {
  /** Events of one stream from a revision on (default 0), oldest first; empty for an unknown stream. */
  read(stream: string, from?: number): Promise<readonly RecordedEvent[]>;

  /**
   * Where the answer is lost, the store finds out by the events' ids what became of them. Where it cannot,
   * it rejects with {@link StoreUnavailable}, and the append may still be applied later: asked for again,
   * with these ids or for the same expected revision, it counts once.
   */
  append(
    stream: string,
    events: readonly [NewEvent, ...NewEvent[]],
    expected: ExpectedRevision,
  ): Promise<Appended>;

  /**
   * Everything after a position (null: from the start), then what comes, until `signal` aborts,
   * which ends the iteration without an error. The next batch is read when the consumer asks for it.
   * Yields an empty batch once caught up with an empty or filtered-out log.
   */
  subscribe(after: Position | null, options: SubscribeOptions): AsyncIterable<Batch>;

  /** Position of the newest event of all, null for an empty log. */
  head(): Promise<Position | null>;

  close(): Promise<void>;
}

/** Another writer was first: the stream does not stand at the expected revision. */
export class WrongExpectedRevision extends Error {
  override readonly name = 'WrongExpectedRevision';
  constructor(
    readonly stream: string,
    readonly expected: ExpectedRevision,
    readonly actual: ExpectedRevision,
  ) {
    super(`stream ${stream} stands at ${String(actual)}, not at ${String(expected)}`);
  }
}

/** A store cannot be reached or cannot write. What was asked was not applied, but for an append ({@link EventStore.append}). */
export class StoreUnavailable extends Error {
  override readonly name = 'StoreUnavailable';
  constructor(
    readonly store: string,
    cause: unknown,
  ) {
    super(`${store} is unavailable`, { cause });
  }
}
