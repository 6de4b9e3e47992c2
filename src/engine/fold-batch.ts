import { setImmediate as nextTurn } from 'node:timers/promises';
import { countersAfter, type Addition } from './counting';
import type { RecordedEvent } from './event-store';
import type { Look, Projection } from './projection';
import type { Change, Checkpoint, Document, ReadModels } from './read-models';

/** A projection cannot take in an event; repeating would not help. */
export class PoisonEvent extends Error {
  override readonly name = 'PoisonEvent';
  constructor(
    readonly projection: string,
    readonly event: RecordedEvent,
    cause: unknown,
  ) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}

export interface Folded {
  /** Where the generation stands now. */
  readonly checkpoint: Checkpoint;
  /** The event the fold stopped at, every one before it being committed; null where all went in. */
  readonly poison: PoisonEvent | null;
}

/**
 * Takes a batch into one generation of a projection: reads the documents it touches, folds the
 * events in order and commits documents and checkpoint as one.
 *
 * The batch comes from an unfiltered subscription, and the checkpoint passes events of foreign
 * streams too. So a position counts as reached wherever in the log it lies, which a subscription
 * filtered by the store could not promise (EventStoreDB reports what it skipped only now and then).
 *
 * Rejects with StaleCheckpoint or StoreUnavailable; then read the checkpoint again, since the
 * commit of an unknown outcome may have been applied.
 */
export async function foldBatch(
  projection: Projection,
  readModels: ReadModels,
  from: Checkpoint,
  events: readonly RecordedEvent[],
): Promise<Folded> {
  // A store in this process may answer without a pause: between two batches requests get their turn.
  await nextTurn();
  const routed = route(projection, events);
  const read = async (ids: Iterable<string>): Promise<ReadonlyMap<string, Document>> => {
    const distinct = [...new Set(ids)];
    if (distinct.length === 0) return new Map();
    return readModels.getMany(projection, distinct, from.generation);
  };
  const before = await read(routed.steps.flatMap(({ keys }) => keys));
  const folded = fold(projection, before, routed.steps);
  const counters = await read(folded.additions.map(({ counter }) => counter));

  const poison = folded.poison ?? routed.poison;
  const taken = poison === null ? events : events.slice(0, events.indexOf(poison.event));
  const last = taken.at(-1);
  if (last === undefined) return { checkpoint: from, poison };
  const changes = [
    ...changesBetween(before, folded.after),
    ...changesBetween(counters, countersAfter(counters, folded.additions)),
  ];
  return {
    checkpoint: await readModels.commit(projection, from, changes, last.position),
    poison,
  };
}

interface Step {
  readonly event: RecordedEvent;
  readonly keys: readonly string[];
}

function route(
  projection: Projection,
  events: readonly RecordedEvent[],
): { steps: readonly Step[]; poison: PoisonEvent | null } {
  const steps: Step[] = [];
  for (const event of events) {
    if (!projection.prefixes.some((prefix) => event.stream.startsWith(prefix))) continue;
    try {
      steps.push({ event, keys: projection.keys(event) });
    } catch (error) {
      return { steps, poison: new PoisonEvent(projection.name, event, error) };
    }
  }
  return { steps, poison: null };
}

type Documents = ReadonlyMap<string, Document | undefined>;

/** Each event sees the documents as the earlier ones left them; one that fails leaves no part of itself. */
function fold(
  projection: Projection,
  before: Documents,
  steps: readonly Step[],
): { after: Documents; additions: readonly Addition[]; poison: PoisonEvent | null } {
  const after = new Map<string, Document | undefined>();
  const additions: Addition[] = [];
  const current: Look<Document> = (key) => (after.has(key) ? after.get(key) : before.get(key));
  for (const { event, keys } of steps) {
    try {
      const results = new Map(
        keys.map((key) => [key, projection.project(current(key), event, key, current)]),
      );
      const more = projection.additions?.(event, current, (key) => results.get(key)) ?? [];
      for (const [key, document] of results) after.set(key, document);
      for (const addition of more) additions.push(addition);
    } catch (error) {
      return { after, additions, poison: new PoisonEvent(projection.name, event, error) };
    }
  }
  return { after, additions, poison: null };
}

function changesBetween(before: Documents, after: Documents): Change[] {
  const changes: Change[] = [];
  for (const [id, document] of after) {
    if (document === before.get(id)) continue;
    changes.push(document === undefined ? { delete: id } : { put: id, document });
  }
  return changes;
}
