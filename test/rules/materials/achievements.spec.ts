import {
  firstOf,
  firstWhere,
  inContext,
  leftOut,
  said,
  saidBy,
  scanOf,
  senior,
  strangeScan,
  told,
  underPolicy,
  unitOf,
  withContent,
} from './support';

const at = '/achievements';
const scan = scanOf(senior);
const [entry] = senior.filed.sections.achievements.entries as readonly object[];
const [paper] = senior.filed.sections.achievements.papers as readonly object[];

const stated = (condition: string) => ({ ...entry, condition });
const general = (number: number) => stated(`general-${number}`);
const own = (number: number) => stated(`construction-achievement-${number}`);
const achieved = (entries: readonly object[], others: Readonly<Record<string, unknown>> = {}) =>
  withContent(senior, {
    [`${at}/entries`]: entries.length === 0 ? '无' : entries,
    [`${at}/papers`]: '无',
    ...Object.fromEntries(Object.entries(others).map(([name, value]) => [`${at}/${name}`, value])),
  });

describe('M-13: senior needs two general conditions and two of the sub-specialty', () => {
  const unmet = [`block M-13 achievement-conditions-unmet /sections${at}/entries`];

  it('takes two and two, and more', () => {
    expect(said(achieved([general(1), general(2), own(1), own(2)]))).toEqual([]);
    expect(said(achieved([general(3), general(6), own(4), own(2), own(1)]))).toEqual([]);
  });

  it.each([
    ['one general', [general(1), own(1), own(2)], 1, 2],
    ['one of its own', [general(1), general(2), own(1)], 2, 1],
    ['three general and one of its own', [general(1), general(2), general(3), own(1)], 3, 1],
    ['none', [], 0, 0],
  ])('refuses %s, and says how many count', (_, entries, ofGeneral, ofOwn) => {
    const few = achieved(entries);
    expect(said(few)).toEqual(unmet);
    expect(told('M-13', few)).toContain(`须至少2项，现计${ofGeneral}项；`);
    expect(told('M-13', few)).toContain(`二级专业条件须至少2项，现计${ofOwn}项`);
  });

  it('counts a condition once', () => {
    const twice = achieved([general(1), general(1), own(1), own(2)]);
    expect(said(twice)).toEqual(unmet);
    expect(leftOut(twice)).toEqual([`condition-already-counted /sections${at}/entries/1`]);
    expect(told('M-13', twice)).toContain('未计入：业绩成果第2条（该条件已计入，不重复计算）');
  });

  it('does not count conditions of another sub-specialty', () => {
    const others = stated('science-research-achievement-1');
    const mixed = achieved([general(1), general(2), own(1), others]);
    expect(said(mixed)).toEqual(unmet);
    expect(leftOut(mixed)).toEqual([`condition-not-open /sections${at}/entries/3`]);
    expect(saidBy('M-13', inContext(mixed, { subSpecialty: 'no-such' }))).toEqual(unmet);
  });

  it('does not count an entry without evidence, and says why', () => {
    const unproven = achieved([general(1), { ...general(2), evidence: '无' }, own(1), own(2)]);
    expect(saidBy('M-13', unproven)).toEqual(unmet);
    expect(told('M-13', unproven)).toContain('业绩成果第2条（缺少印证材料，视为没有）');
  });

  it.each([
    ['papers', { ...paper, condition: 'general-5' }],
    [
      'honours',
      {
        ...{ name: '水利科技进步奖', grantedBy: '示例学会', grantedOn: '2020-06-01', rank: '第3' },
        ...{ condition: 'general-6', evidence: [scan] },
      },
    ],
  ])('counts %s for the condition they support, once proven', (list, support) => {
    const entries = [general(1), own(1), own(2)];
    expect(said(achieved(entries, { [list]: [support] }))).toEqual([]);
    const without = achieved(entries, { [list]: [{ ...support, evidence: '无' }] });
    expect(saidBy('M-13', without)).toEqual(unmet);
    expect(leftOut(without)).toEqual([`evidence-missing /sections${at}/${list}/0`]);
    expect(said(achieved(entries, { [list]: [{ ...support, condition: '无' }] }))).toEqual(unmet);
  });

  it('does not count an honour still to be granted', () => {
    const honour = (grantedOn: string) => ({
      ...{ name: '水利科技进步奖', grantedBy: '示例学会', grantedOn, rank: '第3' },
      ...{ condition: 'general-6', evidence: [scan] },
    });
    const entries = [general(1), own(1), own(2)];
    expect(said(achieved(entries, { honours: [honour('2022-08-10')] }))).toEqual([]);
    expect(said(achieved(entries, { honours: [honour('2022-08-11')] }))).toEqual([
      ...unmet,
      `block M-13 date-in-future /sections${at}/honours/0/grantedOn`,
    ]);
  });

  it('goes by the counts of the policy', () => {
    const counts = (number: number) => ({ senior: number, intermediate: 0, junior: 0 });
    const asking = (ofGeneral: number, ofOwn: number) =>
      said(
        underPolicy(achieved([general(1), general(2), own(1)]), {
          achievements: {
            clause: '四(一)7',
            general: counts(ofGeneral),
            subSpecialty: counts(ofOwn),
          },
        }),
      );
    expect(asking(2, 1)).toEqual([]);
    expect(asking(3, 1)).toEqual(unmet);
    expect(asking(2, 2)).toEqual(unmet);
  });

  it.each(['intermediate', 'junior'] as const)('asks for none at level %s', (level) => {
    const none = { [`${at}/entries`]: '无', [`${at}/papers`]: '无' };
    expect(said(withContent(firstOf(level), none))).toEqual([]);
  });
});

describe('M-15: papers are published', () => {
  const unpublished = (field: string) =>
    `block M-15 paper-unpublished /sections${at}/papers/0/${field}`;
  const with15 = (change: object) =>
    withContent(senior, { [`${at}/papers`]: [{ ...paper, ...change }] });

  it('takes one that came out, up to today', () => {
    expect(said(with15({ publishedOn: '2022-08-10' }))).toEqual([]);
  });

  it('refuses one with just an acceptance notice', () => {
    const accepted = with15({ published: false, publishedOn: '无' });
    expect(said(accepted)).toEqual([unpublished('published')]);
    expect(told('M-15', accepted)).toContain('录用通知书');
    expect(leftOut(accepted)).toEqual([`paper-unpublished /sections${at}/papers/0`]);
  });

  it('refuses one said to be out on no day, or on a day to come', () => {
    expect(said(with15({ publishedOn: '无' }))).toEqual([unpublished('publishedOn')]);
    expect(said(with15({ publishedOn: '2022-08-11' }))).toEqual([unpublished('publishedOn')]);
  });

  it('holds for every level', () => {
    const junior = firstWhere(
      ({ filed, context }) =>
        context.level === 'junior' && filed.sections.achievements.papers !== '无',
    );
    const spoilt = withContent(junior, { [`${at}/papers/0/published`]: false });
    expect(said(spoilt)).toEqual([unpublished('published')]);
  });

  it('leaves blanks to F-1', () => {
    expect(saidBy('M-15', with15({ published: undefined, publishedOn: '' }))).toEqual([]);
    expect(leftOut(with15({ published: undefined }))).toHaveLength(1);
  });
});

describe('M-16: in a county unit, a work three senior engineers endorse counts as a paper', () => {
  const endorser = (number: number) => ({
    name: `专家${number}`,
    title: '高级工程师',
    unit: '地区水利工程质量监督站',
    identification: `GJ00${number}`,
    evidence: [scan],
  });
  const three = [endorser(1), endorser(2), endorser(3)];
  const work = {
    title: '渠首改建技术总结',
    completedOn: '2021-11-20',
    summary: '总结了渠首改建的施工技术。',
    endorsers: three,
    unitApproval: { signed: true, sealed: true },
    condition: 'general-5',
    evidence: [scan],
  };
  /** A dossier of a county unit that lacks one general condition, but for the work. */
  const with16 = (change: object = {}) => {
    const of = achieved([general(1), own(1), own(2)], {
      representativeWorks: [{ ...work, ...change }],
    });
    const county = withContent(of, { '/basicInformation/unitTier': 'county' });
    return inContext(county, { unit: unitOf('county') });
  };
  const insufficient = (field = '') =>
    `block M-16 endorsement-insufficient /sections${at}/representativeWorks/0${field}`;
  const refuses = (of: ReturnType<typeof with16>, field: string) => {
    expect(saidBy('M-16', of)).toEqual([insufficient(field)]);
    // It does not count, so that the general condition is missing.
    expect(saidBy('M-13', of)).toHaveLength(1);
    expect(leftOut(of)).toEqual([`endorsement-insufficient /sections${at}/representativeWorks/0`]);
  };

  it('takes three, and more', () => {
    expect(said(with16())).toEqual([]);
    expect(said(with16({ endorsers: [...three, endorser(4)] }))).toEqual([]);
  });

  it('refuses two', () => {
    refuses(with16({ endorsers: three.slice(1) }), '/endorsers');
    refuses(with16({ endorsers: '无' }), '/endorsers');
    expect(told('M-16', with16({ endorsers: three.slice(1) }))).toContain('3名');
    expect(told('M-16', with16({ endorsers: three.slice(1) }))).toContain('现计2名');
  });

  it.each([
    ['with the same number', { ...endorser(9), identification: 'GJ001' }],
    ['with the number written otherwise', { ...endorser(9), identification: ' gj 001' }],
    ['with another number', { ...endorser(1), identification: '659901198502280017' }],
  ])('refuses the same person twice, %s', (_, again) => {
    refuses(with16({ endorsers: [endorser(1), endorser(2), again] }), '/endorsers');
    expect(said(with16({ endorsers: [...three, again] }))).toEqual([]);
  });

  it('takes two of the same name in different units', () => {
    const namesake = { ...endorser(3), name: '专家1', unit: '另一单位' };
    expect(said(with16({ endorsers: [endorser(1), endorser(2), namesake] }))).toEqual([]);
  });

  it('does not take the applicant for an endorser', () => {
    const { idNumber } = senior.filed.sections.basicInformation;
    const self = { ...endorser(3), identification: idNumber };
    refuses(with16({ endorsers: [endorser(1), endorser(2), self] }), '/endorsers');
  });

  it.each(['工程师', '助理工程师', '无', ''])('does not take "%s" for the title', (title) => {
    const third = { ...endorser(3), title };
    refuses(with16({ endorsers: [endorser(1), endorser(2), third] }), '/endorsers');
  });

  it('takes a title above it', () => {
    const third = { ...endorser(3), title: '正高级工程师' };
    expect(said(with16({ endorsers: [endorser(1), endorser(2), third] }))).toEqual([]);
  });

  it.each([['无'], [[strangeScan]]])(
    'does not take an endorser without evidence: %j',
    (evidence) => {
      const third = { ...endorser(3), evidence };
      refuses(with16({ endorsers: [endorser(1), endorser(2), third] }), '/endorsers');
    },
  );

  it.each([[{ signed: false, sealed: true }], [{ signed: true, sealed: false }]])(
    'refuses an approval of the unit without signature or seal: %j',
    (unitApproval) => {
      refuses(with16({ unitApproval }), '/unitApproval');
    },
  );

  it.each(['region', 'prefecture'] as const)('refuses it to staff of a unit of the %s', (tier) => {
    const of = withContent(with16(), { '/basicInformation/unitTier': tier });
    refuses(inContext(of, { unit: unitOf(tier) }), '');
    // What is stated does not help where the unit says otherwise.
    expect(saidBy('M-16', inContext(with16(), { unit: unitOf(tier) }))).toEqual([insufficient()]);
  });

  it('goes by the number and the tiers of the policy', () => {
    const { representativeWorks } = senior.context.policy.materials;
    const four = { representativeWorks: { ...representativeWorks, endorsers: 4 } };
    expect(saidBy('M-16', underPolicy(with16(), four))).toEqual([insufficient('/endorsers')]);
    const all = { ...representativeWorks, tiers: ['county', 'region'] as const };
    const region = withContent(with16(), { '/basicInformation/unitTier': 'region' });
    const open = underPolicy(inContext(region, { unit: unitOf('region') }), {
      representativeWorks: all,
    });
    expect(said(open)).toEqual([]);
  });

  it('refuses one still to be completed', () => {
    expect(said(with16({ completedOn: '2022-08-11' }))).toEqual([
      `block M-16 date-in-future /sections${at}/representativeWorks/0/completedOn`,
    ]);
  });
});
