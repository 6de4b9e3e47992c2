import { BSON } from 'mongodb';
import { CommandError } from './command-error';
import { matcherOf, sorted, valueAt } from './matching';
import { applyUpdate, fromFilter, isReplacement } from './updating';
import { copyOf, type Doc, sizeOf } from './wire';

export interface IndexSpecification extends Doc {
  readonly name: string;
  readonly key: Doc;
  readonly unique?: boolean;
  readonly partialFilterExpression?: Doc;
}

export interface Updated {
  readonly matched: number;
  readonly modified: number;
  readonly upserted?: unknown;
}

const largestDocument = 16 * 1024 * 1024;

/** Documents by their ids, with unique indexes enforced and every filter a walk through all of them. */
export class StandInCollection {
  readonly #documents = new Map<string, Doc>();
  readonly indexes: IndexSpecification[] = [{ v: 2, key: { _id: 1 }, name: '_id_' }];

  insert(document: Doc): void {
    const added = '_id' in document ? document : { _id: new BSON.ObjectId(), ...document };
    if (this.#documents.has(keyOf(added._id))) throw duplicateKey({ _id: added._id });
    this.#store(added);
  }

  find(filter: Doc, sort: Doc = {}): Doc[] {
    return sorted(this.#matching(filter), sort);
  }

  update(filter: Doc, update: Doc, { upsert = false, multi = false }): Updated {
    const found = this.#matching(filter);
    const targets = multi ? found : found.slice(0, 1);
    if (targets.length === 0 && upsert) return this.#upsert(filter, update);
    let modified = 0;
    for (const before of targets) {
      const after = applyUpdate(before, update, false);
      if (BSON.EJSON.stringify(after) === BSON.EJSON.stringify(before)) continue;
      this.#store(after);
      modified += 1;
    }
    return { matched: targets.length, modified };
  }

  delete(filter: Doc, limit: number): number {
    const found = this.#matching(filter);
    const targets = limit === 0 ? found : found.slice(0, limit);
    for (const { _id } of targets) this.#documents.delete(keyOf(_id));
    return targets.length;
  }

  createIndex(index: IndexSpecification): void {
    const same = this.indexes.find(({ name }) => name === index.name);
    if (same === undefined) {
      this.indexes.push(index);
      for (const document of this.#documents.values()) this.#checkUnique(document);
    } else if (BSON.EJSON.stringify(same.key) !== BSON.EJSON.stringify(index.key)) {
      throw new CommandError(86, `an index ${index.name} exists with other keys`);
    }
  }

  /** Refuses a hint that names no index, or a partial one that lacks documents the filter asks for. */
  checkHint(hint: Doc, filter: Doc): void {
    const wanted = BSON.EJSON.stringify(hint);
    const index = this.indexes.find(({ key }) => BSON.EJSON.stringify(key) === wanted);
    if (index === undefined) throw new CommandError(2, 'the hint is no index of the collection');
    const conjunction = [filter, ...((filter.$and as Doc[] | undefined) ?? [])];
    const asked = conjunction.flatMap((part) => Object.entries(part)).map(text);
    const promised = Object.entries(index.partialFilterExpression ?? {}).map(text);
    if (!promised.every((condition) => asked.includes(condition)))
      throw new CommandError(2, 'the hinted index is partial and does not cover the filter');
  }

  #upsert(filter: Doc, update: Doc): Updated {
    const given = fromFilter(filter);
    const base = isReplacement(update) ? ('_id' in given ? { _id: given._id } : {}) : given;
    const made = applyUpdate(base, update, true);
    const added = '_id' in made ? made : { _id: new BSON.ObjectId(), ...made };
    this.insert(added);
    return { matched: 0, modified: 0, upserted: added._id };
  }

  #matching(filter: Doc): Doc[] {
    const matches = matcherOf(filter);
    return this.#candidates(filter._id).filter(matches);
  }

  #candidates(id: unknown): Doc[] {
    const isId = typeof id === 'string' || id instanceof BSON.ObjectId;
    if (!isId) return [...this.#documents.values()];
    const document = this.#documents.get(keyOf(id));
    return document === undefined ? [] : [document];
  }

  #store(document: Doc): void {
    if (sizeOf(document) > largestDocument) throw new CommandError(10334, 'object too large');
    this.#checkUnique(document);
    this.#documents.set(keyOf(document._id), copyOf(document));
  }

  #checkUnique(document: Doc): void {
    for (const { key, unique = false } of this.indexes) {
      if (!unique) continue;
      const fields = Object.keys(key);
      const values = Object.fromEntries(
        fields.map((field) => [field, valueAt(document, field) ?? null]),
      );
      const same = this.#matching(values).filter(({ _id }) => keyOf(_id) !== keyOf(document._id));
      if (same.length > 0) throw duplicateKey(values);
    }
  }
}

function keyOf(id: unknown): string {
  return BSON.EJSON.stringify({ id });
}

function text(condition: [string, unknown]): string {
  return BSON.EJSON.stringify(condition);
}

function duplicateKey(values: Doc): CommandError {
  return new CommandError(11000, `E11000 duplicate key error: ${BSON.EJSON.stringify(values)}`);
}
