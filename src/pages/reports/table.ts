import { element, heardOnly, language, say } from '../dom.ts';
import type { Text } from '../language.ts';
import { formatted, type Value } from '../values.ts';
import type { Column, Report, Row } from './answers.ts';

const words = {
  measure: { zh: '指标', en: 'Measure' },
  number: { zh: '数值', en: 'Value' },
  total: { zh: '合计', en: 'Total' },
  none: { zh: '没有数字', en: 'no value' },
} as const satisfies Record<string, Text>;

/**
 * The numbers of a report: the whole as a list of measures, groups as a row each with the total below.
 *
 * @param addressOf where a group is looked into by itself; null where it cannot be
 */
export function tableOf(
  report: Report,
  caption: string,
  addressOf: (row: Row) => string | null,
): HTMLTableElement {
  const { by, columns, rows, total } = report;
  const head = (...titles: readonly string[]): HTMLElement =>
    element('thead', {}, element('tr', {}, ...titles.map((title) => heading(title, 'col'))));
  if (by.length === 0) {
    return element(
      'table',
      {},
      element('caption', {}, caption),
      head(say(words.measure), say(words.number)),
      element(
        'tbody',
        {},
        ...columns.map((column) =>
          element('tr', {}, heading(column.title, 'row'), cell(total[column.key] ?? null, column)),
        ),
      ),
    );
  }
  return element(
    'table',
    {},
    element('caption', {}, caption),
    head(...by.map(({ title }) => title), ...columns.map(({ title }) => title)),
    element(
      'tbody',
      {},
      ...rows.map((row) =>
        element(
          'tr',
          {},
          ...by.map(({ key }) => groupHeading(row, key, addressOf(row))),
          ...columns.map((column) => cell(row.values[column.key] ?? null, column)),
        ),
      ),
    ),
    element(
      'tfoot',
      {},
      element(
        'tr',
        {},
        element('th', { scope: 'row', colspan: by.length }, say(words.total)),
        ...columns.map((column) => cell(total[column.key] ?? null, column)),
      ),
    ),
  );
}

function heading(title: string, scope: 'row' | 'col'): HTMLElement {
  return element('th', { scope }, title);
}

function groupHeading(row: Row, key: string, address: string | null): HTMLElement {
  const label = row.labels[key] ?? '';
  const leadsOn = key === 'organisation' && address !== null;
  return element(
    'th',
    { scope: 'row' },
    leadsOn ? element('a', { href: address, 'data-in-page': true }, label) : label,
  );
}

function cell(value: Value, { key, unit }: Column): HTMLElement {
  const shown = formatted(value, unit, language);
  if (value !== null) return element('td', { 'data-column': key }, shown);
  const dash = element('span', { 'aria-hidden': 'true' }, shown);
  return element('td', { 'data-column': key }, dash, heardOnly(say(words.none)));
}
