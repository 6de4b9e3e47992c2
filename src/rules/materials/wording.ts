import { notBlank } from '../../dossier/form/schema';
import { warn, type Finding } from '../finding';
import { titleOf } from './blanks';
import type { Materials } from './materials';

/** F-4 (三(三)): no vague words in what the applicant writes. */
export function preciseWording({ policy, fields }: Materials): readonly Finding[] {
  const { words } = policy.materials.vagueWords;
  return fields.flatMap(({ pointer, schema, value }) => {
    if (typeof value !== 'string' || schema['pattern'] !== notBlank) return [];
    const found = words
      .filter(({ word, except }) => value.includes(word) && without(value, except).includes(word))
      .map(({ word }) => word);
    if (found.length === 0) return [];
    const title = titleOf(schema);
    return [
      warn(policy, 'F-4', {
        code: 'vague-wording',
        pointer,
        zh: `“${title.zh}”中有含糊的词语：${found.join('、')}；请写明确切的时间、数量或结论。`,
        en: `"${title.en}" has vague words (${found.join(', ')}): give exact times, amounts or results.`,
      }),
    ];
  });
}

/** The text with the terms of the trade taken out, and a gap left, so that no new word arises. */
function without(text: string, terms: readonly string[]): string {
  return terms.reduce((rest, term) => rest.replaceAll(term, ' '), text);
}
