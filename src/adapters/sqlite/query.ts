import type { Index, Query, Scalar } from '../../engine/read-models';
import type { SqlValue } from './database';

/** A statement with its bound values. It takes one more value: the most rows to return. */
export interface Select {
  readonly sql: string;
  readonly values: readonly SqlValue[];
}

interface Condition {
  readonly sql: string;
  readonly value: SqlValue;
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
  const { after, descending = false } = query;
  const direction = descending ? ' DESC' : '';
  const order = index.order === undefined ? undefined : column(index.order);
  const byId = `id${direction}`;
  const byOrder = order === undefined ? byId : `${order}${direction}, ${byId}`;
  // Left to itself, the planner is at times drawn to an index by fewer fields.
  const source = `"${table}" INDEXED BY ${indexName(table, index)}`;
  const conditions = [...equalities(index, query), ...bounds(order, query), ...filters(query)];
  const select = (range: readonly Condition[], orderBy: string): Select => {
    const all = [...conditions, ...range];
    const where = all.map(({ sql }) => sql).join(' AND ') || 'TRUE';
    return {
      sql: `SELECT id, document, ${order ?? 'NULL'} AS ordered FROM ${source}
            WHERE ${where} ORDER BY ${orderBy} LIMIT ?`,
      values: all.map(({ value }) => value),
    };
  };

  if (after === undefined) return [select([], byOrder)];
  const pastId: Condition = { sql: `id ${descending ? '<' : '>'} ?`, value: after.id };
  if (order === undefined) return [select([pastId], byId)];
  const equal = (value: Scalar): Condition => ({ sql: `${order} IS ?`, value });
  const restOfValue = select([equal(after.order), pastId], byId);
  if (!descending) {
    const above = { sql: `${order} > ?`, value: after.order ?? lowestNonNull };
    return [restOfValue, select([above], byOrder)];
  }
  if (after.order === null) return [restOfValue];
  const below = { sql: `${order} < ?`, value: after.order };
  return [restOfValue, select([below], byOrder), select([equal(null)], byId)];
}

function equalities(index: Index, { equals }: Query): Condition[] {
  const unknown = Object.keys(equals).filter((field) => !index.by.includes(field));
  if (unknown.length > 0) throw new Error(`index ${index.name} is not by ${unknown.join(', ')}`);
  return index.by.map((field) => {
    const value = equals[field];
    if (value === undefined) throw new Error(`index ${index.name} needs a value for ${field}`);
    return { sql: `${column(field)} IS ?`, value };
  });
}

/** With a cursor, the bound it has passed is kept from the planner (`+`): the cursor is to be sought. */
function bounds(order: string | undefined, { from, to, after, descending }: Query): Condition[] {
  if (from === undefined && to === undefined) return [];
  if (order === undefined) throw new Error('bounds ask for an index with an order');
  if (from === null || to === null) throw new Error('a bound cannot be null');
  const passed = after === undefined ? undefined : descending ? 'to' : 'from';
  const conditions: Condition[] = [];
  if (from !== undefined) {
    conditions.push({ sql: `${passed === 'from' ? '+' : ''}${order} >= ?`, value: from });
  }
  if (to !== undefined) {
    conditions.push({ sql: `${passed === 'to' ? '+' : ''}${order} <= ?`, value: to });
  }
  return conditions;
}

/** Kept from the planner (`+`), lest it seek by them and sort. */
function filters({ filter = {}, contains }: Query): Condition[] {
  const conditions: Condition[] = Object.entries(filter).map(([field, value]) => ({
    sql: `+${column(field)} IS ?`,
    value,
  }));
  if (contains !== undefined) {
    const elements = `json_each(document, '$.${checkedPath(contains.field)}')`;
    conditions.push({
      sql: `EXISTS (SELECT 1 FROM ${elements} WHERE value IS ?)`,
      value: contains.value,
    });
  }
  return conditions;
}

function column(field: string): string {
  return `(document ->> '$.${checkedPath(field)}')`;
}

function checkedPath(field: string): string {
  if (!fieldPath.test(field)) throw new Error(`not the name of a field: ${field}`);
  return field;
}
