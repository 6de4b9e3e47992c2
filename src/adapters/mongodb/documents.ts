import { BSON, type IndexDescription } from 'mongodb';
import { checkJson } from '../../engine/json';
import type { Json } from '../../engine/event-store';
import type { Change, Document, Index } from '../../engine/read-models';

/**
 * A document as it is stored. One that was deleted stays as a tombstone, without `document`, so that
 * a write that comes late finds that it is late.
 */
export interface StoredDocument {
  readonly _id: string;
  /** Number of the batch that wrote it. */
  readonly sequence: number;
  readonly document?: Document;
}

/** What becomes of one document in a batch: without `document` it is deleted. */
export type Write = Omit<StoredDocument, 'sequence'>;

const mebibyte = 1024 * 1024;
/** The server takes 16 MiB; what stands around a document needs little. */
const largestWrite = 16 * mebibyte - 16 * 1024;
const partSize = 8 * mebibyte;

const fieldPath = /^[A-Za-z][A-Za-z0-9]*(\.[A-Za-z][A-Za-z0-9]*)*$/;
const brokenText = /\p{Surrogate}/u;

/** Where a document's field is found in what is stored. Throws for what is no name of a field. */
export function stored(field: string): string {
  if (!fieldPath.test(field)) throw new Error(`not the name of a field: ${field}`);
  return `document.${field}`;
}

/** The fields of an index in their order; the id makes the order total. */
export function keysOf(index: Index): Record<string, 1> {
  const fields = index.order === undefined ? index.by : [...index.by, index.order];
  return Object.fromEntries([...fields.map(stored), '_id'].map((key) => [key, 1]));
}

/** What the server is told to make. An index by the id alone is there already. */
export function indexDescriptions(indexes: readonly Index[]): IndexDescription[] {
  return indexes
    .map(keysOf)
    .filter((key) => Object.keys(key).length > 1)
    .map((key) => ({ key, partialFilterExpression: isThere }));
}

/** Leaves the tombstones out, of indexes and answers alike. */
export const isThere = { document: { $exists: true } };

/**
 * What the changes amount to, the last one for each id. Throws TypeError for a document that would
 * not come back as it went in, RangeError for one larger than the server takes.
 */
export function writesOf(changes: readonly Change[]): Write[] {
  const writes = new Map<string, Write>();
  for (const change of changes) {
    const write =
      'put' in change ? { _id: change.put, document: change.document } : { _id: change.delete };
    checkStorable(write);
    writes.set(write._id, write);
  }
  return [...writes.values()];
}

function checkStorable(write: Write): void {
  const { _id: id, document = {} } = write;
  checkJson(document);
  if (!survivesBson(document) || brokenText.test(id)) {
    throw new TypeError('the document has text or names of fields that MongoDB would change');
  }
  if (BSON.calculateObjectSize(write) > largestWrite) {
    throw new RangeError(`the document ${id} is larger than the 16 MiB that MongoDB takes`);
  }
}

/** Half a surrogate pair would be replaced; some names make the driver see a type of its own. */
function survivesBson(value: Json): boolean {
  if (typeof value === 'string') return !brokenText.test(value);
  if (typeof value !== 'object' || value === null) return true;
  const isDriversType = '_bsontype' in value || ('$ref' in value && '$id' in value);
  const names = Object.keys(value);
  return (
    !isDriversType &&
    names.every((name) => !name.includes('\0') && !brokenText.test(name)) &&
    Object.values(value as Record<string, Json>).every(survivesBson)
  );
}

/** The writes in parts that each fit into one document of the journal and one call. */
export function inParts(writes: readonly Write[]): Write[][] {
  const parts: Write[][] = [];
  let room = 0;
  for (const write of writes) {
    const size = BSON.calculateObjectSize(write);
    const part = parts.at(-1);
    if (part === undefined || size > room) {
      parts.push([write]);
      room = partSize - size;
    } else {
      part.push(write);
      room -= size;
    }
  }
  return parts;
}
