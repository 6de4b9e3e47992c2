import { toEpoch } from '../../src/engine/instant';
import { filingWindow, isAfter, isBefore, reviewWindow, windowOf } from '../../src/rounds/policy';
import { policy2022 as policy } from '../../src/rounds/policy-2022';

const numbered = (chapter: string, count: number): string[] =>
  Array.from({ length: count }, (_, index) => `${chapter}-${index + 1}`);

describe('the policy of 2022', () => {
  it('names the clause of every rule in the catalogue, and of no other', () => {
    const catalogue = [
      ...numbered('T', 5),
      ...numbered('S', 5),
      ...numbered('F', 5),
      ...numbered('R', 11),
      ...numbered('M', 31),
    ];
    expect(Object.keys(policy.clauses).sort()).toEqual(catalogue.sort());
    for (const clause of Object.values(policy.clauses)) {
      expect(clause).toMatch(/^(一|[三四]\([一二三四]\)|附件)/);
    }
  });

  it('takes three submissions, the first included', () => {
    expect(policy.submissions).toEqual({ limit: 3, counting: 'every-submission' });
  });

  it('offers the three levels in hydraulic engineering', () => {
    expect(policy.levels).toEqual(['senior', 'intermediate', 'junior']);
    expect(policy.specialty.zh).toBe('工程系列水利专业');
  });

  it('asks the three questions of the grassroots check', () => {
    expect(policy.review.checklist.map(({ code }) => code)).toEqual([
      'no-omissions',
      'authentic',
      'accurate',
    ]);
  });

  it('uses no code twice in a list', () => {
    for (const terms of [
      policy.subSpecialties,
      policy.review.checklist,
      policy.review.returnReasons,
    ]) {
      const codes = terms.map(({ code }) => code);
      expect(new Set(codes).size).toBe(codes.length);
    }
  });
});

describe('its windows', () => {
  const filing = filingWindow(policy);
  const review = reviewWindow(policy);

  it('are 8月5日10:00至8月31日20:00 and 8月25日至9月15日', () => {
    expect(filing).toEqual({
      opens: '2022-08-05T10:00:00.000+08:00',
      closes: '2022-08-31T20:00:00.000+08:00',
    });
    expect(review).toEqual({
      opens: '2022-08-25T00:00:00.000+08:00',
      closes: '2022-09-15T23:59:59.999+08:00',
    });
  });

  it('given in whole days end with the last millisecond of the last day', () => {
    const { closes } = windowOf({ firstDay: '2022-09-15', lastDay: '2022-09-15' });
    expect(toEpoch(closes) + 1).toBe(Date.UTC(2022, 8, 15, 16));
  });

  it('include both their ends', () => {
    expect(isBefore(filing, filing.opens) || isAfter(filing, filing.opens)).toBe(false);
    expect(isBefore(filing, filing.closes) || isAfter(filing, filing.closes)).toBe(false);
    expect(isBefore(filing, '2022-08-05T09:59:59.999+08:00')).toBe(true);
    expect(isAfter(filing, '2022-08-31T20:00:00.001+08:00')).toBe(true);
    expect(isAfter(review, '2022-09-15T23:59:59.999+08:00')).toBe(false);
    expect(isAfter(review, '2022-09-16T00:00:00.000+08:00')).toBe(true);
  });
});
