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
  let last: RecordedEvent | null = null;
  for (const event of events) {
    if (stopping.aborted) break;
    const concerned = reaction.prefixes.some((prefix) => event.stream.startsWith(prefix));
    try {
      if (concerned) await reaction.react(event);
    } catch (error) {
      return isPassing(error)
        ? { last, retry: error, poison: null }
        : { last, retry: null, poison: new PoisonEvent(reaction.name, event, error) };
    }
    last = event;
  }
  return { last, retry: null, poison: null };
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
