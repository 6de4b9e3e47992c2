import fc from 'fast-check';

import { nothingBlank } from '../../src/rules/materials/blanks';
import { materialsOf } from '../../src/rules/materials/materials';
import { nodes } from '../form/support';
import {
  findingsOf,
  firstOf,
  leftOut,
  said,
  saidBy,
  senior,
  strangeScan,
  told,
  underPolicy,
  withContent,
} from './materials/support';

describe('F-1: nothing stays blank', () => {
  const blank = (pointer: string) => `block F-1 blank-field /sections${pointer}`;

  /** Every field of the form that the dossier fills in, exams apart. */
  const places = [...nodes(senior.filed.sections)]
    .filter(([, node]) => !Array.isArray(node))
    .flatMap(([pointer, node]) => Object.keys(node).map((field) => `${pointer}/${field}`))
    .filter((place) => !place.startsWith('/languageAndComputer'));

  it('takes a dossier with everything filled in, or marked 「无」', () => {
    expect(saidBy('F-1', senior)).toEqual([]);
    const none = { '/awards/entries': '无', '/researchAbility/entries': '无' };
    expect(said(withContent(senior, none))).toEqual([]);
    // 「无」 stands for content: other rules may ask for more.
    expect(saidBy('F-1', withContent(senior, { '/workSummary/text': '无' }))).toEqual([]);
  });

  it('takes no and zero for what they are', () => {
    const { sections } = senior.filed;
    expect(sections.basicInformation.villageStationing.stationed).toBe(false);
    const civilService = { years: 0, transferredOn: '2020-01-01', explanation: '无' };
    const changed = withContent(senior, {
      '/qualification/civilService': { ...civilService, appointment: '无', cadreResume: '无' },
    });
    expect(saidBy('F-1', changed)).toEqual([]);
  });

  it('refuses a blank anywhere, and names exactly its place', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...places),
        fc.constantFrom(undefined, '', ' ', '\n\t', '　', '\u200b', '\ufeff', []),
        (place, value) => {
          expect(saidBy('F-1', withContent(senior, { [place]: value }))).toEqual([blank(place)]);
        },
      ),
      { numRuns: 400 },
    );
  });

  it('takes null for a blank, too', () => {
    const { filed, context } = withContent(senior, { '/education/entries/0/school': null });
    expect(nothingBlank(materialsOf(filed, context)).map(({ pointer }) => pointer)).toEqual([
      '/sections/education/entries/0/school',
    ]);
  });

  it('refuses several at once, each named', () => {
    const several = { '/basicInformation/phone': '', '/workHistory/entries/1/post': ' ' };
    expect(said(withContent(senior, several))).toEqual([
      blank('/basicInformation/phone'),
      blank('/workHistory/entries/1/post'),
    ]);
  });

  it('says it once of a section never saved, and of each field of an empty one', () => {
    expect(saidBy('F-1', withContent(senior, { '/commitment': undefined }))).toEqual([
      blank('/commitment'),
    ]);
    expect(saidBy('F-1', withContent(senior, { '/commitment': {} }))).toEqual([
      blank('/commitment/text'),
      blank('/commitment/scan'),
    ]);
  });

  it('refuses an entry, and a scan, that says nothing', () => {
    const entry = { '/awards/entries': [{}] };
    expect(saidBy('F-1', withContent(senior, entry))).toHaveLength(6);
    const scan = { '/education/entries/0/evidence': [''] };
    expect(saidBy('F-1', withContent(senior, scan))).toEqual([
      blank('/education/entries/0/evidence/0'),
    ]);
  });

  it('says how to mend it: 「无」 where that would do', () => {
    const of = (place: string) => told('F-1', withContent(senior, { [place]: '' }));
    expect(of('/basicInformation/post')).toBe('“现任职务或岗位”未填写；没有内容的请填「无」。');
    expect(of('/education/entries/0/degree')).toBe('“学位”未填写；没有内容的请填「无」。');
    expect(of('/basicInformation/birthDate')).toBe('“出生日期”未填写。');
    expect(findingsOf(withContent(senior, { '/basicInformation/post': '' }))[0]).toMatchObject({
      clause: '三(三)',
      message: { en: '"Present post" is not filled in; write 无 if there is nothing.' },
    });
  });
});

describe('F-2: whatever is stated carries its evidence', () => {
  const missing = (severity: string, pointer: string) =>
    `${severity} F-2 evidence-missing /sections${pointer}`;

  it.each([
    '/education/entries/0',
    '/qualification/title/proofs/0',
    '/workHistory/entries/0',
    '/annualAssessments/entries/0',
    '/continuingEducation/certificates/0',
  ])('refuses mandatory items without: %s', (item) => {
    for (const value of ['无', [], undefined]) {
      const spoilt = withContent(senior, { [`${item}/evidence`]: value });
      expect(saidBy('F-2', spoilt)).toEqual([missing('block', `${item}/evidence`)]);
    }
  });

  it.each(['/practiceAbility/entries/0', '/achievements/papers/0'])(
    'lets others pass with a warning, and does not count them: %s',
    (item) => {
      const spoilt = withContent(senior, { [`${item}/evidence`]: '无' });
      expect(saidBy('F-2', spoilt)).toEqual([missing('warn', `${item}/evidence`)]);
      expect(leftOut(spoilt)).toEqual([`evidence-missing /sections${item}`]);
    },
  );

  it('refuses what is named but not attached, at its place', () => {
    const named = { '/workHistory/entries/0/evidence': [strangeScan] };
    expect(said(withContent(senior, named))).toEqual([
      missing('block', '/workHistory/entries/0/evidence/0'),
    ]);
  });

  it('does not count an entry that names one attached and one that is not', () => {
    const [attached] = senior.filed.attachments;
    const evidence = { '/achievements/papers/0/evidence': [attached?.sha256, strangeScan] };
    const spoilt = withContent(senior, evidence);
    expect(said(spoilt)).toEqual([missing('warn', '/achievements/papers/0/evidence/1')]);
    expect(leftOut(spoilt)).toEqual(['evidence-missing /sections/achievements/papers/0']);
  });

  it('takes the certificate of the unit where there is no other evidence', () => {
    const [attached] = senior.filed.attachments;
    const certified = {
      '/practiceAbility/entries/0/evidence': '无',
      '/practiceAbility/entries/0/unitCertificate': attached?.sha256,
    };
    expect(said(withContent(senior, certified))).toEqual([]);
    expect(leftOut(withContent(senior, certified))).toEqual([]);
  });

  it.each([
    ['/basicInformation/idCardScan', ['block M-1 evidence-missing']],
    ['/basicInformation/photo', ['block M-1 evidence-missing']],
    ['/commitment/scan', ['block M-25 commitment-missing']],
  ])('names a single scan that is not attached, too: %s', (place, others) => {
    const spoilt = withContent(senior, { [place]: strangeScan });
    const expected = [missing('warn', place), ...others.map((one) => `${one} /sections${place}`)];
    expect(said(spoilt)).toEqual(expected);
    // 「无」 names none: there it is for the others to ask.
    expect(saidBy('F-2', withContent(senior, { [place]: '无' }))).toEqual([]);
  });

  it('does not take a certificate of the unit that is not attached', () => {
    const entry = '/practiceAbility/entries/0';
    const certificate = `${entry}/unitCertificate`;
    const spoilt = withContent(senior, { [certificate]: strangeScan });
    expect(saidBy('F-2', spoilt)).toEqual([missing('warn', certificate)]);
    expect(leftOut(spoilt)).toEqual([`evidence-missing /sections${entry}`]);
  });

  it('asks for none where nothing is stated', () => {
    const at = '/basicInformation/villageStationing';
    expect(senior.filed.sections.basicInformation.villageStationing.evidence).toBe('无');
    expect(saidBy('F-2', senior)).toEqual([]);
    const stationed = { [`${at}/stationed`]: true };
    expect(said(withContent(senior, stationed))).toEqual([missing('warn', `${at}/evidence`)]);
  });

  it('goes by the policy’s list of mandatory items', () => {
    const spoilt = withContent(senior, { '/workHistory/entries/0/evidence': '无' });
    const lenient = underPolicy(spoilt, { evidence: { clause: '三(三)', mandatory: [] } });
    expect(said(lenient)).toEqual([missing('warn', '/workHistory/entries/0/evidence')]);
  });
});

describe('F-4: no vague words', () => {
  const at = '/practiceAbility/entries/0/summary';
  const vague = (text: string) => saidBy('F-4', withContent(senior, { [at]: text }));
  const warned = [`warn F-4 vague-wording /sections${at}`];

  it.each(['大概完成3章', '渠长10公里左右', '参加若干项目', '勘测、设计等等', '可能通过验收'])(
    'warns of: %s',
    (text) => {
      expect(vague(text)).toEqual(warned);
    },
  );

  it('takes exact wording, and the terms of the trade', () => {
    expect(vague('2018年3月完成渠道10公里')).toEqual([]);
    expect(vague('复核左右岸坝肩稳定，计算可能最大洪水')).toEqual([]);
    expect(vague('复核左右岸坝肩，长10米左右')).toEqual(warned);
  });

  it('names the words, and leaves codes and names of files alone', () => {
    const spoilt = withContent(senior, { [at]: '大概10公里左右' });
    expect(told('F-4', spoilt)).toContain('大概、左右');
    const codes = { '/practiceAbility/entries/0/role': '大概' };
    expect(saidBy('F-4', withContent(senior, codes))).toEqual([]);
  });

  it('looks at every text of every level', () => {
    const junior = firstOf('junior');
    const spoilt = withContent(junior, { '/basicInformation/post': '大概是技术员' });
    expect(said(spoilt)).toEqual(['warn F-4 vague-wording /sections/basicInformation/post']);
  });
});
