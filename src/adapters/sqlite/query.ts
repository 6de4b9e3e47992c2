import type { Cursor, Index, Query, Scalar } from '../../engine/read-models';
import type { SqlValue } from './database';

/** A statement with its bound values. It takes one more value: the most rows to return. */
export interface Select {
  readonly sql: string;
  readonly values: readonly SqlValue[];
}

interface Condition {
  readonly sql: string;
  readonly values: readonly SqlValue[];
}

const fieldPath = /^[A-Za-z][A-Za-z0-9]*(\.[A-Za-z][A-Za-z0-9]*)*$/;
// Bound to `>`, it leaves out the nulls alone: SQLite orders null, then numbers, then text.
const lowestNonNull = Number.NEGATIVE_INFINITY;

/** The index's columns, in the words that both its definition and every query must use alike. */
export function indexColumns(index: Index): string {
  const fields = index.order === undefined ? index.by : [...index.by, index.order];
  return [...fields.map(column), 'id'].join(', ');
}

/** Names an index by what it holds, so that a changed declaration makes a new one. */
export function indexName(table: string, index: Index): string {
  return `"${table} by (${index.by.join(', ')}) order (${index.order ?? ''})"`;
}

/**
 * The statements that together, one after the other, yield what the query asks for.
 *
 * A page after a cursor is first what is left at the cursor's order value, then what lies beyond it:
 * each a plain seek in the index, with no nulls to compare. Rows have `id`, `document` and `ordered`.
 *
 * A field of an index holds values of one type, or null (a missing field counts as null); a boolean
 * is ordered as 0 or 1.
 */
export function selects(table: string, index: Index, query: Query): readonly Select[] {
  const descending = query.descending ?? false;
  const direction = descending ? ' DESC' : '';
  const order = index.order === undefined ? undefined : column(index.order);
  const conditions = [...equalities(index, query), ...bounds(order, query), ...filters(query)];
  const byId = `id${direction}`;
  const byOrder = order === undefined ? byId : `${order}${direction}, ${byId}`;
  const selected = `SELECT id, document, ${order ?? 'NULL'} AS ordered FROM "${table}"`;
  const select = (range: readonly Condition[], orderBy: string): Select => {
    const all = [...conditions, ...range];
    const where = all.length === 0 ? '' : ` WHERE ${all.map(({ sql }) => sql).join(' AND ')}`;
    return {
      sql: `${selected}${where} ORDER BY ${orderBy} LIMIT ?`,
      values: all.flatMap(({ values }) => values),
    };
  };

  if (query.after === undefined) return [select([], byOrder)];
  const restOfValue = condition(`id ${descending ? '<' : '>'} ?`, query.after.id);
  if (order === undefined) return [select([restOfValue], byId)];
  return [
    select([condition(`${order} IS ?`, query.after.order), restOfValue], byId),
    ...beyond(order, query.after, descending).map((range) => select([range], byOrder)),
  ];
}

function beyond(order: string, { order: value }: Cursor, descending: boolean): Condition[] {
  if (!descending) return [condition(`${order} > ?`, value ?? lowestNonNull)];
  if (value === null) return [];
  return [condition(`${order} < ?`, value), condition(`${order} IS ?`, null)];
}

function equalities(index: Index, { equals }: Query): Condition[] {
  const unknown = Object.keys(equals).filter((field) => !index.by.includes(field));
  if (unknown.length > 0) throw new Error(`index ${index.name} is not by ${unknown.join(', ')}`);
  return index.by.map((field) => {
    const value = equals[field];
    if (value === undefined) throw new Error(`index ${index.name} needs a value for ${field}`);
    return condition(`${column(field)} IS ?`, value);
  });
}

/** With a cursor, the bound it has passed is kept from the planner (`+`): the cursor is to be sought. */
function bounds(order: string | undefined, { from, to, after, descending }: Query): Condition[] {
  if (from === undefined && to === undefined) return [];
  if (order === undefined) throw new Error('bounds ask for an index with an order');
  if (from === null || to === null) throw new Error('a bound cannot be null');
  const passed = after === undefined ? undefined : descending ? 'to' : 'from';
  return [
    ...(from === undefined
      ? []
      : [condition(`${passed === 'from' ? '+' : ''}${order} >= ?`, from)]),
    ...(to === undefined ? [] : [condition(`${passed === 'to' ? '+' : ''}${order} <= ?`, to)]),
  ];
}

/** Kept from the planner (`+`), lest it take another index and sort. */
function filters({ filter = {}, contains }: Query): Condition[] {
  const equal = Object.entries(filter).map(([field, value]) =>
    condition(`+${column(field)} IS ?`, value),
  );
  if (contains === undefined) return equal;
  const path = checkedPath(contains.field);
  const elements = `json_each(document, '$.${path}')`;
  return [
    ...equal,
    condition(`EXISTS (SELECT 1 FROM ${elements} WHERE value IS ?)`, contains.value),
  ];
}

function condition(sql: string, value: Scalar): Condition {
  return { sql, values: [value] };
}

function column(field: string): string {
  return `(document ->> '$.${checkedPath(field)}')`;
}

function checkedPath(field: string): string {
  if (!fieldPath.test(field)) throw new Error(`not the name of a field: ${field}`);
  return field;
}
