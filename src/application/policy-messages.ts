import type { ErrorObject } from 'ajv/dist/2020';

import { pointerTo, visible } from '../engine/text';
import { codePattern, instantFormat } from '../rounds/data-schema';
import { malformed, type Finding, type Text } from '../rules/finding';

/** More help nobody. */
const mostTold = 200;

/** Keywords that only say which part was looked at; what that part has to say stands beside it. */
const framing: readonly string[] = ['if', 'propertyNames'];

/** What Ajv has against the shape of a policy, one finding for each place, as its editors need it. */
export function explainPolicy(errors: readonly ErrorObject[]): readonly Finding[] {
  const told = new Map<string, Finding>();
  for (const error of errors) {
    if (framing.includes(error.keyword)) continue;
    const pointer = pointerOf(error);
    if (!told.has(pointer)) told.set(pointer, malformed({ pointer, ...say(error) }));
    if (told.size === mostTold) break;
  }
  return [...told.values()];
}

function pointerOf({ keyword, instancePath, params, propertyName }: ErrorObject): string {
  const named: Readonly<Record<string, unknown>> = {
    required: params['missingProperty'],
    additionalProperties: params['additionalProperty'],
    pattern: propertyName,
    discriminator: params['tag'],
  };
  const name = named[keyword];
  if (typeof name !== 'string') return instancePath;
  return pointerTo(instancePath, name);
}

function say({ keyword, params, schema, parentSchema }: ErrorObject): Text {
  const limit = String(params['limit']);
  switch (keyword) {
    case 'required':
      return { zh: '缺少该参数。', en: 'This parameter is missing.' };
    case 'additionalProperties':
      return { zh: '没有这个参数。', en: 'There is no such parameter.' };
    case 'type':
      return mustBe(types[String([schema].flat()[0])] ?? other);
    case 'enum':
      return listed(schema);
    case 'discriminator':
      return listed(tagsOf(parentSchema));
    case 'format':
      return mustBe(formats[String(schema)] ?? other);
    case 'pattern':
      return mustBe(patterns[String(schema)] ?? { zh: String(schema), en: String(schema) });
    case 'minLength':
      return mustBe(patterns[visible] ?? other);
    case 'maxLength':
      return { zh: `不得超过${limit}个字符。`, en: `Must not be longer than ${limit} characters.` };
    case 'minItems':
      return { zh: `至少${limit}项。`, en: `At least ${limit}.` };
    case 'maxItems':
      return { zh: `不得超过${limit}项。`, en: `Must not have more than ${limit} entries.` };
    case 'uniqueItems':
      return { zh: '有重复的项。', en: 'Something is there twice.' };
    case 'minimum':
      return { zh: `不得小于${limit}。`, en: `Must not be less than ${limit}.` };
    case 'maximum':
      return { zh: `不得大于${limit}。`, en: `Must not be more than ${limit}.` };
    default:
      return mustBe(other);
  }
}

const types: Readonly<Record<string, Text>> = {
  array: { zh: '列表', en: 'a list' },
  boolean: { zh: 'true 或 false', en: 'true or false' },
  integer: { zh: '整数', en: 'a whole number' },
  number: { zh: '数字', en: 'a number' },
  object: { zh: '对象', en: 'an object' },
  string: { zh: '文本', en: 'a text' },
};

const formats: Readonly<Record<string, Text>> = {
  date: { zh: '日历上存在的日期（YYYY-MM-DD）', en: 'a day of the calendar (YYYY-MM-DD)' },
  [instantFormat]: {
    zh: '带时区的时刻，如 2022-08-05T10:00:00+08:00',
    en: 'an instant with its offset, such as 2022-08-05T10:00:00+08:00',
  },
};

const patterns: Readonly<Record<string, Text>> = {
  [visible]: { zh: '有内容的文本', en: 'a text that is not blank' },
  [codePattern]: {
    zh: '代码：小写字母、数字，可用单个连字符相连',
    en: 'a code: lower-case letters and digits, joined by single hyphens',
  },
  '^[a-z0-9]{1,32}$': {
    zh: '1至32位小写字母或数字',
    en: '1 to 32 lower-case letters or digits',
  },
};

const other: Text = { zh: '政策数据格式所要求的内容', en: 'what the schema of policies asks for' };

function mustBe({ zh, en }: Text): Text {
  return { zh: `应为${zh}。`, en: `Must be ${en}.` };
}

function listed(values: unknown): Text {
  const known = Array.isArray(values) ? values.map(String) : [];
  return { zh: `应为以下之一：${known.join('、')}。`, en: `Must be one of: ${known.join(', ')}.` };
}

/** The values by which alternatives are told apart. */
function tagsOf(schema: unknown): readonly string[] {
  const { discriminator, oneOf } = schema as {
    readonly discriminator: { readonly propertyName: string };
    readonly oneOf: readonly {
      readonly properties: Readonly<Record<string, { readonly enum: readonly string[] }>>;
    }[];
  };
  return oneOf.flatMap(({ properties }) => properties[discriminator.propertyName]?.enum ?? []);
}
