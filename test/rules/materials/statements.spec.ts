import { levels } from '../../../src/rounds/policy';
import {
  firstOf,
  findingsOf,
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

describe('M-20: a work summary, in prose', () => {
  const at = '/workSummary/text';
  const written = (text: unknown) => withContent(senior, { [at]: text });
  const missing = [`block M-20 summary-missing /sections${at}`];
  const tooLong = [`warn M-20 summary-length /sections${at}`];
  const asList = [`warn M-20 summary-as-list /sections${at}`];
  const sentence = '负责渠首闸室与护坦施工质量管理，组织冬季混凝土温控。';
  const prose = sentence.repeat(20);

  it.each(['无', '', ' \n', undefined])('refuses none: %j', (text) => {
    expect(saidBy('M-20', written(text))).toEqual(missing);
  });

  it('refuses a section never saved', () => {
    expect(saidBy('M-20', withContent(senior, { '/workSummary': undefined }))).toEqual(missing);
  });

  it('takes prose', () => {
    expect(said(written(prose))).toEqual([]);
    expect(said(written(`${prose}\n\n${prose}`))).toEqual([]);
  });

  it('warns outside the lengths of the policy, white space not counted', () => {
    const { shortest, longest } = policy.materials.workSummary.length;
    expect(said(written('水'.repeat(shortest)))).toEqual([]);
    expect(said(written('水'.repeat(shortest - 1)))).toEqual(tooLong);
    expect(said(written(`${'水'.repeat(shortest - 1)} \n　`))).toEqual(tooLong);
    expect(said(written('水'.repeat(longest)))).toEqual([]);
    expect(said(written('水'.repeat(longest + 1)))).toEqual(tooLong);
    const { workSummary } = policy.materials;
    const length = { shortest: 1, longest: 10 };
    expect(said(underPolicy(written(prose), { workSummary: { ...workSummary, length } }))).toEqual(
      tooLong,
    );
  });

  it.each(['- ', '•', '● ', '1. ', '2、', '（三）', '四、', '(5) ', '①', '第一，'])(
    'warns of a list of points beginning with "%s"',
    (mark) => {
      const list = Array.from({ length: 20 }, () => mark + sentence).join('\n');
      expect(said(written(list))).toEqual(asList);
      expect(told('M-20', written(list))).toContain('切勿列干条');
    },
  );

  it('takes headings and numbered paragraphs for prose, and a few points in it', () => {
    const headed = ['一、思想政治', prose, '二、工作经历', prose].join('\n');
    expect(said(written(headed))).toEqual([]);
    expect(said(written(`1. ${prose}\n2. ${prose}`))).toEqual([]);
    expect(said(written(`${prose}\n- ${sentence}\n- ${sentence}`))).toEqual([]);
    expect(said(written(`2021年${prose}\n2.5公里渠道${prose}`))).toEqual([]);
  });

  it('warns from the share of the policy on', () => {
    const points = Array.from({ length: 20 }, () => `-${sentence}`).join('\n');
    const others = '水'.repeat(20 * (sentence.length + 1));
    expect(said(written(`${others}\n${points}`))).toEqual(asList);
    expect(said(written(`${others}水\n${points}`))).toEqual([]);
  });
});

describe('M-23: exams in foreign languages and computing are not required', () => {
  const at = '/languageAndComputer';

  it.each(levels)('takes a dossier without them, at level %s', (level) => {
    const one = firstOf(level);
    for (const content of [undefined, {}, { languageExams: '无' }, { computerExams: '无' }]) {
      expect(said(withContent(one, { [at]: content }))).toEqual([]);
    }
    expect(said(withContent(one, { [at]: { languageExams: '', computerExams: [] } }))).toEqual([]);
  });

  const exam = {
    name: '职称外语等级考试',
    level: 'B级',
    score: 70,
    passedOn: '2015-04-01',
    certificateNumber: 'WY0001',
    evidence: [scanOf(senior)],
  };

  it('takes them where they are stated', () => {
    expect(said(withContent(senior, { [at]: { languageExams: [exam] } }))).toEqual([]);
  });

  it('refuses a result that is still to come', () => {
    const future = { languageExams: [{ ...exam, passedOn: '2022-08-11' }] };
    expect(said(withContent(senior, { [at]: future }))).toEqual([
      `block M-23 date-in-future /sections${at}/languageExams/0/passedOn`,
    ]);
  });
});

describe('M-25: the signed commitment, in the exact sentence', () => {
  const at = '/commitment';
  const { sentence } = policy.commitment;
  const mismatch = `block M-25 commitment-text-mismatch /sections${at}/text`;
  const missing = (field: string) => `block M-25 commitment-missing /sections${at}/${field}`;
  const committed = (text: unknown) => withContent(senior, { [`${at}/text`]: text });

  it('takes the sentence of the notice, with space round it', () => {
    expect(sentence).toMatch(
      /^本人承诺以上填报的内容和提交的材料完全真实有效.*不得申报专业技术资格。$/,
    );
    expect(said(committed(sentence))).toEqual([]);
    expect(said(committed(` ${sentence}\n`))).toEqual([]);
  });

  it.each([
    ['without its full stop', sentence.slice(0, -1)],
    ['with one year less', sentence.replace('3年', '2年')],
    ['with a space in it', sentence.replace('，', '， ')],
    ['with a word more', `${sentence}特此承诺`],
    ['something else', '本人承诺。'],
  ])('refuses it %s', (_, text) => {
    expect(said(committed(text))).toEqual([mismatch]);
    expect(told('M-25', committed(text))).toContain(sentence);
  });

  it.each(['无', '', undefined])('refuses none: %j', (text) => {
    expect(saidBy('M-25', committed(text))).toEqual([missing('text')]);
  });

  it.each(['无', '', undefined, strangeScan])('refuses without its scan: %j', (scan) => {
    expect(saidBy('M-25', withContent(senior, { [`${at}/scan`]: scan }))).toEqual([
      missing('scan'),
    ]);
  });

  it('refuses a section never saved', () => {
    expect(saidBy('M-25', withContent(senior, { [at]: undefined }))).toEqual([
      missing('text'),
      missing('scan'),
    ]);
  });

  it('goes by the sentence of the policy in force, and cites the clause', () => {
    const other = { ...policy, commitment: { ...policy.commitment, sentence: '我承诺。' } };
    const judged = { ...senior, context: { ...senior.context, policy: other } };
    expect(said(judged)).toEqual([mismatch]);
    expect(findingsOf(judged)[0]).toMatchObject({ clause: '四(一)16' });
  });
});
