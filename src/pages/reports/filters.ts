import { element, language, say } from '../dom.ts';
import type { Text } from '../language.ts';
import type { Organisation, Round, RoundPolicy } from './answers.ts';
import type { Question } from './question.ts';

const words = {
  filters: { zh: '筛选', en: 'Filters' },
  round: { zh: '年度', en: 'Round' },
  organisation: { zh: '单位', en: 'Organisation' },
  all: { zh: '全部', en: 'all' },
  level: { zh: '级别', en: 'Level' },
  subSpecialty: { zh: '二级专业', en: 'Sub-specialty' },
  asOf: { zh: '截至当日', en: 'As of the evening of' },
  ask: { zh: '查询', en: 'Show' },
  reset: { zh: '清除筛选', en: 'Clear the filters' },
  path: { zh: '单位层级', en: 'Organisations above' },
} as const satisfies Record<string, Text>;

const levels: Readonly<Record<string, Text>> = {
  senior: { zh: '高级工程师', en: 'Senior engineer' },
  intermediate: { zh: '工程师', en: 'Engineer' },
  junior: { zh: '助理工程师', en: 'Assistant engineer' },
};

export interface Choices {
  readonly rounds: readonly Round[];
  readonly round: Round;
  readonly subSpecialties: RoundPolicy['policy']['subSpecialties'];
  readonly organisations: readonly Organisation[];
  /** The reader's own, below which they look. */
  readonly own: string;
}

/** The form that narrows every report at once. */
export function filtersOf(
  question: Question,
  { rounds, round, subSpecialties, organisations, own }: Choices,
  ask: (question: Question) => void,
): HTMLElement {
  const chosen = question.organisation ?? own;
  const below = organisations.filter(({ supervisedBy }) => supervisedBy === chosen);
  const here = organisations.filter(({ id }) => id === chosen);
  const fields = {
    round: choice(
      rounds.map(({ round: value, title }) => ({ value, title })),
      round.round,
    ),
    organisation: choice(
      [...here, ...below].map(({ id, name }) => ({ value: id, title: name })),
      chosen,
    ),
    level: choice(
      [
        everything(),
        ...round.levels.map((value) => ({
          value,
          title: levels[value]?.[language] ?? value,
        })),
      ],
      question.level,
    ),
    subSpecialty: choice(
      [
        everything(),
        ...subSpecialties.map((term) => ({ value: term.code, title: term[language] })),
      ],
      question.subSpecialty,
    ),
    asOf: element('input', { type: 'date', value: question.asOf }),
  };
  const form = element(
    'form',
    { class: 'filters', 'aria-label': say(words.filters) },
    ...Object.entries(fields).map(([name, field]) => {
      field.id = name;
      const title = words[name as keyof typeof fields];
      return element('p', {}, element('label', { for: name }, say(title)), field);
    }),
    element(
      'p',
      { class: 'acts' },
      element('button', { type: 'submit' }, say(words.ask)),
      element('button', { type: 'reset', class: 'quiet' }, say(words.reset)),
    ),
  );
  const value = (name: keyof typeof fields): string | null => fields[name].value || null;
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const organisation = value('organisation');
    ask({
      ...question,
      round: value('round'),
      organisation: organisation === own ? null : organisation,
      level: value('level'),
      subSpecialty: value('subSpecialty'),
      asOf: value('asOf'),
    });
  });
  form.addEventListener('reset', (event) => {
    event.preventDefault();
    ask({ round: null, organisation: null, level: null, subSpecialty: null, asOf: null, by: {} });
  });
  return form;
}

/** From the reader's own organisation down to the one looked at, each a way back up. */
export function pathTo(
  question: Question,
  { organisations, own }: Choices,
  addressOf: (organisation: string) => string,
): HTMLElement | null {
  if (question.organisation === null || question.organisation === own) return null;
  const known = new Map(organisations.map((one) => [one.id, one]));
  const path: Organisation[] = [];
  for (let id: string | null = question.organisation; id !== null;) {
    const one: Organisation | undefined = known.get(id);
    if (one === undefined) break;
    path.unshift(one);
    id = id === own ? null : one.supervisedBy;
  }
  return element(
    'nav',
    { class: 'path', 'aria-label': say(words.path) },
    element(
      'ol',
      {},
      ...path.map(({ id, name }) =>
        element(
          'li',
          {},
          id === question.organisation
            ? element('span', { 'aria-current': 'true' }, name)
            : element('a', { href: addressOf(id), 'data-in-page': true }, name),
        ),
      ),
    ),
  );
}

interface Option {
  readonly value: string;
  readonly title: string;
}

function everything(): Option {
  return { value: '', title: say(words.all) };
}

function choice(options: readonly Option[], chosen: string | null): HTMLSelectElement {
  return element(
    'select',
    {},
    ...options.map(({ value, title }) =>
      element('option', { value, selected: value === (chosen ?? '') }, title),
    ),
  );
}

/** What was asked, in words, for whoever reads a print of it. */
export function summaryOf(
  question: Question,
  { round, subSpecialties }: Choices,
  answered: { readonly organisation: { readonly name: string }; readonly asOf: string },
): string {
  const { level, subSpecialty } = question;
  const term = subSpecialties.find(({ code }) => code === subSpecialty);
  const asOf = { zh: `截至 ${answered.asOf}`, en: `as of ${answered.asOf}` };
  return [
    round.title,
    answered.organisation.name,
    say(asOf),
    ...(level === null ? [] : [levels[level]?.[language] ?? level]),
    ...(term === undefined ? [] : [term[language]]),
  ].join(' · ');
}
