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
  type Scalar,
} from '../../src/engine/read-models';

import { json } from './memory-event-store';

interface Generation {
  position: Position | null;
  readonly documents: Map<string, Document>;
}

interface Stored {
  readonly version: number;
  readonly generations: Map<number, Generation>;
  answering: number;
  newest: number;
}

export class MemoryReadModels implements ReadModels {
  readonly #collections = new Map<string, Stored>();
  #closed = false;

  async open(collection: Collection): Promise<Checkpoint> {
    await this.#reach();
    const known = this.#collections.get(collection.name);
    if (known?.version !== collection.version) {
      // The number goes on, so that a runner of the old version cannot take it for its own.
      const answering = (known?.newest ?? 0) + 1;
      const generations = new Map([[answering, emptyGeneration()]]);
      const { version, name } = collection;
      this.#collections.set(name, { version, generations, answering, newest: answering });
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
    const index = collection.indexes.find(({ name }) => name === query.index);
    if (index === undefined) throw new Error(`${collection.name} has no index ${query.index}`);
    const { order } = index;
    const conditions = Object.entries({ ...query.equals, ...query.filter });
    const direction = query.descending === true ? -1 : 1;
    const matches = [...this.#documents(collection)]
      .filter(([, document]) => conditions.every(([field, value]) => document[field] === value))
      .filter(([, document]) => contains(document, query.contains))
      .map(([id, document]) => ({
        document,
        place: { order: order === undefined ? null : ((document[order] ?? null) as Scalar), id },
      }))
      .filter(({ place }) => query.from === undefined || compare(place.order, query.from) >= 0)
      .filter(({ place }) => query.to === undefined || compare(place.order, query.to) <= 0)
      .filter(({ place: { order: at, id } }) => {
        const { after } = query;
        if (after === undefined) return true;
        return (compare(at, after.order) || compare(id, after.id)) * direction > 0;
      })
      .sort(
        ({ place: a }, { place: b }) =>
          (compare(a.order, b.order) || compare(a.id, b.id)) * direction,
      );
    const page = matches.slice(0, query.limit);
    return {
      items: page.map(({ document }) => json(document) as D),
      next: matches.length > page.length ? (page.at(-1)?.place ?? null) : null,
    };
  }

  async commit(
    collection: Collection,
    expected: Checkpoint,
    changes: readonly Change[],
    position: Position,
  ): Promise<Checkpoint> {
    await this.#reach();
    const generation = this.#generationAt(collection, expected);
    for (const change of changes) {
      if ('put' in change) generation.documents.set(change.put, json(change.document));
      else generation.documents.delete(change.delete);
    }
    generation.position = position;
    return { generation: expected.generation, position };
  }

  async checkpoint(collection: Collection): Promise<Checkpoint | null> {
    await this.#reach();
    return this.#collections.has(collection.name) ? this.#answering(collection) : null;
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
    const stored = this.#collections.get(collection.name);
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

function contains(document: Document, condition: Query['contains']): boolean {
  if (condition === undefined) return true;
  const field = document[condition.field];
  return Array.isArray(field) && field.includes(condition.value);
}

/** Absent before booleans before numbers before text, as document stores order mixed values. */
function compare(a: Scalar, b: Scalar): number {
  const rank = (value: Scalar): number =>
    value === null ? 0 : ['boolean', 'number', 'string'].indexOf(typeof value) + 1;
  if (rank(a) !== rank(b)) return rank(a) - rank(b);
  if (a === b || a === null || b === null) return 0;
  return a < b ? -1 : 1;
}
