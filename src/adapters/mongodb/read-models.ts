import { MongoServerError, type Collection as MongoCollection } from 'mongodb';
import type { Position } from '../../engine/event-store';
import {
  type Change,
  type Checkpoint,
  type Collection,
  type Document,
  type Found,
  type Query,
  type ReadModels,
  StaleCheckpoint,
} from '../../engine/read-models';
import type { MongoConnection } from './connection';
import { isThere, keysOf, type StoredDocument, writesOf } from './documents';
import { dropUnknown, Generation } from './generation';
import { selects, valueAt } from './query';
import { type CollectionRecord, generationOf, hasGeneration, Registry, stateOf } from './registry';

/**
 * Read models in MongoDB, shared by any number of processes: a collection of documents a generation,
 * and one record for each collection of read models ({@link Registry}).
 *
 * A commit is described at {@link Generation}. Documents may be seen shortly before the checkpoint
 * says so, never after. The database may be emptied at any time, and fills again from the log.
 *
 * A field of an index holds values of one type, or null (a missing field counts as null).
 * `Query.contains` is checked on the documents the index yields.
 */
export class MongoReadModels implements ReadModels {
  private readonly registry: Registry;
  /** The generation that answered last, by collection; every answer is checked against the record. */
  private readonly answering = new Map<string, number>();

  /** Closes the connection when it is closed itself. */
  constructor(private readonly connection: MongoConnection) {
    this.registry = new Registry(connection.readModels.collection('read-models'));
  }

  open(collection: Collection): Promise<Checkpoint> {
    return this.connection.use(async () => {
      const number = await this.registry.open(collection);
      const generation = this.generation(collection, number);
      await generation.prepare(collection.indexes);
      const state = stateOf(await this.registry.get(collection.name), number);
      if (state !== undefined) await generation.finish(state);
      await this.registry.replaceIfLevel(collection.name, number);
      await this.dropUnknown(collection);
      return checkpointOf(await this.registry.get(collection.name), number);
    });
  }

  async get<D extends Document>(collection: Collection, id: string): Promise<D | undefined> {
    return (await this.getMany(collection, [id])).get(id) as D | undefined;
  }

  getMany(
    collection: Collection,
    ids: readonly string[],
    generation?: number,
  ): Promise<ReadonlyMap<string, Document>> {
    const read = async (documents: MongoCollection<StoredDocument>) => {
      const found = await documents.find({ _id: { $in: [...ids] }, ...isThere }).toArray();
      return new Map(found.map(({ _id, document = {} }) => [_id, document]));
    };
    return this.connection.use(async () => {
      if (generation === undefined) return this.fromAnswering(collection, read);
      const found = await read(this.generation(collection, generation).documents);
      // Afterwards: a generation leaves the record before its documents go.
      if (!hasGeneration(await this.registry.find(collection.name), generation))
        throw new StaleCheckpoint(collection.name);
      return found;
    });
  }

  find<D extends Document>(collection: Collection, query: Query): Promise<Found<D>> {
    return this.connection.use(async () => {
      const index = collection.indexes.find(({ name }) => name === query.index);
      if (index === undefined) throw new Error(`${collection.name} has no index ${query.index}`);
      const steps = selects(index, query);
      const maxTimeMS = this.connection.timeout;
      const found = await this.fromAnswering(collection, async (documents) => {
        const rows: StoredDocument[] = [];
        for (const { filter, sort } of steps) {
          // One more than asked for tells whether there is a next page.
          const limit = query.limit + 1 - rows.length;
          if (limit === 0) break;
          const options = { hint: keysOf(index), sort, limit, batchSize: limit, maxTimeMS };
          rows.push(...(await documents.find(filter, options).toArray()));
        }
        return rows;
      });
      const items = found.slice(0, query.limit).map(({ document = {} }) => document as D);
      const last = found.length > query.limit ? found[query.limit - 1] : undefined;
      if (last === undefined) return { items, next: null };
      const { _id: id, document = {} } = last;
      return { items, next: { order: index.order ? valueAt(document, index.order) : null, id } };
    });
  }

  commit(
    collection: Collection,
    expected: Checkpoint,
    changes: readonly Change[],
    position: Position,
  ): Promise<Checkpoint> {
    return this.connection.use(async () => {
      const writes = writesOf(changes);
      const generation = this.generation(collection, expected.generation);
      const record = await this.registry.find(collection.name);
      const seen = stateOf(record, expected.generation);
      if (seen !== undefined) await generation.finish(seen);
      const isExpected = seen?.pending === null && seen.position === expected.position;
      if (!isExpected || !(await generation.commit(seen, writes, position)))
        throw new StaleCheckpoint(collection.name);
      if (record?.answering !== expected.generation)
        await this.replaceIfLevel(collection, expected);
      return { generation: expected.generation, position };
    });
  }

  checkpoint(collection: Collection): Promise<Checkpoint | null> {
    return this.connection.use(async () => {
      const record = await this.registry.find(collection.name);
      const own = generationOf(record, collection.version);
      return record === null || own === undefined ? null : checkpointOf(record, own);
    });
  }

  beginRebuild(collection: Collection): Promise<Checkpoint> {
    return this.connection.use(async () => {
      const generation = await this.registry.beginRebuild(collection);
      await this.generation(collection, generation).prepare(collection.indexes);
      await this.dropUnknown(collection);
      return { generation, position: null };
    });
  }

  activate(collection: Collection, rebuilt: Checkpoint): Promise<void> {
    return this.connection.use(async () => {
      if (!(await this.registry.activate(collection.name, rebuilt)))
        throw new StaleCheckpoint(collection.name);
      await this.dropUnknown(collection);
    });
  }

  close(): Promise<void> {
    return this.connection.close();
  }

  /**
   * Reads from the generation that answers. Which one that is, is looked up afterwards: a generation
   * that still answers then has not been dropped meanwhile.
   */
  private async fromAnswering<T>(
    { name }: Collection,
    read: (documents: MongoCollection<StoredDocument>) => Promise<T>,
  ): Promise<T> {
    let generation = this.answering.get(name) ?? (await this.registry.get(name)).answering;
    for (;;) {
      const outcome = await read(this.generation({ name }, generation).documents).then(
        (value) => ({ value }),
        (error: unknown) => ({ error }),
      );
      // What the server refuses may be due to the generation having been dropped.
      if ('error' in outcome && !(outcome.error instanceof MongoServerError)) throw outcome.error;
      const { answering } = await this.registry.get(name);
      this.answering.set(name, answering);
      if (answering === generation) {
        if ('error' in outcome) throw outcome.error;
        return outcome.value;
      }
      generation = answering;
    }
  }

  private async replaceIfLevel(collection: Collection, { generation }: Checkpoint): Promise<void> {
    if (await this.registry.replaceIfLevel(collection.name, generation))
      await this.dropUnknown(collection);
  }

  private generation({ name }: Pick<Collection, 'name'>, number: number): Generation {
    return new Generation(this.connection.readModels, this.registry, name, number);
  }

  private dropUnknown({ name }: Collection): Promise<void> {
    return dropUnknown(this.connection.readModels, name, async () => {
      const record = await this.registry.find(name);
      return (generation) => hasGeneration(record, generation);
    });
  }
}

function checkpointOf(record: CollectionRecord, generation: number): Checkpoint {
  return { generation, position: stateOf(record, generation)?.position ?? null };
}
