import { randomUUID } from 'node:crypto';
import type { AnyBulkWriteOperation, Collection as MongoCollection, Db } from 'mongodb';
import type { Position } from '../../engine/event-store';
import type { Index } from '../../engine/read-models';
import { indexDescriptions, inParts, type StoredDocument, type Write } from './documents';
import { isSettled } from './failures';
import type { GenerationState, Registry } from './registry';

interface JournalPart {
  readonly sequence: number;
  readonly batch: string;
  readonly part: number;
  readonly writes: readonly Write[];
}

/** A new primary may take a moment to know what a majority has; the parts of a decided batch it has at once. */
const newest = { readConcern: { level: 'local' } } as const;

/**
 * One generation of a collection: its documents and its journal.
 *
 * A batch takes effect exactly once, without transactions, whoever dies or pauses on the way:
 *
 * 1. The writes go into the journal, under the number the batch would have. Nobody reads them yet.
 * 2. **Decision.** One compare-and-set on the generation's state makes the batch the pending one. It
 *    succeeds only from the very state the writer saw, with nothing pending. So of several writers
 *    one wins; and as positions only go forward, no batch has been decided since the documents it
 *    was folded from were complete at that position. From here on the batch will be applied.
 * 3. The documents are written, each whole, and only over one of a lower batch number. Doing so
 *    again, or twice at once, changes nothing.
 * 4. The state's position moves to the batch's, nothing is pending any more.
 * 5. The journal is emptied up to this number, what losers and the dead left there included.
 *
 * A writer that dies before 2 leaves nothing that counts. After 2, whoever wants to commit next, or
 * opens the collection, finds the pending batch and finishes it first (3 to 5); so no fold ever
 * starts from documents half-way between two positions and gets committed.
 *
 * A writer that pauses within 3 and wakes up when later batches are decided finds every document it
 * would write at its own number or a higher one: batch n was applied in full before n + 1 was
 * decided, and deleted documents stay as tombstones. For the same reason an insert that meets its
 * id taken has nothing left to do. A writer that pauses before 2 or 4 fails the compare-and-set.
 *
 * Every write waits for a majority and the state is read as a majority has it: a decision that has been
 * seen is never rolled back.
 */
export class Generation {
  readonly documents: MongoCollection<StoredDocument>;
  private readonly journal: MongoCollection<JournalPart>;

  constructor(
    database: Db,
    private readonly registry: Registry,
    private readonly collection: string,
    private readonly number: number,
  ) {
    this.documents = database.collection(`documents.${collection}.${number}`);
    this.journal = database.collection(`journal.${collection}.${number}`);
  }

  /**
   * Makes the indexes that are missing. Over many documents that may outlast a call: the server goes
   * on by itself, and the next to ask waits for the same index.
   */
  async prepare(indexes: readonly Index[]): Promise<void> {
    const descriptions = indexDescriptions(indexes);
    if (descriptions.length > 0) await this.documents.createIndexes(descriptions);
    await this.journal.createIndex({ sequence: 1, batch: 1, part: 1 });
  }

  /** Applies the writes and moves on from the state that was seen; false where it is not that state any longer. */
  async commit(
    seen: GenerationState,
    writes: readonly Write[],
    position: Position,
  ): Promise<boolean> {
    if (writes.length === 0) return this.move(seen, { ...seen, position });

    const batch = randomUUID();
    const sequence = seen.sequence + 1;
    const parts = inParts(writes);
    for (const [part, content] of parts.entries()) {
      await this.journal.insertOne({ sequence, batch, part, writes: content });
    }
    const pending = { batch, parts: parts.length, position };
    const decided = { ...seen, sequence, pending };
    if (!(await this.move(seen, decided))) return false;

    for (const content of parts) await this.apply(content, sequence);
    await this.complete(decided, position);
    return true;
  }

  /** Finishes the pending batch of a writer that may have died. */
  async finish(state: GenerationState): Promise<void> {
    const { sequence, pending } = state;
    if (pending === null) return;
    const { batch, parts, position } = pending;
    for (let part = 0; part < parts; part += 1) {
      const found = await this.journal.findOne({ sequence, batch, part }, newest);
      // Another has finished it meanwhile; or, where it is still pending, somebody emptied the journal.
      if (found === null) return this.registry.giveUp(this.collection, this.number, state);
      await this.apply(found.writes, sequence);
    }
    await this.complete(state, position);
  }

  private async apply(writes: readonly Write[], sequence: number): Promise<void> {
    const operations = writes.map(({ _id, document }): AnyBulkWriteOperation<StoredDocument> => ({
      replaceOne: {
        filter: { _id, sequence: { $lt: sequence } },
        replacement: document === undefined ? { sequence } : { sequence, document },
        upsert: true,
      },
    }));
    try {
      await this.documents.bulkWrite(operations, { ordered: false });
    } catch (error) {
      if (!isSettled(error, operations.length)) throw error;
    }
  }

  private async complete(decided: GenerationState, position: Position): Promise<void> {
    const { sequence } = decided;
    await this.move(decided, { ...decided, position, pending: null });
    // The commit is done; what stays for now goes with the next batch.
    await this.journal.deleteMany({ sequence: { $lte: sequence } }).catch(() => undefined);
  }

  private move(seen: GenerationState, next: GenerationState): Promise<boolean> {
    return this.registry.move(this.collection, this.number, seen, next);
  }
}

/**
 * Drops what belongs to no generation any longer. The names are taken before the record is read: a
 * generation stands in the record before it has documents, and its number never comes again.
 */
export async function dropUnknown(
  database: Db,
  collection: string,
  isKnown: () => Promise<(generation: number) => boolean>,
): Promise<void> {
  const all = await database.listCollections({}, { nameOnly: true }).toArray();
  const known = await isKnown();
  for (const { name } of all) {
    const [, owner, generation] = /^(?:documents|journal)\.(.+)\.(\d+)$/.exec(name) ?? [];
    if (owner === collection && !known(Number(generation))) await database.dropCollection(name);
  }
}
