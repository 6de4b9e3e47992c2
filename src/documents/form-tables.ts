import type { JsonSchema } from '../dossier/form';
import { monthPattern } from '../dossier/form/schema';
import type { Json } from '../engine/event-store';
import { cell, heading, label, type Block, type Cell, type Table } from './document';
import type { EvidenceIndex } from './evidence-index';
import { chineseDate, displayWidth } from './wording';

/*
 * The filled-in form as tables. Titles of fields and words for codes come from the form's own schema,
 * so that a round with other fields prints without a change here.
 */

interface Field {
  readonly title: string;
  readonly schema: JsonSchema;
  /** Undefined where nothing was filled in. */
  readonly value: Json | undefined;
}

type Group = { readonly [name: string]: Json };

/** What a complete dossier may leave out (四(一)14). */
const notFilled = '未填';

/** One group of the form: fields in pairs, lists and groups inside it under titles of their own. */
export function tablesOf(
  title: string,
  schema: JsonSchema,
  content: Json | undefined,
  evidence: EvidenceIndex,
): Block[] {
  if (!isGroup(content)) return [pairs([[title, textOf(schema, content, evidence)]])];
  const blocks: Block[] = [];
  let single: (readonly [string, string])[] = [];
  const flush = () => {
    if (single.length > 0) blocks.push(pairs(single));
    single = [];
  };
  for (const field of fieldsOf(shapeOf(schema), content)) {
    const composite = compositeBlocks(field, title, evidence);
    if (composite === undefined) {
      single.push([field.title, textOf(field.schema, field.value, evidence)]);
      continue;
    }
    flush();
    blocks.push(...composite);
  }
  flush();
  return blocks;
}

/** A group, or a list of groups, in which something stands; undefined for anything else. */
function compositeBlocks(
  { title, schema, value }: Field,
  within: string,
  evidence: EvidenceIndex,
): Block[] | undefined {
  const titled = title === within ? [] : [heading(3, title)];
  if (isGroup(value)) return [...titled, ...tablesOf(title, schema, value, evidence)];
  if (!isList(value) || !value.every(isGroup) || value.length === 0) return undefined;
  const item = itemOf(schema);
  const columns = fieldsOf(shapeOf(item), {});
  if (columns.length <= mostColumns && columns.every(({ schema }) => isShort(schema))) {
    return [...titled, inColumns(item, columns, value, evidence)];
  }
  return value.flatMap((entry, index) => [
    heading(3, `${title}（${index + 1}）`),
    ...tablesOf(title, item, entry, evidence),
  ]);
}

const mostColumns = 7;
const longestInColumn = 300;

/** Whether its values fit a column: no long text, and nothing with parts of its own but evidence. */
function isShort(schema: JsonSchema): boolean {
  const { maxLength, type } = schema;
  if (typeof maxLength === 'number' && maxLength > longestInColumn) return false;
  if (type === 'object') return false;
  if (type === 'array') return isShort(itemOf(schema));
  return branchesOf(schema).every(isShort);
}

const columnWidth = { least: 3, most: 14 };

function inColumns(
  item: JsonSchema,
  columns: readonly Field[],
  entries: readonly Group[],
  evidence: EvidenceIndex,
): Table {
  const rows = entries.map((entry) =>
    fieldsOf(shapeOf(item), entry).map((field) => textOf(field.schema, field.value, evidence)),
  );
  const widths = columns.map(({ title }, column) => {
    const widest = Math.max(...[title, ...rows.map((row) => row[column] ?? '')].map(displayWidth));
    return Math.min(Math.max(widest, columnWidth.least), columnWidth.most);
  });
  return {
    kind: 'table',
    columns: widths.map((width) => width + 1),
    header: columns.map(({ title }) => label(title)),
    rows: rows.map((row) => row.map((text) => cell(text))),
  };
}

/** Widest text, in Chinese characters, that shares its row with another field. */
const halfRow = 14;
/** A text from here on fills the row: the title stands above it. */
const wholeRow = 800;

function pairs(fields: readonly (readonly [title: string, text: string])[]): Table {
  const rows: (readonly Cell[])[] = [];
  let left: readonly Cell[] | undefined;
  const endRow = () => {
    const [title, text] = left ?? [];
    if (title !== undefined && text !== undefined) rows.push([title, { ...text, span: 3 }]);
    left = undefined;
  };
  for (const [title, text] of fields) {
    const width = displayWidth(text);
    if (width > wholeRow) {
      endRow();
      rows.push([label(title, 4)], [cell(text, 4)]);
    } else if (width > halfRow) {
      endRow();
      rows.push([label(title), cell(text, 3)]);
    } else if (left === undefined) {
      left = [label(title), cell(text)];
    } else {
      rows.push([...left, label(title), cell(text)]);
      left = undefined;
    }
  }
  endRow();
  return { kind: 'table', columns: [7.6, 13, 7.6, 13], header: null, rows };
}

/** A value as people read it. */
function textOf(schema: JsonSchema, value: Json | undefined, evidence: EvidenceIndex): string {
  if (value === undefined || value === '') return notFilled;
  if (isList(value)) {
    const item = itemOf(schema);
    return value.map((one) => textOf(item, one, evidence)).join('、');
  }
  const branches = branchesOf(schema);
  const chosen = branches.find((branch) => branch['const'] === value);
  if (chosen !== undefined) return titleOf(chosen);
  const open = branches.find((branch) => !('const' in branch));
  if (open !== undefined) return textOf(open, value, evidence);
  if (typeof value === 'boolean') return value ? '是' : '否';
  if (typeof value !== 'string') return JSON.stringify(value);
  if (schema['x-evidence'] === true) return evidence.cite(value);
  const isDate = schema['format'] === 'date' || schema['pattern'] === monthPattern;
  return isDate ? chineseDate(value) : value;
}

function fieldsOf(shape: JsonSchema, content: Group): readonly Field[] {
  const { properties } = shape;
  return Object.entries(isGroup(properties) ? properties : {}).flatMap(([name, schema]) =>
    isGroup(schema) ? [{ title: titleOf(schema), schema, value: content[name] }] : [],
  );
}

/** Of a group or a list that may be 「无」, the schema without that choice. */
function shapeOf(schema: JsonSchema): JsonSchema {
  const composite = branchesOf(schema).find(({ type }) => type === 'object' || type === 'array');
  return composite ?? schema;
}

function itemOf(schema: JsonSchema): JsonSchema {
  const { items } = shapeOf(schema);
  return isGroup(items) ? items : {};
}

function branchesOf({ oneOf }: JsonSchema): readonly JsonSchema[] {
  return isList(oneOf) ? oneOf.filter(isGroup) : [];
}

export function titleOf({ title }: JsonSchema): string {
  return typeof title === 'string' ? title : '';
}

function isGroup(value: Json | undefined): value is Group {
  return value instanceof Object && !Array.isArray(value);
}

function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}
