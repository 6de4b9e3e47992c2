import { tags, type Language, type Text } from './language.ts';

/** A value as a report answers it. */
export type Value = number | string | null;

export type Unit = 'people' | 'acts' | 'yuan' | 'ratio' | 'average' | 'workingDays' | 'date';

/** What a value tells: small groups of people are not told exactly. */
export type Told =
  | { readonly kind: 'exactly'; readonly amount: number }
  /** `"<5"`: fewer than so many, perhaps none. */
  | { readonly kind: 'fewerThan'; readonly amount: number }
  /** `">=11"`: so many or a few more. */
  | { readonly kind: 'atLeast'; readonly amount: number }
  /** `"*"`: rests on too few people. */
  | { readonly kind: 'withheld' }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'nothing' };

export function toldBy(value: Value): Told {
  if (value === null) return { kind: 'nothing' };
  if (typeof value === 'number') return { kind: 'exactly', amount: value };
  if (value === '*') return { kind: 'withheld' };
  const [, sign, digits] = /^(<|>=)(\d+)$/.exec(value) ?? [];
  if (sign === undefined) return { kind: 'text', text: value };
  return { kind: sign === '<' ? 'fewerThan' : 'atLeast', amount: Number(digits) };
}

/** As people read it: rates in percent, thousands set apart; a small group as the service tells it. */
export function formatted(value: Value, unit: Unit, language: Language): string {
  if (value === null) return '–';
  if (typeof value === 'string') return value;
  const style = unit === 'ratio' ? 'percent' : 'decimal';
  return new Intl.NumberFormat(tags[language], { style, maximumFractionDigits: 2 }).format(value);
}

const notes = {
  fewerThan: {
    zh: '“<5”等：人数较少，为不暴露个人，只显示少于几人（可能为零），同类指标的其他数字取整；图中以空心斜线表示上限。',
    en: '"<5" and the like: few people, perhaps none, not told exactly lest a person show; other numbers of the kind are rounded. Hatched up to that limit in charts.',
  },
  atLeast: {
    zh: '“>=11”等：至少这么多，其余人数较少，不显示确数。',
    en: '">=11" and the like: at least so many; the few beyond are not told exactly.',
  },
  withheld: {
    zh: '“*”：所涉人数太少，不显示；图中不画。',
    en: '"*": rests on too few people to be shown; left out of charts.',
  },
} as const satisfies Record<string, Text>;

/** What is to be explained of the values shown. */
export function notesOn(values: readonly Value[], language: Language): readonly string[] {
  const kinds = new Set(values.map((value) => toldBy(value).kind));
  return (Object.keys(notes) as (keyof typeof notes)[])
    .filter((kind) => kinds.has(kind))
    .map((kind) => notes[kind][language]);
}
