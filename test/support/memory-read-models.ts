import { StoreUnavailable, type Position } from '../../src/engine/event-store';
import {
  isLevel,
  NewerVersion,
  StaleCheckpoint,
  type Change,
  type Checkpoint,
  type Collection,
  type Document,
  type Found,
  type Query,
  type ReadModels,
} from '../../src/engine/read-models';

import { json } from './memory-event-store';
import { find } from './memory-query';

interface Generation {
  readonly version: number;
  indexes: Collection['indexes'];
  position: Position | null;
  readonly documents: Map<string, Document>;
}

export type MemoryCollections = Map<string, Stored>;

interface Stored {
  readonly generations: Map<number, Generation>;
  answering: number;
  newest: number;
}

export class MemoryReadModels implements ReadModels {
  #closed = false;

  /** Give several the same collections to have several connections to them. */
  constructor(private readonly collections: MemoryCollections = new Map()) {}

  async open(collection: Collection): Promise<Checkpoint> {
    await this.#reach();
    const { name, version } = collection;
    const none = { generations: new Map<number, Generation>(), answering: 0, newest: 0 };
    const stored = this.collections.get(name) ?? none;
    this.collections.set(name, stored);
    const own = this.#ofVersion(collection);
    if (own !== undefined) {
      this.#generationAt(collection, own).indexes = collection.indexes;
      return own;
    }
    if ([...stored.generations.values()].some((other) => other.version > version))
      throw new NewerVersion(name);
    const begun = this.#begin(collection);
    this.#replaceIfLevel(collection, begun);
    return begun;
  }

  async get<D extends Document>(collection: Collection, id: string): Promise<D | undefined> {
    return (await this.getMany(collection, [id])).get(id) as D | undefined;
  }

  async getMany(
    collection: Collection,
    ids: readonly string[],
    generation?: number,
  ): Promise<ReadonlyMap<string, Document>> {
    await this.#reach();
    const documents = this.#documents(collection, generation);
    return new Map(
      ids.flatMap((id) => {
        const document = documents.get(id);
        return document === undefined ? [] : [[id, json(document)] as const];
      }),
    );
  }

  async find<D extends Document>(collection: Collection, query: Query): Promise<Found<D>> {
    await this.#reach();
    const found = json(find(collection, this.#documents(collection), query)) as Found<D>;
    const { answering, generations } = this.#stored(collection);
    if (!generations.get(answering)?.indexes.some(({ name }) => name === query.index))
      throw new StoreUnavailable('memory', new Error(`no index ${query.index} yet`));
    return found;
  }

  async commit(
    collection: Collection,
    expected: Checkpoint,
    changes: readonly Change[],
    position: Position,
  ): Promise<Checkpoint> {
    await this.#reach();
    const generation = this.#generationAt(collection, expected);
    for (const change of json(changes)) {
      if ('put' in change) generation.documents.set(change.put, change.document);
      else generation.documents.delete(change.delete);
    }
    generation.position = position;
    const reached = { generation: expected.generation, position };
    this.#replaceIfLevel(collection, reached);
    return reached;
  }

  async checkpoint(collection: Collection): Promise<Checkpoint | null> {
    await this.#reach();
    return this.#ofVersion(collection) ?? null;
  }

  async beginRebuild(collection: Collection): Promise<Checkpoint> {
    await this.#reach();
    return this.#begin(collection);
  }

  async activate(collection: Collection, rebuilt: Checkpoint): Promise<void> {
    await this.#reach();
    if (this.#stored(collection).answering === rebuilt.generation) return;
    this.#generationAt(collection, rebuilt);
    this.#letAnswer(collection, rebuilt);
  }

  close(): Promise<void> {
    this.#closed = true;
    return Promise.resolve();
  }

  async #reach(): Promise<void> {
    await new Promise(setImmediate);
    if (this.#closed) throw new StoreUnavailable('memory', new Error('closed'));
  }

  #stored(collection: Collection): Stored {
    const stored = this.collections.get(collection.name);
    if (stored === undefined) throw new Error(`${collection.name} was never opened`);
    return stored;
  }

  #ofVersion({ name, version }: Collection): Checkpoint | undefined {
    const generations = this.collections.get(name)?.generations ?? new Map<number, Generation>();
    // The answering one is the older, and so the first.
    return [...generations]
      .filter(([, one]) => one.version === version)
      .map(([generation, { position }]) => ({ generation, position }))[0];
  }

  #begin(collection: Collection): Checkpoint {
    const stored = this.#stored(collection);
    for (const number of stored.generations.keys())
      if (number !== stored.answering) stored.generations.delete(number);
    stored.newest += 1;
    stored.generations.set(stored.newest, emptyGeneration(collection));
    return { generation: stored.newest, position: null };
  }

  #replaceIfLevel(collection: Collection, reached: Checkpoint): void {
    const { answering, generations } = this.#stored(collection);
    const old = generations.get(answering);
    if (old !== undefined && old.version >= collection.version) return;
    if (isLevel(reached.position, old?.position ?? null)) this.#letAnswer(collection, reached);
  }

  #letAnswer(collection: Collection, { generation }: Checkpoint): void {
    const stored = this.#stored(collection);
    stored.generations.delete(stored.answering);
    stored.answering = generation;
  }

  #documents(collection: Collection, generation?: number): ReadonlyMap<string, Document> {
    const { answering, generations } = this.#stored(collection);
    const documents = generations.get(generation ?? answering)?.documents;
    if (documents === undefined) throw new StaleCheckpoint(collection.name);
    return documents;
  }

  #generationAt(collection: Collection, expected: Checkpoint): Generation {
    const generation = this.#stored(collection).generations.get(expected.generation);
    if (generation === undefined || generation.position !== expected.position)
      throw new StaleCheckpoint(collection.name);
    return generation;
  }
}

function emptyGeneration({ version, indexes }: Collection): Generation {
  return { version, indexes, position: null, documents: new Map() };
}
