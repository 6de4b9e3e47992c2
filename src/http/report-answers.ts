import type { ReportAnswer } from '../application/report-queries';
import { dimensionTitles } from '../projections/reports/vocabulary';
import type { Column, Report, Unit, Value } from '../projections/reports/report';
import type { Values } from '../projections/reports/table';
import type { Language } from './language';

/** A report there is, and what can be asked of it. */
export interface ReportListed {
  readonly report: string;
  readonly title: string;
  readonly about: string;
  /** What `by` takes, and what it can be narrowed to by a parameter of that name. */
  readonly dimensions: readonly Titled[];
  readonly columns: readonly ColumnTold[];
}

interface Titled {
  readonly key: string;
  readonly title: string;
}

interface ColumnTold extends Titled {
  readonly unit: Unit;
}

export interface ReportTold {
  readonly report: string;
  readonly title: string;
  readonly round: string;
  /** Whose jurisdiction it tells of. */
  readonly organisation: { readonly id: string; readonly name: string };
  /** It tells how things stood in the evening of this day. */
  readonly asOf: string;
  readonly by: readonly Titled[];
  readonly filters: Readonly<Record<string, string>>;
  readonly columns: readonly ColumnTold[];
  readonly rows: readonly RowTold[];
  /** Of all rows together. */
  readonly total: Values;
}

interface RowTold {
  /** By dimension: the code. */
  readonly group: Readonly<Record<string, string | null>>;
  /** By dimension: what people call it. */
  readonly labels: Readonly<Record<string, string>>;
  readonly values: Readonly<Record<string, Value>>;
}

export function listed(report: Report, language: Language): ReportListed {
  const { name, title, about, dimensions, columns } = report;
  return {
    report: name,
    title: title[language],
    about: about[language],
    dimensions: dimensions.map((key) => ({ key, title: dimensionTitles[key][language] })),
    columns: distinct(columns).map((column) => columnTold(column, language)),
  };
}

export function told(answer: ReportAnswer, language: Language): ReportTold {
  const { report, question, table, vocabulary } = answer;
  const { by, scope } = question;
  // Asked for as a whole, it is told by the total alone.
  const rows = (by.length === 0 ? [] : table.rows).map(({ group, values }) => ({
    group: Object.fromEntries(by.map((name, index) => [name, group[index] ?? null])),
    labels: Object.fromEntries(
      by.map((name, index) => [name, vocabulary.nameOf(name, group[index] ?? null)[language]]),
    ),
    values,
  }));
  rows.sort((one, other) => {
    for (const name of by) {
      const order = vocabulary.compare(name, one.group[name] ?? null, other.group[name] ?? null);
      if (order !== 0) return order;
    }
    return 0;
  });
  return {
    report: report.name,
    title: report.title[language],
    round: question.round,
    organisation: { id: scope, name: vocabulary.nameOf('organisation', scope)[language] },
    asOf: question.day,
    by: by.map((key) => ({ key, title: dimensionTitles[key][language] })),
    filters: question.filters,
    columns: table.columns.map((column) => columnTold(column, language)),
    rows,
    total: table.total,
  };
}

/** Headings, a line for each row and, last, the total; organisations with their ids, as names may be alike. */
export function csvRows(
  { by, columns, rows, total }: ReportTold,
  language: Language,
): readonly (readonly Value[])[] {
  const cells = (name: string, label: Value, code: Value): readonly Value[] =>
    /organisation$/i.test(name) ? [label, code] : [label];
  const values = (of: Values): readonly Value[] => columns.map(({ key }) => of[key] ?? null);
  return [
    [
      ...by.flatMap(({ key, title }) => cells(key, title, `${title}${idTitle[language]}`)),
      ...columns.map(({ title }) => title),
    ],
    ...rows.map((row) => [
      ...by.flatMap(({ key }) => cells(key, row.labels[key] ?? null, row.group[key] ?? null)),
      ...values(row.values),
    ]),
    [
      ...by.flatMap(({ key }, index) =>
        cells(key, index === 0 ? totalTitle[language] : null, null),
      ),
      ...values(total),
    ],
  ];
}

const idTitle: Readonly<Record<Language, string>> = { zh: '代码', en: ' id' };
const totalTitle: Readonly<Record<Language, string>> = { zh: '合计', en: 'Total' };

function columnTold({ key, title, unit }: Column, language: Language): ColumnTold {
  return { key, title: title[language], unit };
}

/** A column that is counted in one of several ways is one to whoever reads the list. */
function distinct(columns: readonly Column[]): readonly Column[] {
  return [...new Map(columns.map((column) => [column.key, column])).values()];
}
