import { StoreUnavailable, type Position } from '../../src/engine/event-store';
import {
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
  position: Position | null;
  readonly documents: Map<string, Document>;
}

export type MemoryCollections = Map<string, Stored>;

interface Stored {
  readonly version: number;
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
    const known = this.collections.get(collection.name);
    if (known?.version !== collection.version) {
      // The number goes on, so that a runner of the old version cannot take it for its own.
      const answering = (known?.newest ?? 0) + 1;
      const generations = new Map([[answering, emptyGeneration()]]);
      const { version, name } = collection;
      this.collections.set(name, { version, generations, answering, newest: answering });
    }
    return this.#answering(collection);
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
    return json(find(collection, this.#documents(collection), query)) as Found<D>;
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
    return { generation: expected.generation, position };
  }

  async checkpoint(collection: Collection): Promise<Checkpoint | null> {
    await this.#reach();
    return this.collections.has(collection.name) ? this.#answering(collection) : null;
  }

  async beginRebuild(collection: Collection): Promise<Checkpoint> {
    await this.#reach();
    const stored = this.#stored(collection);
    for (const number of stored.generations.keys())
      if (number !== stored.answering) stored.generations.delete(number);
    stored.newest += 1;
    stored.generations.set(stored.newest, emptyGeneration());
    return { generation: stored.newest, position: null };
  }

  async activate(collection: Collection, rebuilt: Checkpoint): Promise<void> {
    await this.#reach();
    this.#generationAt(collection, rebuilt);
    const stored = this.#stored(collection);
    if (stored.answering === rebuilt.generation) return;
    stored.generations.delete(stored.answering);
    stored.answering = rebuilt.generation;
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

  #answering(collection: Collection): Checkpoint {
    const { answering, generations } = this.#stored(collection);
    return { generation: answering, position: generations.get(answering)?.position ?? null };
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

function emptyGeneration(): Generation {
  return { position: null, documents: new Map() };
}
