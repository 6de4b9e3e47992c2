import type { Circumstances, Column, Value } from './report';
import type { Table, Values } from './table';

/** What stands for a value that rests on too few people to be shown. */
export const withheld = '*';

/**
 * The same table without small groups of people (四(一)17). Of what the reader may not look up one by one:
 *
 * - a count that fewer people than the threshold may stand behind, or nobody, is shown as less than that;
 * - every other count, totals too, is rounded to a multiple of that, so that what was left out is not
 *   found by subtraction: of rows from their total, of one filter from another, of one evening from the next;
 * - what rests on a count that is not shown is withheld; ratios and averages are told roughly;
 * - a group of which nothing is shown has no row, since a row would say that there is somebody.
 *
 * Nothing is remembered or drawn by chance: the same question has the same answer, and asking again tells no more.
 */
export function withoutSmallGroups(
  { columns, rows, total }: Table,
  knows: (column: Column) => boolean,
  circumstances: Circumstances,
): Table {
  const screen = (values: Values): Values => {
    const row = { values, columns, knows, circumstances };
    return Object.fromEntries(
      columns.map((column) => [
        column.key,
        knows(column) ? (values[column.key] ?? null) : screened(column, row),
      ]),
    );
  };
  return {
    columns,
    rows: rows
      .map(({ group, values }) => ({ group, values: screen(values) }))
      .filter(({ values }) => Object.values(values).some(isShown)),
    total: screen(total),
  };
}

function isShown(value: Value): boolean {
  return value !== null && value !== withheld && !String(value).startsWith('<');
}

interface ScreenedRow {
  readonly values: Values;
  readonly columns: readonly Column[];
  readonly knows: (column: Column) => boolean;
  readonly circumstances: Circumstances;
}

function screened(column: Column, row: ScreenedRow): Value {
  const { values, columns, knows, circumstances } = row;
  const value = values[column.key] ?? null;
  const { guard } = column;
  if ('restsOn' in guard) {
    const base = columns.find(({ key }) => key === guard.restsOn);
    const step = leastShown(base, circumstances);
    if (value === null) return null;
    if (base === undefined || Number(values[base.key]) < step) return withheld;
    return typeof value === 'number' ? roughly(column, value, step, circumstances) : value;
  }
  const step = leastShown(column, circumstances);
  const known = columns.find(({ key }) => key === guard.beyond);
  const count = Number(value);
  if (known === undefined || !knows(known)) {
    return count < step ? `<${step}` : rounded(count, step);
  }
  // The reader knows all of them but some, and of those alone must not be told.
  const exact = Number(values[known.key]);
  const beyond = count - exact;
  return beyond < step ? `>=${exact}` : exact + rounded(beyond, step);
}

/** The smallest count that so many people must stand behind. */
function leastShown(counted: Column | undefined, circumstances: Circumstances): number {
  const { smallGroup } = circumstances.policy.reports;
  if (counted === undefined || 'restsOn' in counted.guard) return smallGroup;
  return smallGroup * counted.guard.mostOfOnePerson(circumstances);
}

function roughly({ unit }: Column, value: number, step: number, { policy }: Circumstances): number {
  switch (unit) {
    case 'ratio':
      return rounded(value * 100, 1) / 100;
    case 'average':
      return rounded(value * 10, 1) / 10;
    case 'workingDays':
    case 'date':
      return value;
    case 'yuan': {
      const { senior, intermediate, junior } = policy.afterAcceptance.fee;
      return rounded(value, policy.reports.smallGroup * Math.max(senior, intermediate, junior));
    }
    default:
      return rounded(value, step);
  }
}

function rounded(value: number, step: number): number {
  return Math.round(value / step) * step;
}
