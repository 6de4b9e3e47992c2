import { element, heardOnly, language, say, timeOf } from '../dom.ts';
import type { Text } from '../language.ts';
import type { Change, Json } from './answers.ts';
import { differing } from './differing.ts';
import { linesOf, placeAt, type Schema } from './form.ts';
import { durationOf, type Happening } from './story.ts';
import type { Thumbnails } from './thumbnails.ts';

const words = {
  waited: { zh: '等待', en: 'waited' },
  sinceFiled: { zh: '上报后', en: 'since filed' },
  reasons: { zh: '理由、说明', en: 'Reasons and explanations' },
  rules: { zh: '依据', en: 'By rule' },
  changes: { zh: '改动', en: 'Changes' },
  field: { zh: '栏目', en: 'Field' },
  before: { zh: '原为', en: 'Before' },
  after: { zh: '改为', en: 'After' },
  nothing: { zh: '空', en: 'nothing' },
  kept: {
    zh: '（保存草稿，只列改动了哪些栏目）',
    en: ' (saved, not filed: which fields alone)',
  },
} as const satisfies Record<string, Text>;

/** One thing that happened, as an item of the story. */
export function entryOf(happening: Happening, form: Schema, thumbnails: Thumbnails): HTMLLIElement {
  const { at, sentence, reasons, isReturn, changes, rules, waited, file } = happening;
  return element(
    'li',
    {},
    element(
      'div',
      { class: 'when' },
      element('p', {}, timeOf(at)),
      waited === null ? null : element('p', { class: 'waited' }, waitedText(waited)),
    ),
    element(
      'div',
      { class: 'what' },
      element('p', {}, sentence),
      reasons.length === 0
        ? null
        : element(
            'ul',
            { class: isReturn ? 'reasons of-return' : 'reasons', 'aria-label': say(words.reasons) },
            ...reasons.map((reason) => element('li', {}, reason)),
          ),
      changes.length === 0 ? null : changesOf(changes, form),
      file === null ? null : thumbnails.of(file),
      rules.length === 0
        ? null
        : element(
            'p',
            { class: 'note' },
            `${say(words.rules)}：${rules.map(ruleNamed).join('；')}`,
          ),
    ),
  );
}

function waitedText({ seconds, officeSeconds }: NonNullable<Happening['waited']>): string {
  const title = say(officeSeconds === null ? words.sinceFiled : words.waited);
  return `${title} ${durationOf(seconds, language)}`;
}

function ruleNamed({ rule, clause }: Happening['rules'][number]): string {
  return clause === null ? rule : `${rule} ${clause}`;
}

/** Field by field: of what was filed with the values side by side, of what was saved which fields. */
function changesOf(changes: Happening['changes'], form: Schema): HTMLElement {
  const filed = changes.some(({ before, after }) => before !== undefined || after !== undefined);
  const title = `${say(words.changes)} ${changes.length}${filed ? '' : say(words.kept)}`;
  const shown = filed
    ? comparison(changes, form)
    : element('ul', {}, ...changes.map((change) => element('li', {}, change.title)));
  return element('details', { open: filed }, element('summary', {}, title), shown);
}

function comparison(changes: Happening['changes'], form: Schema): HTMLElement {
  const heading = (text: Text): HTMLElement => element('th', { scope: 'col' }, say(text));
  return element(
    'div',
    { class: 'scrolls', role: 'region', tabindex: 0, 'aria-label': say(words.changes) },
    element(
      'table',
      { class: 'changes' },
      element(
        'thead',
        {},
        element('tr', {}, heading(words.field), heading(words.before), heading(words.after)),
      ),
      element(
        'tbody',
        {},
        ...changes.map((change) =>
          element(
            'tr',
            {},
            element('th', { scope: 'row' }, placeAt(form, change.pointer, language).title),
            ...sidesOf(change, form),
          ),
        ),
      ),
    ),
  );
}

/** Both values; of long texts what differs is marked. */
function sidesOf(change: Change, form: Schema): readonly HTMLElement[] {
  const { before, after } = change;
  if (typeof before === 'string' && typeof after === 'string') {
    const marked = differing(before, after);
    if (marked !== null) {
      return marked.map(([start, differs, end]) =>
        element('td', { class: 'text' }, start, element('mark', {}, differs), end),
      );
    }
  }
  return [before, after].map((value) => element('td', {}, valueOf(change, value, form)));
}

function valueOf({ pointer }: Change, value: Json | undefined, form: Schema): HTMLElement {
  if (value === undefined) return element('span', {}, '–', heardOnly(say(words.nothing)));
  const lines = linesOf(value, placeAt(form, pointer, language).schema, language);
  const [first] = lines;
  if (lines.length === 1 && first?.title === '') return element('span', {}, first.text);
  return element(
    'ul',
    {},
    ...lines.map(({ title, text }) => element('li', {}, title === '' ? text : `${title}：${text}`)),
  );
}
