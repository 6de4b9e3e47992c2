import type { Draft, SectionContents } from '../../../src/dossier/form/contents';
import { awardKindsOnSave } from '../../../src/rules/materials';
import {
  firstOf,
  firstWhere,
  leftOut,
  policy,
  said,
  saidBy,
  scanOf,
  withContent,
  type Case,
} from './support';

const holder = firstWhere(
  ({ filed, context }) => context.level === 'senior' && filed.sections.qualification.title !== '无',
);
const scan = scanOf(holder);
const title = holder.filed.sections.qualification.title as { readonly obtainedOn: string };

describe('M-17: awards are comprehensive honours by the employer or above', () => {
  const award = (kind: string) => ({
    kind,
    name: '2020年度先进工作者',
    grantor: 'employer',
    grantedBy: '示例单位',
    grantedOn: '2021-01-20',
    evidence: [scan],
  });
  const onSave = (...kinds: string[]) =>
    awardKindsOnSave(policy, { entries: kinds.map(award) }).map(
      ({ rule, code, severity, pointer, clause }) =>
        [severity, rule, clause, code, pointer].join(' '),
    );
  const excluded = (index: number) =>
    `block M-17 四(一)8 award-kind-excluded /entries/${index}/kind`;

  it.each([
    'advanced-worker',
    'advanced-individual',
    'village-stationing-advanced',
    'outstanding-party-member',
    'other-comprehensive',
  ])('takes %s when it is saved', (kind) => {
    expect(onSave(kind)).toEqual([]);
  });

  it.each(['union', 'women', 'safe-family'])('refuses %s when it is saved', (kind) => {
    expect(onSave(kind)).toEqual([excluded(0)]);
    expect(onSave('advanced-worker', kind, kind)).toEqual([excluded(1), excluded(2)]);
  });

  it('takes a section without awards, and one half filled in', () => {
    const drafts: Draft<SectionContents['awards']>[] = [
      {},
      { entries: '无' },
      { entries: [] },
      { entries: [{}, { kind: '' }] },
    ];
    for (const content of drafts) expect(awardKindsOnSave(policy, content)).toEqual([]);
  });

  it('refuses it later, too, and does not count it', () => {
    const saved = withContent(holder, { '/awards/entries': [award('union')] });
    expect(said(saved)).toEqual(['block M-17 award-kind-excluded /sections/awards/entries/0/kind']);
    expect(leftOut(saved)).toEqual(['award-kind-excluded /sections/awards/entries/0']);
  });

  it('goes by the kinds of the policy', () => {
    const terms = policy.form.awardKinds.terms.map((term) => ({ ...term, counts: true }));
    const awardKinds = { ...policy.form.awardKinds, terms };
    const open = { ...policy, form: { ...policy.form, awardKinds } };
    expect(awardKindsOnSave(open, { entries: [award('union')] })).toEqual([]);
  });

  it('refuses one still to be granted', () => {
    const future = { ...award('advanced-worker'), grantedOn: '2022-08-11' };
    expect(said(withContent(holder, { '/awards/entries': [future] }))).toEqual([
      'block M-17 date-in-future /sections/awards/entries/0/grantedOn',
    ]);
  });
});

describe('M-18: patents and works since taking the current post', () => {
  const patent = {
    kind: 'invention-patent',
    name: '一种闸门',
    number: 'ZL0001',
    holderRank: 1,
  };
  const book = {
    kind: 'monograph',
    title: '灌区管理',
    publisher: '示例出版社',
    contribution: '第3章',
    authorRank: 1,
  };
  const lists = [
    ['intellectualProperty', 'grantedOn', patent],
    ['publications', 'publishedOn', book],
  ] as const;

  describe.each(lists)('in %s', (section, field, entry) => {
    const of = (base: Case, date: string) =>
      withContent(base, {
        [`/${section}/entries`]: [{ ...entry, [field]: date, evidence: [scanOf(base)] }],
      });
    const place = `/sections/${section}/entries/0`;

    it('takes the day the title was obtained, and later, up to today', () => {
      expect(title.obtainedOn).toMatch(/-12-20$/);
      expect(said(of(holder, title.obtainedOn))).toEqual([]);
      expect(said(of(holder, '2022-08-10'))).toEqual([]);
    });

    it('refuses and does not count the day before', () => {
      const before = of(holder, title.obtainedOn.replace('-20', '-19'));
      expect(said(before)).toEqual([`block M-18 before-current-post ${place}/${field}`]);
      expect(leftOut(before)).toEqual([`before-current-post ${place}`]);
    });

    it('refuses what is still to come', () => {
      const future = of(holder, '2022-08-11');
      expect(said(future)).toEqual([`block M-18 date-in-future ${place}/${field}`]);
      expect(leftOut(future)).toEqual([`date-in-future ${place}`]);
    });

    it('without a title, goes by the beginning of professional work', () => {
      const junior = firstOf('junior');
      const { from } = junior.filed.sections.qualification.professionalService;
      expect(said(of(junior, from))).toEqual([]);
      expect(said(of(junior, '2010-01-01'))).toEqual([
        `block M-18 before-current-post ${place}/${field}`,
      ]);
    });

    it('for a civil servant, goes by the move', () => {
      const moved = withContent(holder, {
        '/qualification/title': '无',
        '/qualification/civilService': { transferredOn: '2020-03-01' },
      });
      expect(saidBy('M-18', of(moved, '2020-03-01'))).toEqual([]);
      expect(saidBy('M-18', of(moved, '2020-02-29'))).toHaveLength(1);
    });

    it('cannot judge before the post is stated', () => {
      const unsaved = withContent(holder, { '/qualification': {} });
      expect(saidBy('M-18', of(unsaved, '1990-01-01'))).toEqual([]);
    });
  });
});
