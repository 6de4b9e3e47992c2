import { levels } from '../../../src/rounds/policy';
import {
  firstOf,
  leftOut,
  policy,
  said,
  saidBy,
  scanOf,
  senior,
  strangeScan,
  told,
  underPolicy,
  withContent,
} from './support';

const scan = scanOf(senior);

describe('M-19: each of the last three years is assessed, none below 合格', () => {
  const at = '/annualAssessments/entries';
  const missing = `block M-19 assessment-missing /sections${at}`;
  const below = (index: number) =>
    `block M-19 assessment-below-qualified /sections${at}/${index}/result`;
  const of = (year: number, result = 'qualified', change: object = {}) => ({
    ...{ year, result, endOfProbation: false, assessor: '示例单位', evidence: [scan] },
    ...change,
  });
  const assessed = (...entries: object[]) =>
    withContent(senior, { [at]: entries.length === 0 ? '无' : entries });

  it('takes the three years before the round, in any order, and further ones', () => {
    expect(policy.materials.assessments.years.senior).toEqual([2019, 2020, 2021]);
    expect(said(assessed(of(2019), of(2020), of(2021)))).toEqual([]);
    expect(said(assessed(of(2021, 'excellent'), of(2019), of(2020), of(2015)))).toEqual([]);
  });

  it.each([2019, 2020, 2021])('refuses without %i', (year) => {
    const others = [2019, 2020, 2021].filter((other) => other !== year).map((other) => of(other));
    expect(said(assessed(...others))).toEqual([missing]);
    expect(told('M-19', assessed(...others))).toContain(`缺少${year}年度考核`);
  });

  it('names every year that is missing', () => {
    expect(said(assessed())).toEqual([missing, missing, missing]);
    const unsaved = withContent(senior, { '/annualAssessments': undefined });
    expect(saidBy('M-19', unsaved)).toEqual([missing, missing, missing]);
  });

  it('refuses a year without its form', () => {
    for (const evidence of ['无', [strangeScan]]) {
      const without = assessed(of(2019), of(2020, 'qualified', { evidence }), of(2021));
      expect(saidBy('M-19', without)).toEqual([missing]);
      expect(told('M-19', without)).toContain('2020');
      expect(leftOut(without)).toEqual([`evidence-missing /sections${at}/1`]);
    }
  });

  it.each(['basically-qualified', 'unqualified'])('%s in one of the years bars', (result) => {
    expect(said(assessed(of(2019), of(2020, result), of(2021)))).toEqual([below(1)]);
    expect(said(assessed(of(2019), of(2020), of(2021), of(2021, result)))).toEqual([below(3)]);
    expect(said(assessed(of(2019), of(2020), of(2021), of(2018, result)))).toEqual([]);
  });

  it('bars also without the form', () => {
    const without = of(2020, 'unqualified', { evidence: '无' });
    expect(saidBy('M-19', assessed(of(2019), without, of(2021)))).toEqual([missing, below(1)]);
  });

  it('the result at the end of a probation is that year’s', () => {
    const probation = { endOfProbation: true };
    const ungraded = of(2019, 'not-graded');
    expect(said(assessed(ungraded, of(2020), of(2021)))).toEqual([missing]);
    expect(said(assessed(of(2019, 'qualified', probation), of(2020), of(2021)))).toEqual([]);
    expect(said(assessed(ungraded, of(2019, 'qualified', probation), of(2020), of(2021)))).toEqual(
      [],
    );
    expect(said(assessed(of(2019, 'unqualified', probation), of(2020), of(2021)))).toEqual([
      below(0),
    ]);
  });

  it('goes by the years of the policy', () => {
    const years = { senior: [2020, 2021], intermediate: [], junior: [] };
    const two = { assessments: { clause: '四(一)11', years } };
    expect(said(underPolicy(assessed(of(2020), of(2021)), two))).toEqual([]);
    expect(said(underPolicy(assessed(of(2019), of(2021)), two))).toEqual([missing]);
  });

  it('refuses an assessment of a year to come', () => {
    const entries = [of(2019), of(2020), of(2021)];
    expect(said(assessed(...entries, of(2022)))).toEqual([]);
    expect(said(assessed(...entries, of(2023)))).toEqual([
      `block M-19 date-in-future /sections${at}/3/year`,
    ]);
  });
});

const training = '/continuingEducation';
const asked = [
  ...[2021, 2022].map((year) => ['professional', year] as const),
  ...[2018, 2019, 2020, 2021, 2022].map((year) => ['public', year] as const),
];
const certificate = ([subject, year]: readonly [string, number], change: object = {}) => ({
  ...{ year, subject, certificateNumber: `JX${year}`, evidence: [scan] },
  ...change,
});
const trained = (certificates: readonly object[], exemptions: unknown = '无') =>
  withContent(senior, {
    [`${training}/certificates`]: certificates.length === 0 ? '无' : certificates,
    [`${training}/exemptions`]: exemptions,
  });
const trainingMissing = `block M-21 continuing-education-missing /sections${training}/certificates`;

describe('M-21: continuing education, professional of two years and public of five', () => {
  const all = asked.map((one) => certificate(one));

  it('takes one certificate for each', () => {
    expect(said(trained(all))).toEqual([]);
    const further = certificate(['professional', 2019]);
    expect(said(trained([...all, further]))).toEqual([]);
  });

  it.each(asked)('refuses without the %s subject of %i, and says so', (subject, year) => {
    const others = asked.filter((one) => one[0] !== subject || one[1] !== year);
    const without = trained(others.map((one) => certificate(one)));
    expect(said(without)).toEqual([trainingMissing]);
    const name = subject === 'public' ? '公需科目' : '专业科目';
    expect(told('M-21', without)).toContain(`缺少继续教育${name}${year}年度`);
  });

  it('names every year that is missing', () => {
    expect(said(trained([]))).toEqual([trainingMissing, trainingMissing]);
    expect(told('M-21', trained([]))).toContain('2018、2019、2020、2021、2022年度');
  });

  it('does not count a certificate without its scan', () => {
    for (const evidence of ['无', [strangeScan]]) {
      const [first, ...others] = asked;
      if (first === undefined) throw new Error('nothing is asked');
      const without = trained([
        certificate(first, { evidence }),
        ...others.map((one) => certificate(one)),
      ]);
      expect(saidBy('M-21', without)).toEqual([trainingMissing]);
    }
  });

  it('goes by the years of the policy, for each level', () => {
    for (const level of levels) {
      const none = withContent(firstOf(level), { [`${training}/certificates`]: '无' });
      expect(saidBy('M-21', none)).toEqual([trainingMissing, trainingMissing]);
      const years = { senior: {}, intermediate: {}, junior: {}, [level]: { public: [2022] } };
      const lenient = underPolicy(none, { continuingEducation: { clause: '四(一)13', years } });
      expect(saidBy('M-21', lenient)).toHaveLength(
        none.filed.sections.continuingEducation.exemptions === '无' ? 1 : 0,
      );
    }
  });

  it('refuses a certificate of a year to come', () => {
    const future = trained([...all, certificate(['public', 2023])]);
    expect(said(future)).toEqual([
      `block M-21 date-in-future /sections${training}/certificates/7/year`,
    ]);
  });
});

describe('M-22: a year of village stationing or special training is exempt, with its proof', () => {
  const exemption = (year: number, kind = 'village-stationing', change: object = {}) => [
    { year, kind, evidence: [scan], ...change },
  ];
  const without2021 = asked.filter(([, year]) => year !== 2021).map((one) => certificate(one));

  it('asks for both subjects of that year where it is not', () => {
    expect(said(trained(without2021))).toEqual([trainingMissing, trainingMissing]);
  });

  it.each(['village-stationing', 'minority-training'])('takes %s', (kind) => {
    expect(said(trained(without2021, exemption(2021, kind)))).toEqual([]);
  });

  it('exempts that year only', () => {
    const other = trained(without2021, exemption(2020));
    expect(said(other)).toEqual([trainingMissing, trainingMissing]);
    expect(told('M-21', other)).toContain('公需科目2021年度');
  });

  it('does not exempt without proof, or for another reason', () => {
    for (const evidence of ['无', [strangeScan]]) {
      const unproven = trained(without2021, exemption(2021, 'village-stationing', { evidence }));
      expect(saidBy('M-21', unproven)).toEqual([trainingMissing, trainingMissing]);
      expect(leftOut(unproven)).toEqual([`evidence-missing /sections${training}/exemptions/0`]);
    }
    const other = trained(without2021, exemption(2021, 'too-busy'));
    expect(said(other)).toEqual([trainingMissing, trainingMissing]);
  });

  it('refuses an exemption of a year to come', () => {
    const all = asked.map((one) => certificate(one));
    expect(said(trained(all, exemption(2023)))).toEqual([
      `block M-22 date-in-future /sections${training}/exemptions/0/year`,
    ]);
  });
});
