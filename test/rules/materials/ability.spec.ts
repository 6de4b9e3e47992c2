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
  withContent,
} from './support';

const [practice] = senior.filed.sections.practiceAbility.entries as readonly object[];
const own = (number: number) => ({ ...practice, condition: `construction-practice-${number}` });
const practised = (...entries: object[]) =>
  withContent(senior, { '/practiceAbility/entries': entries.length === 0 ? '无' : entries });

describe('M-11: research ability is suggested to two sub-specialties', () => {
  const suggested = ['warn M-11 research-ability-suggested /sections/researchAbility/entries'];
  const stated = (subSpecialty: string, entries: unknown) =>
    saidBy(
      'M-11',
      inContext(withContent(senior, { '/researchAbility/entries': entries }), { subSpecialty }),
    );
  const entry = { kind: 'technical-research', ...practice, condition: undefined };

  it.each(['planning-design-consulting', 'science-research'])('suggests it to %s', (of) => {
    expect(stated(of, '无')).toEqual(suggested);
    expect(stated(of, undefined)).toEqual(suggested);
    expect(stated(of, [entry])).toEqual([]);
  });

  it('does not take an entry without evidence for one', () => {
    expect(stated('science-research', [{ ...entry, evidence: '无' }])).toEqual(suggested);
  });

  it.each(['construction', 'operation-management'])('leaves it to %s', (of) => {
    expect(stated(of, '无')).toEqual([]);
    expect(stated(of, [entry])).toEqual([]);
  });

  it('goes by the policy’s list', () => {
    const research = { clause: '四(一)5', suggestedTo: ['construction'] };
    const without = withContent(senior, { '/researchAbility/entries': '无' });
    expect(said(underPolicy(without, { research }))).toEqual(suggested);
  });
});

describe('M-12: senior needs a practice condition of the sub-specialty', () => {
  const unmet = ['block M-12 practice-conditions-unmet /sections/practiceAbility/entries'];

  it('takes one, and more', () => {
    expect(said(practised(own(1)))).toEqual([]);
    expect(said(practised(own(4)))).toEqual([]);
    expect(said(practised(own(1), own(2)))).toEqual([]);
  });

  it('refuses none', () => {
    expect(said(practised())).toEqual(unmet);
    expect(told('M-12', practised())).toBe('所选二级专业的实践能力条件须至少具备1项，现计0项。');
    const unsaved = withContent(senior, { '/practiceAbility': undefined });
    expect(saidBy('M-12', unsaved)).toEqual(unmet);
  });

  it('does not count a condition of another sub-specialty, and says so', () => {
    const other = practised({ ...own(1), condition: 'science-research-practice-1' });
    expect(said(other)).toEqual(unmet);
    expect(leftOut(other)).toEqual(['condition-not-open /sections/practiceAbility/entries/0']);
    expect(told('M-12', other)).toContain('实践能力第1条（对应条件不属于所选二级专业）');
    expect(saidBy('M-12', inContext(other, { subSpecialty: 'science-research' }))).toEqual([]);
  });

  it('does not count an entry without evidence, or without a condition', () => {
    const unproven = practised({ ...own(1), evidence: '无' });
    expect(saidBy('M-12', unproven)).toEqual(unmet);
    expect(told('M-12', unproven)).toContain('实践能力第1条（缺少印证材料，视为没有）');
    expect(saidBy('M-12', practised({ ...own(1), condition: '' }))).toEqual(unmet);
  });

  it('counts a condition once', () => {
    const twice = practised(own(2), own(2));
    expect(leftOut(twice)).toEqual([
      'condition-already-counted /sections/practiceAbility/entries/1',
    ]);
    const conditions = { senior: 2, intermediate: 0, junior: 0 };
    const two = { practice: { clause: '四(一)6', conditions } };
    expect(said(underPolicy(twice, two))).toEqual(unmet);
    expect(said(underPolicy(practised(own(2), own(3)), two))).toEqual([]);
    // An entry that does not count itself keeps no other from counting.
    const unproven = practised({ ...own(2), evidence: '无' }, own(2));
    expect(leftOut(unproven)).toEqual(['evidence-missing /sections/practiceAbility/entries/0']);
  });

  it.each(['intermediate', 'junior'] as const)('asks for none at level %s', (level) => {
    const none = withContent(firstOf(level), { '/practiceAbility/entries': '无' });
    expect(said(none)).toEqual([]);
    const conditions = { senior: 1, intermediate: 1, junior: 1 };
    const strict = underPolicy(none, { practice: { clause: '四(一)6', conditions } });
    expect(said(strict)).toEqual(unmet);
  });
});

describe('M-14: each entry says when, in which role and how much, and is proven', () => {
  const researcher = firstWhere(
    ({ filed, context }) =>
      context.level === 'senior' && filed.sections.researchAbility.entries !== '无',
  );
  const incomplete = (field: string) => `block M-14 entry-incomplete /sections${field}`;

  it('takes complete entries', () => {
    expect(said(senior)).toEqual([]);
    expect(said(researcher)).toEqual([]);
  });

  describe.each([
    ['/researchAbility/entries/0', researcher],
    ['/practiceAbility/entries/0', senior],
    ['/achievements/entries/0', senior],
  ])('in %s', (entry, of) => {
    it.each(['workload', 'summary'])('refuses 「无」 for %s', (field) => {
      const none = withContent(of, { [`${entry}/${field}`]: '无' });
      expect(said(none)).toEqual([incomplete(`${entry}/${field}`)]);
    });

    it.each(['from', 'to', 'role', 'workload', 'summary'])('refuses a blank %s', (field) => {
      const blank = withContent(of, { [`${entry}/${field}`]: '' });
      expect(saidBy('M-14', blank)).toEqual([incomplete(`${entry}/${field}`)]);
    });

    it('refuses without evidence, and takes a certificate of the unit for it', () => {
      const without = { [`${entry}/evidence`]: '无' };
      expect(saidBy('M-14', withContent(of, without))).toEqual([incomplete(`${entry}/evidence`)]);
      const certificate = (sha256: string) =>
        withContent(of, { ...without, [`${entry}/unitCertificate`]: sha256 });
      expect(said(certificate(scanOf(of)))).toEqual([]);
      expect(saidBy('M-14', certificate(strangeScan))).toEqual([incomplete(`${entry}/evidence`)]);
    });

    it('refuses an end before the beginning', () => {
      const lasted = (from: string, to: string) =>
        said(withContent(of, { [`${entry}/from`]: from, [`${entry}/to`]: to }));
      expect(lasted('2020-03-01', '2020-03-01')).toEqual([]);
      expect(lasted('2020-03-01', '2020-02-29')).toEqual([incomplete(`${entry}/to`)]);
    });

    it('refuses what lies in the future, and takes what still goes on', () => {
      const until = (to: string) => said(withContent(of, { [`${entry}/to`]: to }));
      expect(until('至今')).toEqual([]);
      expect(until('2022-08-10')).toEqual([]);
      expect(until('2022-08-11')).toEqual([incomplete(`${entry}/to`)]);
      const from = withContent(of, { [`${entry}/from`]: '2022-08-11', [`${entry}/to`]: '至今' });
      expect(said(from)).toEqual([incomplete(`${entry}/from`)]);
    });
  });

  it('says which entry and what', () => {
    const none = { '/achievements/entries/1/workload': '无' };
    expect(told('M-14', withContent(senior, none))).toBe('第2条：请写明本人完成的工作量。');
  });
});
