import type { Language } from '../language.ts';
import type { Json } from './answers.ts';

/* What is in a dossier, in the words of the form it was filled in on: the round's JSON Schema. */

export type Schema = { readonly [name: string]: Json };

/** A value as lines, each with what it is called; '' for the value itself. */
export interface Line {
  readonly title: string;
  readonly text: string;
}

const named = (title: string, english: string, properties: Schema = {}): Schema => ({
  title,
  'x-english': english,
  properties,
});

/** What is not filled in on the form. */
const wholes: Schema = {
  choice: named('申报选择', 'What is applied for', {
    level: named('级别', 'Level'),
    specialty: named('专业', 'Specialty'),
    subSpecialty: named('二级专业', 'Sub-specialty'),
    organisation: named('单位', 'Organisation'),
    reviewRoute: named('评审去向', 'Review'),
  }),
};
const attachment = named('附件', 'Attachment', {
  sha256: named('校验码', 'Checksum'),
  mediaType: named('类型', 'Type'),
  bytes: named('字节数', 'Bytes'),
  name: named('文件名', 'Name'),
});
const masking = named('姓名遮盖', 'Masking of the name', {
  nameShown: named('出现本人姓名', 'Shows the name'),
  maskedVersion: named('遮盖版本', 'Masked version'),
});

/** The place a JSON pointer into a dossier names: what it is called, and its part of the form. */
export function placeAt(
  form: Schema,
  pointer: string,
  language: Language,
): { readonly title: string; readonly schema: Schema } {
  const [whole = '', ...names] = pointer.split('/').slice(1);
  if (whole === 'attachments' || whole === 'masking') {
    const schema = whole === 'attachments' ? attachment : masking;
    const file = names.map(shortened).join(' › ');
    return { title: `${titleOf(schema, whole, language)} › ${file}`, schema };
  }
  let schema: Schema = whole === 'sections' ? form : { properties: wholes };
  const titles: string[] = [];
  for (const name of whole === 'sections' ? names : [whole, ...names]) {
    const { properties, items } = shapeOf(schema);
    const isEntry = isSchema(items) && /^\d+$/.test(name);
    schema = isEntry ? items : memberOf(properties, name);
    titles.push(isEntry ? entry(Number(name) + 1, language) : titleOf(schema, name, language));
  }
  return { title: titles.join(' › '), schema };
}

/** What a value says, line by line, without what computers need alone. */
export function linesOf(value: Json, schema: Schema, language: Language): readonly Line[] {
  if (isList(value)) {
    const { items } = shapeOf(schema);
    const of = isSchema(items) ? items : {};
    return value.flatMap((item, index) =>
      under(entry(index + 1, language), linesOf(item, of, language)),
    );
  }
  if (isSchema(value)) {
    const { properties } = shapeOf(schema);
    return Object.entries(value).flatMap(([name, member]) => {
      const of = memberOf(properties, name);
      return under(titleOf(of, name, language), linesOf(member, of, language));
    });
  }
  return [{ title: '', text: textOf(value, schema, language) }];
}

function textOf(value: Exclude<Json, object> | null, schema: Schema, language: Language): string {
  const choices = isList(schema.oneOf) ? schema.oneOf.filter(isSchema) : [];
  const chosen = choices.find((choice) => choice.const === value);
  if (chosen !== undefined) return titleOf(chosen, String(value), language);
  if (value === null) return language === 'zh' ? '无' : 'none';
  if (typeof value === 'boolean') {
    if (language === 'en') return value ? 'yes' : 'no';
    return value ? '是' : '否';
  }
  return shortened(String(value));
}

/** The first characters of a SHA-256 tell files apart. */
function shortened(text: string): string {
  return /^[0-9a-f]{64}$/.test(text) ? text.slice(0, 8) : text;
}

function under(title: string, lines: readonly Line[]): readonly Line[] {
  return lines.map((line) => ({
    title: line.title === '' ? title : `${title} › ${line.title}`,
    text: line.text,
  }));
}

function entry(number: number, language: Language): string {
  return language === 'zh' ? `第${number}项` : `entry ${number}`;
}

function titleOf(schema: Schema, name: string, language: Language): string {
  const title = language === 'en' ? schema['x-english'] : schema.title;
  return typeof title === 'string' ? title : shortened(name);
}

function memberOf(properties: Json | undefined, name: string): Schema {
  const member = isSchema(properties) ? properties[name] : undefined;
  return isSchema(member) ? member : {};
}

/** Of what may be 「无」, the form without that choice. */
function shapeOf(schema: Schema): Schema {
  const branches = isList(schema.oneOf) ? schema.oneOf.filter(isSchema) : [];
  return branches.find(({ type }) => type === 'object' || type === 'array') ?? schema;
}

function isSchema(value: Json | undefined): value is Schema {
  return value instanceof Object && !Array.isArray(value);
}

function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}
