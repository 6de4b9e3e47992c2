import type { ErrorObject } from 'ajv/dist/2020';

import { evidencePattern, monthPattern, none } from '../dossier/form/schema';
import type { Text } from '../rules/finding';

/**
 * What an error of Ajv means to the person who fills in the form, blanks apart.
 *
 * @param instead literals that would also have done, as 「无」
 */
export function say(error: ErrorObject, instead: readonly string[]): Text {
  const { keyword, schema } = error;
  const params: Readonly<Record<string, unknown>> = error.params;
  const limit = String(params['limit']);
  switch (keyword) {
    case 'additionalProperties':
      return unknownField(String(params['additionalProperty']));
    case 'type':
      return mustBe(types[String(params['type'])] ?? other, instead);
    case 'format':
      return mustBe(calendarDay, instead);
    case 'pattern':
      return mustBe(patterns[String(schema)] ?? other, instead);
    case 'oneOf':
    case 'anyOf':
      return mustBe(oneOfTheList, instead);
    case 'maxLength':
      return { zh: `不得超过${limit}个字符。`, en: `Must not be longer than ${limit} characters.` };
    case 'maxItems':
      return { zh: `不得超过${limit}项。`, en: `Must not have more than ${limit} entries.` };
    case 'minimum':
      return { zh: `不得小于${limit}。`, en: `Must not be less than ${limit}.` };
    case 'maximum':
      return { zh: `不得大于${limit}。`, en: `Must not be more than ${limit}.` };
    default:
      return mustBe(other, instead);
  }
}

/** 三(三): 对表中的栏目无填写内容的应注明“无”，不得留有空格. */
export function sayBlank(mayBeNone: boolean): Text {
  return mayBeNone
    ? {
        zh: `未填写；没有内容的请填「${none}」。`,
        en: `Not filled in; write ${none} if there is nothing.`,
      }
    : { zh: '未填写。', en: 'Not filled in.' };
}

const types: Readonly<Record<string, Text>> = {
  array: { zh: '列表', en: 'a list' },
  boolean: { zh: '是或否（true 或 false）', en: 'true or false' },
  integer: { zh: '整数', en: 'a whole number' },
  object: { zh: '一组字段（对象）', en: 'a group of fields (an object)' },
  string: { zh: '文本', en: 'a text' },
};

const patterns: Readonly<Record<string, Text>> = {
  [evidencePattern]: {
    zh: '已上传文件的 SHA-256（64位小写十六进制）',
    en: 'the SHA-256 of an uploaded file (64 lower-case hex digits)',
  },
  [monthPattern]: { zh: '年月（YYYY-MM）', en: 'a month (YYYY-MM)' },
};

const calendarDay: Text = {
  zh: '日历上存在的日期（YYYY-MM-DD）',
  en: 'a day of the calendar (YYYY-MM-DD)',
};
const oneOfTheList: Text = { zh: '可选项之一', en: 'one of the listed choices' };
const other: Text = { zh: '表单要求的内容', en: 'what the form asks for' };

function mustBe({ zh, en }: Text, instead: readonly string[]): Text {
  return {
    zh: `应为${[zh, ...instead.map((literal) => `「${literal}」`)].join('，或')}。`,
    en: `Must be ${[en, ...instead].join(', or ')}.`,
  };
}

/** A name is told as far as it helps to find a slip; the pointer has it in full. */
const longestName = 40;

function unknownField(name: string): Text {
  const told = name.length > longestName ? `${name.slice(0, longestName)}…` : name;
  return { zh: `表单中没有字段“${told}”。`, en: `The form has no field "${told}".` };
}
