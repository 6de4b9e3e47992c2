import { randomUUID } from 'node:crypto';

import {
  WrongExpectedRevision,
  type EventMetadata,
  type EventStore,
  type Json,
  type NewEvent,
  type Position,
  type RecordedEvent,
} from './event-store';

/** An event as a decision gives it, before it is recorded. */
export interface DomainEvent {
  readonly type: string;
  readonly data: object;
}

/** How a stream of one kind is read. */
export interface Aggregate<State, Event extends DomainEvent> {
  readonly initial: State;
  evolve(state: State, event: Event): State;
  /** The same for several at once, where one by one would copy a large state each time. */
  evolveAll?(state: State, events: readonly Event[]): State;
  /** The stored event in today's shape; throws on a type it does not know. */
  read(recorded: RecordedEvent): Event;
}

export interface Command<State, Event extends DomainEvent, Refusal> {
  readonly stream: string;
  /** Finds a repeat of the same command; null for commands that repeat harmlessly. */
  readonly identity: EventMetadata['command'];
  /** Revision the caller saw; null where any will do. */
  readonly ifRevision: number | null;
  /** Whether the caller may know of what is there; where not, nothing else is said of it. */
  mayKnow(state: State): boolean;
  decide(
    state: State,
  ): Promise<{ readonly accepted: readonly Event[] } | { readonly refused: Refusal }>;
  metadata(event: Event, before: State, after: State): EventMetadata;
}

export type Outcome<State, Event, Refusal> =
  | {
      readonly kind: 'accepted';
      /** State, revision and position right after the command, also where it is a repeat. */
      readonly state: State;
      readonly revision: number;
      readonly position: Position;
      readonly events: readonly Event[];
    }
  | { readonly kind: 'refused'; readonly refused: Refusal }
  /** The caller's revision is not the stream's. */
  | { readonly kind: 'stale'; readonly revision: number }
  /** The identity belongs to an earlier, different command. */
  | { readonly kind: 'identity-reused' }
  /** Nothing is there that the caller may know of. */
  | { readonly kind: 'unknown' };

const mostAttempts = 100;

/**
 * The one loop of the write side: load, evolve, decide, append. A writer that was second decides
 * anew on what the first one left; a repeated command gets the first answer and adds nothing.
 */
export async function execute<State, Event extends DomainEvent, Refusal>(
  store: EventStore,
  aggregate: Aggregate<State, Event>,
  command: Command<State, Event, Refusal>,
): Promise<Outcome<State, Event, Refusal>> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await attemptOnce(store, aggregate, command);
    } catch (error) {
      if (!(error instanceof WrongExpectedRevision) || attempt === mostAttempts) throw error;
    }
  }
}

async function attemptOnce<State, Event extends DomainEvent, Refusal>(
  store: EventStore,
  aggregate: Aggregate<State, Event>,
  command: Command<State, Event, Refusal>,
): Promise<Outcome<State, Event, Refusal>> {
  const history = await store.read(command.stream);
  const repeat = repeatOf(history, aggregate, command.identity);
  if (repeat !== undefined) return repeat;
  const last = history.at(-1);
  const before = foldOn(aggregate, history);
  if (!command.mayKnow(before)) return { kind: 'unknown' };
  if (command.ifRevision !== null && command.ifRevision !== (last?.revision ?? -1)) {
    return { kind: 'stale', revision: last?.revision ?? -1 };
  }
  const decision = await command.decide(before);
  if ('refused' in decision) return { kind: 'refused', refused: decision.refused };
  const after = evolved(aggregate, before, decision.accepted);
  const [first, ...rest] = decision.accepted.map((event): NewEvent => ({
    id: randomUUID(),
    type: event.type,
    data: event.data as Json,
    metadata: command.metadata(event, before, after),
  }));
  if (first === undefined) {
    if (last === undefined) return { kind: 'unknown' };
    const { revision, position } = last;
    return { kind: 'accepted', state: before, revision, position, events: [] };
  }
  const appended = await store.append(
    command.stream,
    [first, ...rest],
    last?.revision ?? 'no-stream',
  );
  return { kind: 'accepted', state: after, ...appended, events: decision.accepted };
}

/** The first answer to a command already recorded; undefined where it is new. */
function repeatOf<State, Event extends DomainEvent>(
  history: readonly RecordedEvent[],
  aggregate: Aggregate<State, Event>,
  identity: EventMetadata['command'],
): Outcome<State, Event, never> | undefined {
  if (identity === null) return undefined;
  const caused = history.filter((event) => event.metadata.command?.id === identity.id);
  const last = caused.at(-1);
  if (last === undefined) return undefined;
  if (last.metadata.command?.digest !== identity.digest) return { kind: 'identity-reused' };
  return {
    kind: 'accepted',
    state: fold(aggregate, history.slice(0, last.revision + 1)),
    revision: last.revision,
    position: last.position,
    events: caused.map((event) => aggregate.read(event)),
  };
}

/** States by the last event taken in, kept as long as the event is. */
const folded = new WeakMap<object, WeakMap<RecordedEvent, unknown>>();

/**
 * As {@link fold}, for a whole stream: begins where the same events were folded before, which a store that holds
 * streams in memory gives again.
 */
function foldOn<State, Event extends DomainEvent>(
  aggregate: Aggregate<State, Event>,
  history: readonly RecordedEvent[],
): State {
  const known = (folded.get(aggregate) ?? new WeakMap()) as WeakMap<
    RecordedEvent,
    { state: State }
  >;
  folded.set(aggregate, known);
  const at = history.findLastIndex((event) => known.has(event));
  const from = at < 0 ? undefined : history[at];
  const before = (from && known.get(from)?.state) ?? aggregate.initial;
  const state = fold(aggregate, history.slice(at + 1), before);
  const last = history.at(-1);
  // One for each stream: what it was before is asked for by nobody.
  if (from !== undefined) known.delete(from);
  if (last !== undefined) known.set(last, { state });
  return state;
}

export function fold<State, Event extends DomainEvent>(
  aggregate: Aggregate<State, Event>,
  history: readonly RecordedEvent[],
  before = aggregate.initial,
): State {
  return evolved(
    aggregate,
    before,
    history.map((event) => aggregate.read(event)),
  );
}

function evolved<State, Event extends DomainEvent>(
  aggregate: Aggregate<State, Event>,
  before: State,
  events: readonly Event[],
): State {
  if (events.length === 0) return before;
  if (aggregate.evolveAll !== undefined) return aggregate.evolveAll(before, events);
  return events.reduce((state, event) => aggregate.evolve(state, event), before);
}
