import type { Filter } from 'mongodb';
import type { Document, Index, Query, Scalar } from '../../engine/read-models';
import { isThere, keysOf, stored, type StoredDocument } from './documents';

export interface Select {
  readonly filter: Filter<StoredDocument>;
  readonly sort: Readonly<Record<string, 1 | -1>>;
}

type Condition = Filter<StoredDocument>;

/**
 * The selections that together, one after the other, yield what the query asks for.
 *
 * A page after a cursor is first what is left at the cursor's order value, then what lies beyond it:
 * each a plain seek in the index. MongoDB compares values of one type only, so that what lies beyond
 * null, or before the lowest value, is asked for in so many words.
 */
export function selects(index: Index, query: Query): readonly Select[] {
  const { after, descending = false } = query;
  const keys = Object.keys(keysOf(index));
  const sort = Object.fromEntries<1 | -1>(keys.map((key) => [key, descending ? -1 : 1]));
  const order = index.order === undefined ? undefined : stored(index.order);
  const conditions = [
    isThere,
    ...equalities(index, query),
    ...bounds(order, query),
    ...filters(query),
  ];
  const select = (...range: readonly Condition[]): Select => ({
    filter: { $and: [...conditions, ...range] },
    sort,
  });

  if (after === undefined) return [select()];
  const pastId: Condition = { _id: descending ? { $lt: after.id } : { $gt: after.id } };
  if (order === undefined) return [select(pastId)];
  const restOfValue = select({ [order]: after.order }, pastId);
  if (!descending) {
    const above = after.order === null ? { $ne: null } : { $gt: after.order };
    return [restOfValue, select({ [order]: above })];
  }
  if (after.order === null) return [restOfValue];
  return [restOfValue, select({ [order]: { $lt: after.order } }), select({ [order]: null })];
}

/** The value at a path such as `organisation.id`; a missing one counts as null. */
export function valueAt(document: Document, path: string): Scalar {
  let value: unknown = document;
  for (const name of path.split('.')) value = (value as Document | null | undefined)?.[name];
  return (value ?? null) as Scalar;
}

function equalities(index: Index, { equals }: Query): Condition[] {
  const unknown = Object.keys(equals).filter((field) => !index.by.includes(field));
  if (unknown.length > 0) throw new Error(`index ${index.name} is not by ${unknown.join(', ')}`);
  return index.by.map((field) => {
    const value = equals[field];
    if (value === undefined) throw new Error(`index ${index.name} needs a value for ${field}`);
    return { [stored(field)]: value };
  });
}

function bounds(order: string | undefined, { from, to }: Query): Condition[] {
  if (from === undefined && to === undefined) return [];
  if (order === undefined) throw new Error('bounds ask for an index with an order');
  if (from === null || to === null) throw new Error('a bound cannot be null');
  return [
    ...(from === undefined ? [] : [{ [order]: { $gte: from } }]),
    ...(to === undefined ? [] : [{ [order]: { $lte: to } }]),
  ];
}

function filters({ filter = {}, contains }: Query): Condition[] {
  const conditions = Object.entries(filter).map(([field, value]) => ({ [stored(field)]: value }));
  if (contains === undefined) return conditions;
  // Plain equality would take a value that is no array for one of a single element.
  const element = { [stored(contains.field)]: { $elemMatch: { $eq: contains.value } } };
  return [...conditions, element];
}
