import { block, warn, type Finding } from '../finding';
import type { Materials } from './materials';
import { saysNothing } from './reading';

const pointer = '/sections/workSummary/text';

/** M-20 (四(一)12): there is a work summary. */
export function summaryPresent({ sections, policy }: Materials): readonly Finding[] {
  if (!saysNothing(sections.workSummary?.text)) return [];
  return [
    block(policy, 'M-20', {
      code: 'summary-missing',
      pointer,
      zh: '请填写任现职以来的个人工作总结。',
      en: 'Write the summary of your work since the present title.',
    }),
  ];
}

/** M-20 (四(一)12): it is prose of a fitting length, not a list of bullets. */
export function summaryInProse({ sections, policy }: Materials): readonly Finding[] {
  const { text = '' } = sections.workSummary ?? {};
  if (saysNothing(text)) return [];
  const { length, bullets } = policy.materials.workSummary;
  const findings: Finding[] = [];
  const characters = charactersOf(text);
  if (characters < length.shortest || characters > length.longest) {
    findings.push(
      warn(policy, 'M-20', {
        code: 'summary-length',
        pointer,
        zh: `个人工作总结宜为${length.shortest}至${length.longest}字，现为${characters}字。`,
        en: `A summary has ${length.shortest} to ${length.longest} characters; this one has ${characters}.`,
      }),
    );
  }
  const items = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => isItem(line, bullets.marks) && charactersOf(line) <= bullets.longest);
  if (charactersOf(items.join('')) >= bullets.share * characters) {
    findings.push(
      warn(policy, 'M-20', {
        code: 'summary-as-list',
        pointer,
        zh: '个人工作总结以罗列条目为主，请归纳成连贯的文字，切勿列干条。',
        en: 'The summary is mostly a list of points: put it into connected prose.',
      }),
    );
  }
  return findings;
}

/** Begins with a bullet, or a number as 1. 2、 （三） ① . */
const numbered =
  /^([（(]?[\d一二三四五六七八九十]+[)）、.．]|第[一二三四五六七八九十]+[，、：]|[①-⑳])/;

function isItem(line: string, marks: readonly string[]): boolean {
  return numbered.test(line) || marks.some((mark) => line.startsWith(mark));
}

/** White space is not counted. */
function charactersOf(text: string): number {
  return text.replaceAll(/\s/g, '').length;
}
