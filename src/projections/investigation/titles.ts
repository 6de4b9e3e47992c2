import { sectionSchema, type JsonSchema } from '../../dossier/form';
import { isSectionName, sections } from '../../dossier/sections';
import type { Json } from '../../engine/event-store';
import type { Level, Policy } from '../../rounds/policy';
import type { Text } from '../../rules/finding';

const wholes: Readonly<Record<string, Text>> = {
  choice: { zh: '申报选择', en: 'What is applied for' },
  attachments: { zh: '附件', en: 'Attachments' },
  masking: { zh: '姓名遮盖', en: 'Masking of the name' },
};

/**
 * What a place in a content is called on the form: 业绩成果 › 论文 › 第1项 › 题目. A part the form has no
 * title for goes by its own name.
 */
export function titleOf(pointer: string, level: Level, policy: Policy): Text {
  const [whole = '', ...rest] = pointer.split('/').slice(1);
  const [section = '', ...fields] = rest;
  if (whole !== 'sections' || !isSectionName(section)) {
    return joined([wholes[whole] ?? named(whole), ...rest.map(named)]);
  }
  const { title, english } = sections[section];
  const titles: Text[] = [{ zh: title, en: english }];
  let schema = sectionSchema(section, level, policy);
  for (const field of fields) {
    const next = memberOf(schema, field);
    titles.push(next.title);
    schema = next.schema;
  }
  return joined(titles);
}

function memberOf(
  schema: JsonSchema,
  name: string,
): { readonly schema: JsonSchema; readonly title: Text } {
  const { properties, items } = shapeOf(schema);
  if (isSchema(items)) {
    const place = Number(name) + 1;
    return { schema: items, title: { zh: `第${place}项`, en: `entry ${place}` } };
  }
  const member = isSchema(properties) ? properties[name] : undefined;
  if (!isSchema(member)) return { schema: {}, title: named(name) };
  const { title, 'x-english': english } = member;
  const zh = typeof title === 'string' ? title : name;
  return { schema: member, title: { zh, en: typeof english === 'string' ? english : zh } };
}

/** Of what may be 「无」, the schema without that choice. */
function shapeOf(schema: JsonSchema): JsonSchema {
  const { oneOf } = schema;
  const branches = Array.isArray(oneOf) ? (oneOf as readonly Json[]).filter(isSchema) : [];
  return branches.find(({ type }) => type === 'object' || type === 'array') ?? schema;
}

function isSchema(value: Json | undefined): value is JsonSchema {
  return value instanceof Object && !Array.isArray(value);
}

function named(name: string): Text {
  return { zh: name, en: name };
}

function joined(titles: readonly Text[]): Text {
  return {
    zh: titles.map(({ zh }) => zh).join(' › '),
    en: titles.map(({ en }) => en).join(' › '),
  };
}
