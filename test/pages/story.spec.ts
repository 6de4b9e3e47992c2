import { differing } from '../../src/pages/audit/differing';
import { linesOf, placeAt } from '../../src/pages/audit/form';
import { durationOf } from '../../src/pages/audit/story';
import { groupingOf, addressOf, pathOf, questionIn } from '../../src/pages/reports/question';
import { panels } from '../../src/pages/reports/panels';
import { formSchema } from '../../src/dossier/form';
import { policy2022 } from '../../src/rounds/policy-2022';

const form = formSchema('senior', policy2022);

describe('What a dossier holds', () => {
  it.each([
    ['/sections/workSummary/text', '个人工作总结 › 个人工作总结', 'Work summary'],
    [
      '/sections/education/entries/0/level',
      '学历学位 › 学历学位 › 第1项 › 学历',
      'entry 1 › Level',
    ],
    ['/sections/education/nothing', '学历学位 › nothing', 'nothing'],
    ['/choice/level', '申报选择 › 级别', 'What is applied for › Level'],
    [`/masking/${'ab'.repeat(32)}`, '姓名遮盖 › abababab', 'abababab'],
  ])('is called at %s as on the form', (pointer, zh, en) => {
    expect(placeAt(form, pointer, 'zh').title).toBe(zh);
    expect(placeAt(form, pointer, 'en').title).toContain(en);
  });

  it('reads line by line in the words of the form', () => {
    const { schema } = placeAt(form, '/sections/education/entries', 'zh');
    expect(linesOf([{ level: 'bachelor', school: '新疆农业大学' }], schema, 'zh')).toEqual([
      { title: '第1项 › 学历', text: '本科' },
      { title: '第1项 › 毕业院校', text: '新疆农业大学' },
    ]);
    expect(linesOf('无', schema, 'en')).toEqual([{ title: '', text: 'none' }]);
    expect(linesOf(true, {}, 'zh')).toEqual([{ title: '', text: '是' }]);
  });

  it('shows what differs between two long texts alone', () => {
    const same =
      '任现职以来在灌区一线从事施工管理与技术工作，主持完成多项渠道防渗和渠首改建，成果通过验收。';
    const [before, after] = differing(`甲${same}`, `乙${same}`) ?? [];
    expect([before, after]).toEqual([
      ['', '甲', same],
      ['', '乙', same],
    ]);
    expect(differing(same, `${same}${same}`)?.map((parts) => parts.join(''))).toEqual([
      same,
      `${same}${same}`,
    ]);
    expect(differing('甲', '乙')).toBeNull();
    expect(differing(same, [...same].reverse().join(''))).toBeNull();
  });

  it.each([
    [0, '不到1分', 'under 1 min'],
    [59, '不到1分', 'under 1 min'],
    [3_600, '1小时', '1 h'],
    [655_195, '7天13小时', '7 d 13 h'],
  ])('waited %d seconds in words', (seconds, zh, en) => {
    expect([durationOf(seconds, 'zh'), durationOf(seconds, 'en')]).toEqual([zh, en]);
  });
});

describe('A question to the reports', () => {
  const search = '?round=2022&organisation=ili-hr&asOf=2022-08-26&level=senior&by.progress=day';

  it('stands in the address whole, and without the token', () => {
    expect(addressOf(questionIn(search), 'en')).toBe(`${search}&lang=en`);
    expect(addressOf(questionIn('?token=secret&level='), null)).toBe('?');
  });

  it('is asked of each report with the filters it knows', () => {
    const question = { ...questionIn(search), round: '2022' };
    const paths = panels.map((panel) =>
      pathOf(panel, question, panel.report === 'load' ? [] : ['level']),
    );
    expect(paths[0]).toBe(
      '/v1/reports/progress?round=2022&by=day&organisation=ili-hr&asOf=2022-08-26&level=senior',
    );
    expect(paths.find((path) => path.includes('/load?'))).not.toContain('level');
    const whole = questionIn('?by.turnaround=');
    expect(
      panels.map((panel) => groupingOf(panel, whole)).filter((by) => by === 'stage'),
    ).toHaveLength(1);
  });
});
