import type { Choices, Term } from '../../rounds/policy';
import { sections, type SectionName } from '../sections';
import {
  evidencePattern,
  monthPattern,
  none,
  notBlank,
  now,
  schemaOf,
  type Field,
  type Fields,
  type Filled,
  type JsonSchema,
} from './schema';

/*
 * The words the sections are written in. Each gives a field its Chinese and its English title; what
 * the notice says of a field is put round it by `clause`.
 */

const titled = (zh: string, en: string): JsonSchema => ({ title: zh, 'x-english': en });

/** Text of at most `longest` characters; 「无」 where there is nothing to say. */
export function text(zh: string, en: string, longest: number): Field<string> {
  const value = { type: 'string', minLength: 1, maxLength: longest, pattern: notBlank };
  return { label: titled(zh, en), value };
}

const dayValue = { type: 'string', format: 'date', maxLength: 10 };
const monthValue = { type: 'string', pattern: monthPattern, maxLength: 7 };
const stillRunning = { const: now, ...titled(now, 'until now') };

/** A day, `2022-08-31`. */
export function day(zh: string, en: string): Field<string> {
  return { label: titled(zh, en), value: dayValue };
}

/** A month, `2022-08`. */
export function month(zh: string, en: string): Field<string> {
  return { label: titled(zh, en), value: monthValue };
}

/** The end of a period: a day, or 至今. */
export function dayOrNow(zh: string, en: string): Field<string> {
  return { label: titled(zh, en), value: { oneOf: [stillRunning, dayValue] } };
}

/** The end of a period: a month, or 至今. */
export function monthOrNow(zh: string, en: string): Field<string> {
  return { label: titled(zh, en), value: { oneOf: [stillRunning, monthValue] } };
}

export function wholeNumber(
  zh: string,
  en: string,
  [minimum, maximum]: readonly [number, number],
): Field<number> {
  return { label: titled(zh, en), value: { type: 'integer', minimum, maximum } };
}

export function year(zh: string, en: string): Field<number> {
  return wholeNumber(zh, en, [1950, 2100]);
}

export function yesNo(zh: string, en: string): Field<boolean> {
  return { label: titled(zh, en), value: { type: 'boolean' } };
}

/** One of the policy's terms, by its code. */
export function choice(
  zh: string,
  en: string,
  { clause: source, terms }: Choices,
): Field<Term['code']> {
  const label = { ...titled(zh, en), ...(source === null ? {} : { description: source }) };
  const oneOf = terms.map((term) => ({ const: term.code, ...titled(term.zh, term.en) }));
  return { label, value: { type: 'string', oneOf } };
}

/** A field that may have no content: what it holds, or 「无」. */
export function orNone<T>({ label, value }: Field<T>): Field<T | typeof none> {
  return { label, value: { oneOf: [{ const: none, ...titled(none, 'none') }, value] } };
}

/** Fields that belong together, all of them asked for. */
export function group<F extends Fields>(zh: string, en: string, fields: F): Field<Filled<F>> {
  const value = { ...objectOf(fields), required: Object.keys(fields) };
  return { label: titled(zh, en), value };
}

function list<T>(item: Field<T>, most: number): Field<readonly T[] | typeof none> {
  const value = { type: 'array', minItems: 1, maxItems: most, items: schemaOf(item) };
  return orNone<readonly T[]>({ label: item.label, value });
}

const scanValue = { type: 'string', pattern: evidencePattern, maxLength: 64, 'x-evidence': true };

/** One uploaded file, by the SHA-256 of its bytes, or 「无」. */
export function scan(zh: string, en: string): Field<string> {
  return orNone<string>({ label: titled(zh, en), value: scanValue });
}

/** Uploaded files that prove what is stated (三(三)). An entry without any is not counted. */
export function evidence(zh = '印证材料', en = 'Evidence') {
  return list<string>({ label: titled(zh, en), value: scanValue }, 30);
}

/** At most `most` entries, each with its own evidence, or 「无」. */
export function entries<F extends Fields>(zh: string, en: string, most: number, fields: F) {
  return list(group(zh, en, { ...fields, evidence: evidence() }), most);
}

/** Names the clause of the notice that speaks of the field, and what it says. */
export function clause<T>(where: string, says: string, { label, value }: Field<T>): Field<T> {
  return { label: { ...label, description: `${where}：${says}` }, value };
}

/** A whole section: every field is asked for. */
export function section<F extends Fields>(
  name: SectionName,
  says: string,
  fields: F,
): Field<Filled<F>> {
  const { title, english, clause: where } = sections[name];
  return clause(where, says, group(title, english, fields));
}

/** A section whose fields may also be left out. */
export function voluntarySection<F extends Fields>(
  name: SectionName,
  says: string,
  fields: F,
): Field<Partial<Filled<F>>> {
  const { title, english, clause: where } = sections[name];
  return clause(where, says, { label: titled(title, english), value: objectOf(fields) });
}

function objectOf(fields: Fields): JsonSchema {
  const properties = Object.fromEntries(
    Object.entries(fields).map(([name, field]) => [name, schemaOf(field)]),
  );
  return { type: 'object', additionalProperties: false, properties };
}
