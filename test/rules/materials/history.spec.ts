import fc from 'fast-check';

import { said, saidBy, scanOf, senior, told, underPolicy, withContent } from './support';

const at = '/workHistory/entries';

interface Row {
  readonly from: string;
  readonly to: string;
  readonly unit?: string;
}

const row = ({ from, to, unit = '示例水管站' }: Row) => ({
  ...{ from, to, unit, post: '技术员', work: '水利技术工作' },
  evidence: [scanOf(senior)],
});
const worked = (...rows: Row[]) => withContent(senior, { [at]: rows.map(row) });

/** `2010-01` and so many months on. */
const month = (since: number): string =>
  `${2010 + Math.floor(since / 12)}-${String((since % 12) + 1).padStart(2, '0')}`;

describe('M-10: the periods of work can be true, and leave no gap as far as possible', () => {
  const invalid = (pointer: string) => `block M-10 resume-dates-invalid /sections${at}/${pointer}`;
  const gap = (pointer: string) => `warn M-10 resume-gap /sections${at}/${pointer}`;

  it('takes periods that follow each other, sharing a month or not', () => {
    const first = { from: '2010-07', to: '2015-06' };
    expect(said(worked(first, { from: '2015-07', to: '至今' }))).toEqual([]);
    expect(said(worked(first, { from: '2015-06', to: '至今' }))).toEqual([]);
  });

  it('warns of a gap longer than allowed, and says how long and where', () => {
    const first = { from: '2010-07', to: '2015-06' };
    expect(senior.context.policy.materials.workHistory.gapMonths).toBe(1);
    expect(said(worked(first, { from: '2015-08', to: '至今' }))).toEqual([]);
    const late = worked(first, { from: '2015-09', to: '至今' });
    expect(said(late)).toEqual([gap('1')]);
    expect(told('M-10', late)).toContain('第1段与第2段经历之间间断2个月');
  });

  it('goes by the months of the policy', () => {
    const { workHistory } = senior.context.policy.materials;
    const late = worked({ from: '2010-07', to: '2015-06' }, { from: '2015-10', to: '至今' });
    const within = (gapMonths: number) =>
      said(underPolicy(late, { workHistory: { ...workHistory, gapMonths } }));
    expect(within(3)).toEqual([]);
    expect(within(2)).toEqual([gap('1')]);
  });

  it('warns where the last period ended long ago', () => {
    expect(said(worked({ from: '2010-07', to: '2022-06' }))).toEqual([]);
    const left = worked({ from: '2010-07', to: '2022-05' });
    expect(said(left)).toEqual([gap('0/to')]);
    expect(told('M-10', left)).toContain('间断2个月');
  });

  it('refuses an end before the beginning', () => {
    expect(
      said(worked({ from: '2010-07', to: '2010-07' }, { from: '2010-08', to: '至今' })),
    ).toEqual([]);
    expect(
      said(worked({ from: '2010-07', to: '2010-06' }, { from: '2010-08', to: '至今' })),
    ).toEqual([invalid('0/to')]);
  });

  it('refuses what lies in the future', () => {
    const first = { from: '2010-07', to: '至今' };
    expect(said(worked({ ...first, to: '2022-08' }))).toEqual([]);
    expect(said(worked({ ...first, to: '2022-09' }))).toEqual([invalid('0/to')]);
    expect(said(worked({ from: '2022-09', to: '至今' }))).toContain(invalid('0/from'));
  });

  it('refuses two that run until now', () => {
    const rows = [
      { from: '2010-07', to: '至今' },
      { from: '2015-07', to: '至今' },
    ];
    expect(said(worked(...rows))).toEqual([invalid('1')]);
    expect(told('M-10', worked(...rows))).toContain('第2段经历与第1段经历的时间重叠');
  });

  it.each(['某局（借调）', '某村驻村工作队', '某县挂职'])(
    'takes a secondment in a row of its own inside another period: %s',
    (unit) => {
      const main = { from: '2010-07', to: '至今' };
      const away = { from: '2015-01', to: '2015-12' };
      expect(said(worked(main, { ...away, unit }))).toEqual([]);
      expect(said(worked(main, away))).toEqual([invalid('1')]);
      expect(said(worked(main, { ...away, to: '2014-12', unit }))).toEqual([invalid('1/to')]);
    },
  );

  it('warns where they are not in order of time', () => {
    const rows = [
      { from: '2015-07', to: '至今' },
      { from: '2010-07', to: '2015-06' },
    ];
    expect(said(worked(...rows))).toEqual([`warn M-10 resume-not-in-order /sections${at}`]);
  });

  /** Lengths and gaps of successive periods, the last one still running. */
  const career = fc.array(
    fc.record({ length: fc.integer({ min: 1, max: 20 }), gap: fc.integer({ min: 0, max: 4 }) }),
    { minLength: 2, maxLength: 6 },
  );
  const rowsOf = (periods: readonly { length: number; gap: number }[]): Row[] => {
    let next = 0;
    return periods.map(({ length, gap: before }, index) => {
      const from = next + (index === 0 ? 0 : before);
      next = from + length;
      return { from: month(from), to: index === periods.length - 1 ? '至今' : month(next - 1) };
    });
  };

  it('finds every gap, and nothing else, in any career', () => {
    fc.assert(
      fc.property(career, (periods) => {
        const long = periods.flatMap((period, index) =>
          index > 0 && period.gap > 1 ? [gap(String(index))] : [],
        );
        expect(said(worked(...rowsOf(periods)))).toEqual(long);
      }),
    );
  });

  it('finds any period that begins too early, by however little', () => {
    fc.assert(
      fc.property(career, fc.nat(), fc.integer({ min: 1, max: 30 }), (periods, nth, early) => {
        const rows = rowsOf(periods);
        const index = 1 + (nth % (rows.length - 1));
        const before = rows[index - 1] ?? { from: '', to: '' };
        const [year = 0, number = 0] = before.to.split('-').map(Number);
        const from = month(Math.max((year - 2010) * 12 + number - 1 - early, 0));
        // Sharing a single month is no overlap.
        fc.pre(from < before.to && before.from < before.to);
        const spoilt = rows.map((one, at) => (at === index ? { ...one, from } : one));
        const found = saidBy('M-10', worked(...spoilt));
        expect(found.some((line) => line.startsWith('block M-10 resume-dates-invalid'))).toBe(true);
      }),
    );
  });

  it('leaves blanks to F-1', () => {
    const blank = withContent(senior, { [`${at}/0/from`]: '', [`${at}/1/to`]: '' });
    expect(saidBy('M-10', blank)).toEqual([]);
  });
});
