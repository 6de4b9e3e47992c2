import fc from 'fast-check';

import { AskReport } from '../../src/application/report-queries';
import type { Role } from '../../src/application/access';
import { reports } from '../../src/projections/reports';
import type { Circumstances, Value } from '../../src/projections/reports/report';
import { withoutSmallGroups } from '../../src/projections/reports/small-groups';
import type { Table, Values } from '../../src/projections/reports/table';
import { policy2022 } from '../../src/rounds/policy-2022';
import { kept, now } from './kept';
import { seasonOf } from './season';

const circumstances: Circumstances = { policy: policy2022, longestChain: 4 };
const { smallGroup } = policy2022.reports;
const nobody = () => false;

const columnsOf = (name: string) => reports.find((report) => report.name === name)?.columns ?? [];
const progress = columnsOf('progress');

/** A table of one column, with its total. */
const tableOf = (counts: readonly number[], columns = progress.slice(1, 2)): Table => ({
  columns,
  rows: counts.map((count, n) => ({
    group: [String(n)],
    values: Object.fromEntries(columns.map(({ key }) => [key, count])),
  })),
  total: Object.fromEntries(
    columns.map(({ key }) => [key, counts.reduce((sum, count) => sum + count, 0)]),
  ),
});

const screened = (table: Table, knows: (column: { known: string }) => boolean = nobody) =>
  withoutSmallGroups(table, knows, circumstances);

describe('Small groups', () => {
  it.each([
    [0, '<5'],
    [1, '<5'],
    [4, '<5'],
    [5, 5],
    [7, 5],
    [8, 10],
    [1233, 1235],
  ])('of %d people are told as %j', (count, said) => {
    expect(screened(tableOf([count])).total.submitted).toBe(said);
  });

  it('leave no row where nothing of a group is shown', () => {
    const { rows } = screened(tableOf([3, 12, 0]));
    expect(rows).toEqual([{ group: ['1'], values: { submitted: 10 } }]);
  });

  it('are told exactly to whoever may look them up', () => {
    const table = tableOf([1, 2, 12]);
    expect(screened(table, () => true)).toEqual(table);
  });

  it('are not found by subtracting rows from their total', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(30), { minLength: 2, maxLength: 8 }), (counts) => {
        const all = counts.map((count) => screened(tableOf([count])).total.submitted ?? null);
        const total = screened(tableOf(counts)).total.submitted ?? null;
        const [least, most] = [...all, total].reduce<readonly [number, number]>(
          ([low, high], value, index) => {
            const [from, to] = possible(value);
            return index === all.length ? [from - high, to - low] : [low + from, high + to];
          },
          [0, 0],
        );
        // What a hidden group may be, given all others and the total.
        for (const value of all.filter((one) => typeof one === 'string')) {
          const [from, to] = possible(value);
          const left = Math.max(from, least + to);
          const right = Math.min(to, most + from);
          const extreme = [0, 1].some((edge) =>
            counts.every((count) => possible(told(count))[edge] === count),
          );
          expect(right - left > 0 || extreme).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('of few people with many acts are not told as many', () => {
    const columns = columnsOf('returns').filter(({ key }) => key === 'returned');
    expect(screened(tableOf([14], columns)).total.returned).toBe('<15');
    expect(screened(tableOf([15], columns)).total.returned).toBe(15);
    expect(screened(tableOf([23], columns)).total.returned).toBe(30);
  });

  it('let nothing be told that rests on them', () => {
    const columns = columnsOf('fees');
    const table = (paid: number, yuanReceived: number): Table => ({
      columns,
      rows: [],
      total: { due: 40, feePaid: paid, yuanDue: 20_000, yuanReceived },
    });
    expect(screened(table(4, 2_000)).total).toMatchObject({ feePaid: '<5', yuanReceived: '*' });
    expect(screened(table(11, 5_350)).total).toMatchObject({ feePaid: 10, yuanReceived: 5_000 });
  });

  it('who have not filed do not show beside those who have', () => {
    const columns = progress.filter(({ key }) => key === 'opened' || key === 'submitted');
    const table = (opened: number, submitted: number): Table => ({
      columns,
      rows: [],
      total: { opened, submitted },
    });
    const toReviewers = (values: Table) =>
      screened(values, ({ known }) => known === 'to reviewers');
    expect(toReviewers(table(12, 11)).total).toEqual({ opened: '>=11', submitted: 11 });
    expect(toReviewers(table(11, 11)).total).toEqual({ opened: '>=11', submitted: 11 });
    expect(toReviewers(table(19, 11)).total).toEqual({ opened: 21, submitted: 11 });
  });

  it('are told by no report, however an administrator asks', async () => {
    const { handler } = await kept([...seasonOf({ seed: 7, people: 60, steps: 1_500 })]);
    const ask = async (name: string, by: string, role: Role) => {
      const caller = { subject: 'somebody', roles: [role], organisation: 'office' };
      const asked = { round: '2022', by };
      const outcome = await handler.execute(new AskReport(name, asked, caller, 'office', now));
      if (outcome.kind !== 'answered') throw new Error(outcome.kind);
      return outcome.answer.table;
    };
    let shown = 0;
    for (const { name, dimensions } of reports) {
      for (const by of dimensions) {
        const { columns, rows, total } = await ask(name, by, 'administrator');
        const counts = columns.filter(({ unit }) => unit === 'people' || unit === 'acts');
        for (const values of [...rows.map((row) => row.values), total]) {
          shown += counts.filter(({ key }) => typeof values[key] === 'number').length;
          expect([name, by, counts.map(({ key }) => values[key]).filter(isSmall)]).toEqual([
            name,
            by,
            [],
          ]);
        }
      }
    }
    expect(shown).toBeGreaterThan(50);
  });
});

function isSmall(value: Value | undefined): boolean {
  return typeof value === 'number' && (value < smallGroup || value % smallGroup !== 0);
}

function told(count: number): Value {
  const values: Values = screened(tableOf([count])).total;
  return values.submitted ?? null;
}

/** The counts a value may stand for. */
function possible(value: Value): readonly [number, number] {
  if (typeof value !== 'number') return [0, smallGroup - 1];
  return [Math.max(smallGroup, value - 2), value + 2];
}
