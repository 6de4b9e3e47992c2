import { publicityNotice, publicityResult } from '../../src/documents/publicity';
import {
  aynur,
  contentOf,
  noticeFacts,
  objection,
  personWhere,
  resultFacts,
  textsOf,
} from './support';

const { name, idNumber } = aynur;
const content = contentOf(aynur);

const work = (title: string, to: string) => ({
  condition: 'general-1',
  name: title,
  from: '2010-03-01',
  to,
  role: 'technical-leader',
  workload: `${title}的工作量。`,
  summary: '简介',
  unitCertificate: '无',
  evidence: ['0'.repeat(64)],
});

const achievements = {
  entries: '无',
  papers: '无',
  representativeWorks: '无',
  honours: '无',
};

describe('R-10: the publicity notice (附件1)', () => {
  it('says what the annex says, its blanks filled', () => {
    const notice = publicityNotice(
      noticeFacts(
        contentOf(aynur, {
          practiceAbility: { entries: [work('渠首改建', '2021-10-31')] },
          achievements,
        }),
      ),
    );
    expect(textsOf(notice)).toEqual([
      `关于${name}同志申报工程系列水利专业高级职称的公示`,
      `根据自治区职称评审的工作要求，现对${name}同志申报工程系列水利专业高级专业技术任职资格进行公示。`,
      `基本信息：性别：女；族别：维吾尔族；政治面貌：群众；身份证号：${idNumber.slice(0, 3)}***********${idNumber.slice(-4)}；现任专业技术职务任职资格：工程师。`,
      expect.stringMatching(/^思想政治条件：该同志政治立场坚定/),
      '业绩成果：',
      '1．渠首改建（2010年3月1日至2021年10月31日，技术负责人）：渠首改建的工作量。',
      `公示时间从2022年9月7日起至2022年9月14日止（公示期不少于5个工作日）。如对${name}同志的相关信息有疑异，请电话或书面形式反映至示例地区水利工程管理处办公室，监督电话：0998-0000000`,
      '公示地点：单位办公楼一楼公示栏',
      '签字：　　　　　　　　（单位负责人签字）',
      '示例地区水利工程管理处（公章）',
      '2022年9月7日',
    ]);
  });

  it('masks the ID number but in the copy for the files', () => {
    const said = (audience: 'public' | 'archive') =>
      JSON.stringify(publicityNotice(noticeFacts(content, { audience })));
    expect(said('public')).not.toContain(idNumber.slice(3, -4));
    expect(said('archive')).toContain(idNumber);
  });

  it.each([
    ['2017-09-06', false],
    ['2017-09-07', true],
    ['至今', true],
  ])('shows work done in the last five years: until %s, %s', (to, shown) => {
    const practiceAbility = { entries: [work('灌区改造', to)] };
    const notice = publicityNotice(
      noticeFacts(contentOf(aynur, { practiceAbility, achievements })),
    );
    expect(JSON.stringify(notice).includes('灌区改造')).toBe(shown);
    expect(textsOf(notice).includes('业绩成果：无')).toBe(!shown);
  });

  it('shows what supports the achievements: published papers, works, honours', () => {
    const paper = {
      title: '渗流计算',
      journal: '水利科技',
      issue: '2021年第6期',
      publishedOn: '2021-06-15',
      published: true,
      authorRank: 2,
    };
    const supported = {
      entries: '无',
      papers: [paper, { ...paper, title: '录用未刊', published: false }],
      representativeWorks: [{ title: '技术总结', completedOn: '2020-11-20' }],
      honours: [
        { name: '优秀设计奖', grantedBy: '示例学会', grantedOn: '2019-05-01', rank: '二等，第2' },
        { name: '早年奖项', grantedBy: '示例学会', grantedOn: '2009-05-01', rank: '一等' },
      ],
    };
    const notice = publicityNotice(
      noticeFacts(
        contentOf(aynur, { practiceAbility: { entries: '无' }, achievements: supported }),
      ),
    );
    expect(textsOf(notice).filter((text) => /^\d+．/.test(text))).toEqual([
      '1．论文《渗流计算》，刊于《水利科技》2021年第6期，本人排名第2。',
      '2．代表作《技术总结》，2020年11月20日完成。',
      '3．优秀设计奖（示例学会，2019年5月1日，二等，第2）。',
    ]);
  });

  it('says 「无」 of a present title on a first application', () => {
    const junior = personWhere(({ level }) => level === 'junior');
    const [, applied, basic] = textsOf(publicityNotice(noticeFacts(contentOf(junior))));
    expect(applied).toContain('水利专业初级专业技术任职资格');
    expect(basic).toMatch(/现任专业技术职务任职资格：无。$/);
  });

  it('leaves a blank as the annex has it where nothing was filed', () => {
    const [title, , basic, conduct] = textsOf(
      publicityNotice(noticeFacts({ ...content, sections: {} }, { audience: 'archive' })),
    );
    expect(title).toBe('关于×××同志申报工程系列水利专业高级职称的公示');
    expect(basic).toContain('性别：×××；族别：×××；政治面貌：×××；身份证号：×××；');
    expect(conduct).toBe('思想政治条件：×××');
  });
});

describe('R-10: the publicity result (附件2)', () => {
  const recommended = `申报材料真实、完整、有效，同意推荐${name}同志申报工程系列水利专业高级专业技术任职资格。`;

  it('says what the annex says where nobody objected', () => {
    expect(textsOf(publicityResult(resultFacts(content)))).toEqual([
      `关于${name}同志申报工程系列水利专业高级职称的公示结果`,
      `${name}同志申报材料已在本单位公示8天，公示期间无投诉、举报，公示无异议，${recommended}`,
      '公示时间：2022年9月7日至2022年9月14日（5个工作日）',
      '公示地点：单位办公楼一楼公示栏',
      '示例地区水利工程管理处（公章）',
      '　　　年　　月　　日',
    ]);
  });

  it('never says that nobody objected where somebody did', () => {
    const result = textsOf(publicityResult(resultFacts(content, [objection(1, false)])));
    expect(result[1]).toBe(
      `${name}同志申报材料已在本单位公示8天，公示期间收到异议1条，经核查均不成立，${recommended}`,
    );
    expect(result).toEqual(expect.arrayContaining(['1', '2022年9月8日', '不成立', '核查情况1。']));
    // What was objected stays with those who looked into it.
    expect(JSON.stringify(result)).not.toContain('角色与实际不符');
  });

  it('does not recommend by itself where an objection was upheld', () => {
    const objections = [objection(1, false), objection(2, true)];
    const result = textsOf(publicityResult(resultFacts(content, objections)));
    expect(result[1]).toMatch(/公示期间收到异议2条，经核查其中1条成立，处理情况见下表。$/);
    expect(JSON.stringify(result)).not.toContain('同意推荐');
  });
});
