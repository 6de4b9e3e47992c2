import { BSON } from 'mongodb';
import { Context } from 'mingo/core';
import * as operators from 'mingo/operators/query';
import { Query } from 'mingo/query';
import { resolve } from 'mingo/util';
import type { Doc } from './wire';

/** Mingo compares text by UTF-16 units, MongoDB by code points. */
const context = Context.init({
  query: {
    ...operators,
    $gt: comparison((order) => order > 0),
    $gte: comparison((order) => order >= 0),
    $lt: comparison((order) => order < 0),
    $lte: comparison((order) => order <= 0),
  },
});

export function matcherOf(filter: Doc): (document: Doc) => boolean {
  const query = new Query(filter, { context });
  return (document) => query.test(document);
}

/** Sorts by the fields of a specification such as `{ at: 1, _id: -1 }`. */
export function sorted(documents: readonly Doc[], specification: Doc): Doc[] {
  const fields = Object.entries(specification);
  return [...documents].sort((a, b) => {
    for (const [field, direction] of fields) {
      const order = compare(valueAt(a, field), valueAt(b, field));
      if (order !== 0) return order * Number(direction);
    }
    return 0;
  });
}

export function valueAt(document: Doc, path: string): unknown {
  return resolve(document, path);
}

/** Only values of one type are compared, as MongoDB does; the elements of an array each. */
function comparison(holds: (order: number) => boolean) {
  return (selector: string, bound: unknown, _: unknown) => (document: unknown) => {
    const value: unknown = resolve(document as Doc, selector, { unwrapArray: true });
    const candidates: unknown[] = Array.isArray(value) ? value : [value];
    return candidates.some((one) => rank(one) === rank(bound) && holds(compare(one, bound)));
  };
}

/** The order of BSON, for the types that occur here. */
export function compare(a: unknown, b: unknown): number {
  if (rank(a) !== rank(b)) return rank(a) - rank(b);
  if (typeof a === 'string') return Buffer.compare(Buffer.from(a), Buffer.from(String(b)));
  if (a instanceof BSON.ObjectId) {
    return Buffer.compare(a.id, (b as typeof a).id);
  }
  if (typeof a === 'number' || typeof a === 'boolean' || a instanceof Date) {
    return Number(a) - Number(b);
  }
  return 0;
}

function rank(value: unknown): number {
  if (value === null || value === undefined) return 1;
  if (typeof value === 'number') return 2;
  if (typeof value === 'string') return 3;
  if (Array.isArray(value)) return 5;
  if (value instanceof BSON.Binary) return 6;
  if (value instanceof BSON.ObjectId) return 7;
  if (typeof value === 'boolean') return 8;
  if (value instanceof Date) return 9;
  return 4;
}
