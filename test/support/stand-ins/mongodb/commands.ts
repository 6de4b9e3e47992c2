import { BSON } from 'mongodb';
import type { IndexSpecification } from './collection';
import { CommandError } from './command-error';
import type { Data } from './data';
import { type Doc, sizeOf } from './wire';

interface Cursor {
  readonly namespace: string;
  rest: Doc[];
}

type Handler = (target: { database: string; name: string }, command: Doc) => Doc;

/** What the driver may add to any command. */
const common = ['$db', '$readPreference', 'lsid', 'txnNumber', 'maxTimeMS', 'comment'];
const writing = ['writeConcern', 'ordered', 'bypassDocumentValidation'];
/** MongoDB fills up to 16 MiB; here less data shows what comes of it. */
const largestBatch = 1024 * 1024;

/**
 * The commands, each with the fields it knows; another is refused, so that nothing the adapter
 * relies on is passed over in silence. One command is applied as a whole before the next.
 */
export class Commands {
  readonly #cursors = new Map<string, Cursor>();
  #lastCursor = 0;

  constructor(private readonly data: Data) {}

  readonly #known: Readonly<Record<string, readonly [readonly string[], Handler]>> = {
    ping: [[], () => ({})],
    endSessions: [[], () => ({})],
    insert: [[...writing, 'documents'], this.#insert.bind(this)],
    update: [[...writing, 'updates'], this.#update.bind(this)],
    delete: [[...writing, 'deletes'], this.#delete.bind(this)],
    find: [
      ['filter', 'sort', 'hint', 'limit', 'batchSize', 'singleBatch', 'readConcern'],
      this.#find.bind(this),
    ],
    getMore: [['collection', 'batchSize'], this.#getMore.bind(this)],
    killCursors: [['cursors'], this.#killCursors.bind(this)],
    createIndexes: [['indexes', 'writeConcern'], this.#createIndexes.bind(this)],
    listIndexes: [['cursor', 'readConcern'], this.#listIndexes.bind(this)],
    listCollections: [
      ['filter', 'nameOnly', 'authorizedCollections', 'cursor'],
      this.#listCollections.bind(this),
    ],
    drop: [['writeConcern'], this.#drop.bind(this)],
    dropDatabase: [['writeConcern'], this.#dropDatabase.bind(this)],
  };

  run(command: Doc): Doc {
    const [operation = '', name] = Object.entries(command)[0] ?? [];
    const [fields, handler] = this.#known[operation] ?? [];
    if (fields === undefined || handler === undefined)
      throw new CommandError(59, `no such command: ${operation}`);
    const unknown = Object.keys(command).find(
      (field) => field !== operation && !fields.includes(field) && !common.includes(field),
    );
    if (unknown !== undefined)
      throw new CommandError(40415, `the field ${operation}.${unknown} is not known here`);
    return { ...handler({ database: String(command.$db), name: String(name) }, command), ok: 1 };
  }

  #insert({ database, name }: Target, { documents, ordered }: Doc): Doc {
    const collection = this.data.made(database, name);
    const inserts = documents as Doc[];
    const writeErrors = each(inserts, ordered, (document) => {
      collection.insert(document);
    });
    return { n: inserts.length - writeErrors.length, ...errorsOf(writeErrors) };
  }

  #update({ database, name }: Target, { updates, ordered }: Doc): Doc {
    const collection = this.data.made(database, name);
    const upserted: Doc[] = [];
    let [n, nModified] = [0, 0];
    const writeErrors = each(updates as Doc[], ordered, (write, index) => {
      checkFields(write, ['q', 'u', 'upsert', 'multi']);
      const done = collection.update(write.q as Doc, write.u as Doc, write);
      n += done.matched;
      nModified += done.modified;
      if (done.upserted === undefined) return;
      n += 1;
      upserted.push({ index, _id: done.upserted });
    });
    return {
      n,
      nModified,
      ...(upserted.length > 0 && { upserted }),
      ...errorsOf(writeErrors),
    };
  }

  #delete({ database, name }: Target, { deletes, ordered }: Doc): Doc {
    const collection = this.data.collection(database, name);
    let n = 0;
    const writeErrors = each(deletes as Doc[], ordered, (write) => {
      checkFields(write, ['q', 'limit']);
      n += collection?.delete(write.q as Doc, Number(write.limit)) ?? 0;
    });
    return { n, ...errorsOf(writeErrors) };
  }

  #find({ database, name }: Target, command: Doc): Doc {
    const { filter = {}, sort, hint, limit = 0, batchSize = 101, singleBatch = false } = command;
    const collection = this.data.collection(database, name);
    if (hint !== undefined) collection?.checkHint(hint as Doc, filter as Doc);
    const all = collection?.find(filter as Doc, sort as Doc | undefined) ?? [];
    const found = limit === 0 ? all : all.slice(0, Number(limit));
    const cursor = this.#open(`${database}.${name}`, found, Number(batchSize));
    if (singleBatch === true) this.#cursors.delete(String(cursor.id));
    return { cursor: singleBatch === true ? { ...cursor, id: BSON.Long.ZERO } : cursor };
  }

  #getMore(_: Target, { getMore, batchSize = Number.MAX_SAFE_INTEGER }: Doc): Doc {
    const cursor = this.#cursors.get(String(getMore));
    if (cursor === undefined) throw new CommandError(43, `cursor ${String(getMore)} not found`);
    const nextBatch = takeBatch(cursor, Number(batchSize));
    const isOver = cursor.rest.length === 0;
    if (isOver) this.#cursors.delete(String(getMore));
    const id = isOver ? BSON.Long.ZERO : BSON.Long.fromString(String(getMore));
    return { cursor: { id, ns: cursor.namespace, nextBatch } };
  }

  #killCursors(_: Target, { cursors }: Doc): Doc {
    for (const id of cursors as unknown[]) this.#cursors.delete(String(id));
    return {};
  }

  #createIndexes({ database, name }: Target, { indexes }: Doc): Doc {
    const collection = this.data.made(database, name);
    for (const index of indexes as IndexSpecification[]) collection.createIndex(index);
    return {};
  }

  #listIndexes({ database, name }: Target): Doc {
    const collection = this.data.collection(database, name);
    if (collection === undefined) throw new CommandError(26, 'ns does not exist');
    return { cursor: this.#open(`${database}.${name}`, collection.indexes, 1000) };
  }

  #listCollections({ database }: Target): Doc {
    const names = this.data.names(database).map((name) => ({ name, type: 'collection' }));
    return { cursor: this.#open(`${database}.$cmd.listCollections`, names, 101) };
  }

  #drop({ database, name }: Target): Doc {
    if (!this.data.drop(database, name)) throw new CommandError(26, 'ns not found');
    return {};
  }

  #dropDatabase({ database }: Target): Doc {
    this.data.dropDatabase(database);
    return {};
  }

  #open(namespace: string, documents: readonly Doc[], batchSize: number): Doc {
    const cursor = { namespace, rest: [...documents] };
    const firstBatch = takeBatch(cursor, batchSize);
    if (cursor.rest.length === 0) return { id: BSON.Long.ZERO, ns: namespace, firstBatch };
    this.#lastCursor += 1;
    this.#cursors.set(String(this.#lastCursor), cursor);
    return { id: BSON.Long.fromNumber(this.#lastCursor), ns: namespace, firstBatch };
  }
}

interface Target {
  readonly database: string;
  readonly name: string;
}

/** As many documents as were asked for and fit into one answer, at least one. */
function takeBatch(cursor: Cursor, batchSize: number): Doc[] {
  let [count, size] = [0, 0];
  for (const document of cursor.rest.slice(0, batchSize)) {
    size += sizeOf(document);
    if (count > 0 && size > largestBatch) break;
    count += 1;
  }
  const batch = cursor.rest.slice(0, count);
  cursor.rest = cursor.rest.slice(count);
  return batch;
}

/** Applies each write; the errors of those that failed, only the first where the order counts. */
function each(
  writes: readonly Doc[],
  ordered: unknown,
  apply: (write: Doc, index: number) => void,
): Doc[] {
  const errors: Doc[] = [];
  for (const [index, write] of writes.entries()) {
    try {
      apply(write, index);
    } catch (error) {
      if (!(error instanceof CommandError)) throw error;
      errors.push({ index, code: error.code, errmsg: error.message });
      if (ordered !== false) break;
    }
  }
  return errors;
}

function errorsOf(writeErrors: readonly Doc[]): Doc {
  return writeErrors.length > 0 ? { writeErrors } : {};
}

function checkFields(write: Doc, known: readonly string[]): void {
  const unknown = Object.keys(write).find((field) => !known.includes(field));
  if (unknown !== undefined)
    throw new CommandError(40415, `the field ${unknown} is not known here`);
}
