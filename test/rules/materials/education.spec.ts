import { findingsOf, said, saidBy, senior, strangeScan, told, withContent } from './support';

describe('M-5: education is proven by the CHSI result or, where there is none, by the papers', () => {
  const at = '/education/entries';
  const [degree] = senior.filed.sections.education.entries as readonly object[];
  const missing = (pointer: string) => `block M-5 education-proof-missing /sections${pointer}`;

  it('takes either, and part-time degrees beside', () => {
    const partTime = { ...degree, mode: 'part-time', foundInChsi: false };
    expect(said(withContent(senior, { [at]: [degree, partTime] }))).toEqual([]);
    expect(said(withContent(senior, { [`${at}/0/foundInChsi`]: false }))).toEqual([]);
  });

  it.each(['无', [], undefined, [strangeScan]])('refuses one without proof: %j', (evidence) => {
    const spoilt = withContent(senior, { [`${at}/0/evidence`]: evidence });
    expect(saidBy('M-5', spoilt)).toEqual([missing(`${at}/0/evidence`)]);
  });

  it('asks for the proof that fits', () => {
    const without = { [`${at}/0/evidence`]: '无' };
    expect(told('M-5', withContent(senior, without))).toContain('请上传学信网的查询结果');
    const unknown = { ...without, [`${at}/0/foundInChsi`]: false };
    expect(told('M-5', withContent(senior, unknown))).toContain('请上传学历材料扫描件');
  });

  it('refuses a dossier that states none', () => {
    for (const none of ['无', [], undefined]) {
      expect(saidBy('M-5', withContent(senior, { [at]: none }))).toEqual([missing(at)]);
    }
    expect(findingsOf(withContent(senior, { [at]: '无' }))).toMatchObject([{ clause: '四(一)2' }]);
  });

  it('refuses a graduation that is still to come', () => {
    const future = `block M-5 date-in-future /sections${at}/0/to`;
    expect(said(withContent(senior, { [`${at}/0/to`]: '2022-08' }))).toEqual([]);
    expect(said(withContent(senior, { [`${at}/0/to`]: '2022-09' }))).toEqual([future]);
  });
});
