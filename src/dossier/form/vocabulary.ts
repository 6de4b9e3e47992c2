import type { Choices, Term } from '../../rounds/policy';
import { sections, type SectionName } from '../sections';
import {
  evidencePattern,
  monthPattern,
  none,
  notBlank,
  now,
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
  const schema = { type: 'string', minLength: 1, maxLength: longest, pattern: notBlank };
  return { schema: { ...titled(zh, en), ...schema } };
}

const dayValue = { type: 'string', format: 'date', maxLength: 10 };
const monthValue = { type: 'string', pattern: monthPattern, maxLength: 7 };
const stillRunning = { const: now, ...titled(now, 'until now') };

/** A day, `2022-08-31`. */
export function day(zh: string, en: string): Field<string> {
  return { schema: { ...titled(zh, en), ...dayValue } };
}

/** A month, `2022-08`. */
export function month(zh: string, en: string): Field<string> {
  return { schema: { ...titled(zh, en), ...monthValue } };
}

/** The end of a period: a day, or 至今. */
export function dayOrNow(zh: string, en: string): Field<string> {
  return { schema: { ...titled(zh, en), oneOf: [stillRunning, dayValue] } };
}

/** The end of a period: a month, or 至今. */
export function monthOrNow(zh: string, en: string): Field<string> {
  return { schema: { ...titled(zh, en), oneOf: [stillRunning, monthValue] } };
}

export function wholeNumber(
  zh: string,
  en: string,
  [minimum, maximum]: readonly [number, number],
): Field<number> {
  return { schema: { ...titled(zh, en), type: 'integer', minimum, maximum } };
}

export function year(zh: string, en: string): Field<number> {
  return wholeNumber(zh, en, [1950, 2100]);
}

export function yesNo(zh: string, en: string): Field<boolean> {
  return { schema: { ...titled(zh, en), type: 'boolean' } };
}

/** One of the policy's terms, by its code. */
export function choice(
  zh: string,
  en: string,
  { clause: source, terms }: Choices,
): Field<Term['code']> {
  const described = source === null ? {} : { description: source };
  const oneOf = terms.map((term) => ({ const: term.code, ...titled(term.zh, term.en) }));
  return { schema: { ...titled(zh, en), ...described, type: 'string', oneOf } };
}

/** A field that may have no content: what it holds, or 「无」. */
export function orNone<T>({ schema }: Field<T>): Field<T | typeof none> {
  const { title = none, 'x-english': english = none, description, ...value } = schema;
  const described = description === undefined ? {} : { description };
  const nothing = { const: none, ...titled(none, 'none') };
  return { schema: { title, 'x-english': english, ...described, oneOf: [nothing, value] } };
}

export function group<F extends Fields>(zh: string, en: string, fields: F): Field<Filled<F>> {
  return { schema: { ...titled(zh, en), ...objectOf(fields), required: Object.keys(fields) } };
}

function listOf<T>(
  zh: string,
  en: string,
  most: number,
  items: JsonSchema,
): Field<readonly T[] | typeof none> {
  return orNone({
    schema: { ...titled(zh, en), type: 'array', minItems: 1, maxItems: most, items },
  });
}

const scanValue = { type: 'string', pattern: evidencePattern, maxLength: 64, 'x-evidence': true };

/** One uploaded file, by the SHA-256 of its bytes. */
export function scan(zh: string, en: string): Field<string> {
  return orNone<string>({ schema: { ...titled(zh, en), ...scanValue } });
}

/** Uploaded files that prove an entry (三(三)). An entry without any is not counted. */
export function evidence(
  zh = '印证材料',
  en = 'Evidence',
): Field<readonly string[] | typeof none> {
  return listOf(zh, en, 30, { ...titled('扫描件', 'Scan'), ...scanValue });
}

/** At most `most` entries, each with its own evidence, or 「无」. */
export function entries<F extends Fields>(zh: string, en: string, most: number, fields: F) {
  const entry = group(zh, en, { ...fields, evidence: evidence() });
  return listOf<Filled<F & { evidence: ReturnType<typeof evidence> }>>(zh, en, most, entry.schema);
}

/** Names the clause of the notice that speaks of the field, and what it says. */
export function clause<T>(where: string, says: string, { schema }: Field<T>): Field<T> {
  const { title = none, 'x-english': english = none, ...rest } = schema;
  const description = `${where}：${says}`;
  return { schema: { title, 'x-english': english, ...rest, description } };
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
  return clause(where, says, { schema: { ...titled(title, english), ...objectOf(fields) } });
}

function objectOf(fields: Fields): JsonSchema {
  const properties = Object.fromEntries(
    Object.entries(fields).map(([name, { schema }]) => [name, schema]),
  );
  return { type: 'object', additionalProperties: false, properties };
}
