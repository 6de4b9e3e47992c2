import type { Text } from '../rules/finding';

/** What a constraint of class-validator asks for, given what it was declared with. */
type Sentence = (...declared: readonly unknown[]) => Text;

const text =
  (zh: string, en: string): Sentence =>
  () => ({ zh, en });

const filled = text('不能为空。', 'Must not be empty.');
const instant = text('须为 ISO 8601 时间。', 'Must be an ISO 8601 instant.');

const sentences: Readonly<Record<string, Sentence>> = {
  whitelistValidation: text('没有这个字段。', 'There is no such field.'),
  isDefined: text('缺少该字段。', 'Is missing.'),
  isString: text('须为文本。', 'Must be text.'),
  isBoolean: text('须为 true 或 false。', 'Must be true or false.'),
  isNumber: text('须为数字。', 'Must be a number.'),
  isInt: text('须为整数。', 'Must be a whole number.'),
  isArray: text('须为数组。', 'Must be an array.'),
  isObject: text('须为对象。', 'Must be an object.'),
  nestedValidation: text('须为对象或对象的数组。', 'Must be an object, or an array of objects.'),
  isNotEmpty: filled,
  isVisible: filled,
  isNotEmptyObject: filled,
  arrayNotEmpty: filled,
  arrayUnique: text('不能有重复项。', 'Must not hold anything twice.'),
  isPositive: text('须大于 0。', 'Must be greater than 0.'),
  isUuid: text('须为 UUID。', 'Must be a UUID.'),
  isHash: text('须为十六进制的哈希值。', 'Must be a hash in hexadecimal.'),
  isIso8601: instant,
  isDateString: instant,
  isIn: (values) => oneOf(values),
  isEnum: (_, values) => oneOf(values),
  equals: (value) => oneOf([value]),
  min: (least) => ({ zh: `不得小于 ${say(least)}。`, en: `Must be ${say(least)} or more.` }),
  max: (most) => ({ zh: `不得大于 ${say(most)}。`, en: `Must be ${say(most)} or less.` }),
  minLength: (least) => ({
    zh: `不得少于 ${say(least)} 个字符。`,
    en: `Must have at least ${say(least)} characters.`,
  }),
  maxLength: (most) => ({
    zh: `不得多于 ${say(most)} 个字符。`,
    en: `Must have at most ${say(most)} characters.`,
  }),
  isLength: (least, most) => ({
    zh: `须为 ${say(least)} 至 ${say(most)} 个字符。`,
    en: `Must have ${say(least)} to ${say(most)} characters.`,
  }),
  arrayMinSize: (least) => ({
    zh: `不得少于 ${say(least)} 项。`,
    en: `Must have at least ${say(least)} items.`,
  }),
  arrayMaxSize: (most) => ({
    zh: `不得多于 ${say(most)} 项。`,
    en: `Must have at most ${say(most)} items.`,
  }),
};

const notAsAsked: Sentence = text('格式或取值不符合要求。', 'Is not of the form asked for.');

/** The sentence for a constraint; a general one for those that explain nothing, such as `matches`. */
export function sentenceFor(constraint: string, declared: readonly unknown[]): Text {
  return (sentences[constraint] ?? notAsAsked)(...declared);
}

function oneOf(values: unknown): Text {
  const list = Array.isArray(values) ? values.map(say).join(', ') : '';
  return { zh: `须为以下之一：${list}。`, en: `Must be one of: ${list}.` };
}

function say(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
