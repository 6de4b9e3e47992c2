import type { Column, Report } from '../../src/pages/reports/answers';
import { chartOf } from '../../src/pages/reports/chart';
import { formatted, notesOn, toldBy, type Value } from '../../src/pages/values';

const column = (key: string, unit: Column['unit'] = 'people'): Column => ({
  key,
  title: key,
  unit,
});
const columns = [column('filed'), column('passed')];
const spec = { title: { zh: '图', en: 'Chart' }, columns: ['filed', 'passed'] };

const report = (values: readonly (readonly [Value, Value])[], by = 'level'): Report => ({
  ...{ report: 'progress', title: '进度', round: '2022', asOf: '2022-08-26' },
  organisation: { id: 'office', name: '办公室' },
  by: values.length === 1 ? [] : [{ key: by, title: by }],
  columns,
  rows: values.slice(1).map(([filed, passed], index) => ({
    group: { [by]: `group-${index}` },
    labels: { [by]: `第${index}组` },
    values: { filed, passed },
  })),
  total: { filed: values[0]?.[0] ?? null, passed: values[0]?.[1] ?? null },
});

interface Bar {
  readonly value: number | null;
  readonly label?: { readonly formatter?: () => string };
  readonly itemStyle?: { readonly decal?: object };
}

const drawn = (told: Report) => {
  const chart = chartOf({ spec, columns, report: told, language: 'zh' });
  const series = (chart?.option.series ?? []) as unknown as { readonly data: readonly Bar[] }[];
  return { chart, series };
};

describe('A chart', () => {
  it('of the whole has a bar for each column, with its number', () => {
    const [series] = drawn(report([[1234, 7]])).series;
    expect(series?.data.map(({ value }) => value)).toEqual([1234, 7]);
    expect(series?.data.map(({ label }) => label?.formatter?.())).toEqual(['1,234', '7']);
  });

  it('never draws a small group as none, nor as exactly so many', () => {
    const [series] = drawn(report([['<5', '*']])).series;
    const [few, withheld] = series?.data ?? [];
    expect([few?.value, few?.label?.formatter?.()]).toEqual([5, '<5']);
    expect(few?.itemStyle?.decal).toBeDefined();
    expect(withheld?.label?.formatter?.()).toBe('*');
    const lines = drawn(
      report(
        [
          [9, 9],
          ['<5', 0],
          [6, '*'],
        ],
        'day',
      ),
    ).series;
    expect(lines.map(({ data }) => data)).toEqual([
      [null, 6],
      [0, null],
    ]);
  });

  it('has no bars for groups of nobody, and says how many it left out', () => {
    const { chart, series } = drawn(
      report([
        [9, 9],
        [3, 0],
        [0, 0],
        [0, '<5'],
      ]),
    );
    expect(series[0]?.data.map(({ value }) => value)).toEqual([3, 0]);
    expect(chart?.leftOut).toBe(1);
  });

  it('is none where every number is zero', () => {
    expect(drawn(report([[0, 0]])).chart).toBeNull();
    expect(
      drawn(
        report([
          [0, 0],
          [0, null],
          [0, 0],
        ]),
      ).chart,
    ).toBeNull();
  });
});

describe('A value', () => {
  it.each<[Value, Column['unit'], string]>([
    [12345, 'people', '12,345'],
    [0.8235, 'ratio', '82.35%'],
    [1.57, 'average', '1.57'],
    ['<5', 'people', '<5'],
    ['>=11', 'people', '>=11'],
    ['*', 'ratio', '*'],
    ['2022-08-26', 'date', '2022-08-26'],
    [null, 'people', '–'],
  ])('%j of %s reads %s', (value, unit, text) => {
    expect(formatted(value, unit, 'zh')).toBe(text);
  });

  it('is explained where it is not told exactly', () => {
    expect(notesOn([1, '2022-08-26', null], 'zh')).toEqual([]);
    expect(notesOn(['<15', '*', '>=3'], 'en')).toHaveLength(3);
    expect(toldBy('>=3')).toEqual({ kind: 'atLeast', amount: 3 });
  });
});
