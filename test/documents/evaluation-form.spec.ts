import { evaluationForm } from '../../src/documents/evaluation-form';
import { chineseDate } from '../../src/documents/wording';
import { sections } from '../../src/dossier/sections';
import { aynur, contentOf, formFacts, people, policy, textsOf } from './support';

const form = evaluationForm(formFacts(contentOf(aynur)));
const texts = textsOf(form);

describe('M-30: the evaluation form (评审表)', () => {
  it('begins with a cover', () => {
    expect(form.blocks[0]).toMatchObject({
      kind: 'cover',
      over: '2022年度自治区工程水利专业职称评审',
      title: '专业技术职务任职资格评审表',
      under: '申报日期：2022年8月26日',
    });
    expect(texts).toEqual(expect.arrayContaining([aynur.name, '工程系列水利专业高级', '工程师']));
  });

  it('has every section of the dossier in the order of the notice', () => {
    const headings = form.blocks.flatMap((block) =>
      block.kind === 'heading' && block.level === 2 ? [block.text] : [],
    );
    const titles = Object.values(sections).map(({ title }) => title);
    expect(headings.map((heading) => heading.replace(/^[一二三四五六七八九十]+、/, ''))).toEqual([
      ...titles,
      '附件清单',
      '审核意见',
    ]);
    expect(headings[0]).toBe('一、基本信息');
    expect(headings[15]).toBe('十六、个人承诺书');
  });

  it('prints titles and words, not the names of fields and codes', () => {
    const printed = textsOf(evaluationForm(formFacts(contentOf(aynur))));
    expect(printed).toEqual(
      expect.arrayContaining(['族别', '维吾尔族', '学历', '本科', '出生日期', '是否驻村', '否']),
    );
    const words = [...policy.conditions.general.map(({ zh }) => `〔通用〕${zh}`)];
    expect(printed.some((text) => words.includes(text))).toBe(true);
  });

  it('reads dates as dates, and leaves a number that looks like one alone', () => {
    const vocational = {
      name: '建造师',
      specialty: '水利水电',
      certificateNumber: '2021-06',
      obtainedOn: '2021-06-05',
      evidence: ['0'.repeat(64)],
    };
    const qualification = { vocationalCertificates: [vocational] };
    const printed = textsOf(evaluationForm(formFacts(contentOf(aynur, { qualification }))));
    expect(printed).toEqual(expect.arrayContaining(['2021-06', '2021年6月5日']));
    expect(printed).not.toContain('2021年6月');
  });

  it('leaves nothing out of what was filed, whoever filed it', () => {
    for (const person of people) {
      const content = contentOf(person);
      const printed = new Set(textsOf(evaluationForm(formFacts(content))));
      for (const [pointer, value] of leaves(content.sections)) {
        if (typeof value !== 'string' || value === '无' || /^[0-9a-f]{64}$/.test(value)) continue;
        if (/^[a-z0-9-]+$/.test(value) && !/^\d/.test(value)) {
          // A code: its word is printed in its place.
          expect([pointer, printed.has(value)]).toEqual([pointer, false]);
        } else {
          const read = chineseDate(value);
          expect([pointer, printed.has(read)]).toEqual([pointer, true]);
        }
      }
    }
  });

  it('numbers the scans and lists each once, by file and hash', () => {
    const { attachments } = contentOf(aynur);
    const list = form.blocks.findLast((block) => block.kind === 'table');
    if (list?.kind !== 'table') throw new Error('no list');
    const rows = list.rows.map((row) => row.map(({ text }) => text));
    expect(rows.map(([number]) => number)).toEqual(rows.map((_, index) => `附件${index + 1}`));
    expect(rows.map(([, file, hash]) => [file, hash]).sort()).toEqual(
      attachments.map(({ name, sha256 }) => [name, sha256.slice(0, 16)]).sort(),
    );
  });

  it('ends where applicant, unit, supervising bodies and title office sign', () => {
    const signed = form.blocks.flatMap((block) => (block.kind === 'statement' ? [block] : []));
    expect(signed.map(({ label, text }) => [label.replace('\n', ''), text])).toEqual([
      ['申报人承诺', policy.commitment.sentence],
      ['单位推荐意见', '本单位已对提供的申报材料逐一审核，真实、完整、有效，同意推荐'],
      ['主管单位审核意见', ''],
      ['主管单位审核意见', ''],
      ['职称办公室审核意见', '形式审核通过。'],
    ]);
    expect(signed.slice(1).map(({ signature }) => signature[1])).toEqual([
      '示例地区水利工程管理处（公章）',
      '示例地区水利局（公章）',
      '示例地区人社局职称科（公章）',
      '水利专业技术人员职称办公室（公章）',
    ]);
  });

  it('names the filing it prints on every page', () => {
    expect(form.footnote).toContain('第2次申报');
    expect(form.footnote).toContain('ab'.repeat(32));
  });

  it('shows what was left out as not filled in', () => {
    const { sections: filled, ...content } = contentOf(aynur);
    const { languageAndComputer: _, ...others } = filled;
    const printed = evaluationForm(formFacts({ ...content, sections: others }));
    const at = printed.blocks.findIndex(
      (block) => block.kind === 'heading' && block.text.includes('职称外语'),
    );
    expect(printed.blocks[at + 1]).toMatchObject({
      kind: 'table',
      rows: [[{ label: true }, { text: '未填' }]],
    });
  });
});

function* leaves(value: unknown, pointer = ''): Generator<[string, unknown]> {
  if (typeof value !== 'object' || value === null) {
    yield [pointer, value];
    return;
  }
  for (const [name, member] of Object.entries(value) as [string, unknown][]) {
    yield* leaves(member, `${pointer}/${name}`);
  }
}
