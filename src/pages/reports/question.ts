import type { Panel } from './panels.ts';

/** What the page is asked: it stands in the address, so that it can be kept and handed on (without the token). */
export interface Question {
  readonly round: string | null;
  /** Whose jurisdiction; null for the reader's own. */
  readonly organisation: string | null;
  /** The evening of this day; null for now. */
  readonly asOf: string | null;
  readonly level: string | null;
  readonly subSpecialty: string | null;
  /** By panel: what it is grouped by, where the reader chose it; '' for nothing. */
  readonly by: Readonly<Record<string, string>>;
}

const filters = ['round', 'organisation', 'asOf', 'level', 'subSpecialty'] as const;
const prefix = 'by.';

export function questionIn(search: string): Question {
  const given = new URLSearchParams(search);
  const read = (name: string): string | null => given.get(name) || null;
  return {
    round: read('round'),
    organisation: read('organisation'),
    asOf: read('asOf'),
    level: read('level'),
    subSpecialty: read('subSpecialty'),
    by: Object.fromEntries(
      [...given].flatMap(([name, value]) =>
        name.startsWith(prefix) ? [[name.slice(prefix.length), value]] : [],
      ),
    ),
  };
}

/** As the search part of an address; `lang` is carried along. */
export function addressOf(question: Question, lang: string | null): string {
  const search = new URLSearchParams();
  for (const name of filters) {
    const value = question[name];
    if (value !== null) search.set(name, value);
  }
  for (const [panel, by] of Object.entries(question.by)) search.set(prefix + panel, by);
  if (lang !== null) search.set('lang', lang);
  return `?${search}`;
}

/** What a panel is grouped by. */
export function groupingOf(panel: Panel, { by }: Question): string {
  return by[panel.id] ?? panel.by;
}

/** The path of the report that answers a panel; filters the report does not know are left out. */
export function pathOf(
  panel: Panel,
  question: Question & { readonly round: string },
  dimensions: readonly string[],
): string {
  const { round, organisation, asOf, level, subSpecialty } = question;
  const search = new URLSearchParams({ round });
  const by = groupingOf(panel, question);
  if (by !== '') search.set('by', by);
  if (organisation !== null) search.set('organisation', organisation);
  if (asOf !== null) search.set('asOf', asOf);
  const narrowed = { level, subSpecialty };
  for (const [name, value] of Object.entries(narrowed)) {
    if (value !== null && dimensions.includes(name)) search.set(name, value);
  }
  return `/v1/reports/${panel.report}?${search}`;
}
