import {
  StoreUnavailable,
  WrongExpectedRevision,
  type EventStore,
  type RecordedEvent,
} from './event-store';
import { PoisonEvent, type Folded } from './fold-batch';
import { LogFollower, type FollowerOptions } from './log-follower';
import type { Reaction } from './reaction';
import { StaleCheckpoint, type Checkpoint, type Collection, type ReadModels } from './read-models';

/** Keeps one reaction up with the log, an event after the other, each at least once. */
export class ReactionRunner extends LogFollower {
  constructor(
    reaction: Reaction,
    store: EventStore,
    readModels: ReadModels,
    options: FollowerOptions = {},
  ) {
    const collection = { name: `reaction-${reaction.name}`, version: 1, indexes: [] };
    super(
      collection,
      async (from, events, stopping) => {
        const reacted = await reactToEach(reaction, events, stopping);
        const checkpoint = await moveOn(readModels, collection, from, reacted.last);
        if (reacted.retry !== null) throw reacted.retry;
        return { checkpoint, poison: reacted.poison };
      },
      store,
      readModels,
      options,
    );
  }
}

interface Reacted extends Pick<Folded, 'poison'> {
  /** The last event that is done with; null for none. */
  readonly last: RecordedEvent | null;
  /** Why it stopped after it, where it is worth trying again. */
  readonly retry: Error | null;
}

async function reactToEach(
  reaction: Reaction,
  events: readonly RecordedEvent[],
  stopping: AbortSignal,
): Promise<Reacted> {
  const { atOnce = 1 } = reaction;
  let last: RecordedEvent | null = null;
  for (let next = 0; next < events.length && !stopping.aborted; next += atOnce) {
    const group = events.slice(next, next + atOnce);
    const failures = await Promise.all(group.map((event) => failureOf(reaction, event)));
    for (const [index, event] of group.entries()) {
      const failure = failures[index] ?? null;
      if (failure !== null) return { last, ...failure };
      last = event;
    }
  }
  return { last, retry: null, poison: null };
}

type Failure = Omit<Reacted, 'last'>;

async function failureOf(reaction: Reaction, event: RecordedEvent): Promise<Failure | null> {
  try {
    const concerned = reaction.prefixes.some((prefix) => event.stream.startsWith(prefix));
    if (concerned) await reaction.react(event);
    return null;
  } catch (error) {
    return isPassing(error)
      ? { retry: error, poison: null }
      : { retry: null, poison: new PoisonEvent(reaction.name, event, error) };
  }
}

function isPassing(error: unknown): error is Error {
  return (
    error instanceof StoreUnavailable ||
    error instanceof WrongExpectedRevision ||
    error instanceof StaleCheckpoint
  );
}

async function moveOn(
  readModels: ReadModels,
  collection: Collection,
  from: Checkpoint,
  last: RecordedEvent | null,
): Promise<Checkpoint> {
  return last === null ? from : readModels.commit(collection, from, noDocuments, last.position);
}

const noDocuments: readonly never[] = [];
