import { enforcementOf, type Source } from '../../src/cli/rules-table/enforcement';
import { proofsOf, rulesNamed, type JestResults } from '../../src/cli/rules-table/results';
import { isEmpty, page, type Row } from '../../src/cli/rules-table/table';

describe('Where a rule is enforced', () => {
  const inRules = (text: string, path = 'src/rules/a.ts'): Source => ({ path, text });

  it('is where a finding is given under it, before where it is spoken of', () => {
    const sources = [
      inRules(`return [block(policy, 'R-6', {\n  code: 'used-up',\n  zh: '',\n})];`),
      inRules(`/** Not R-6. */`, 'src/rules/b.ts'),
      inRules(`/** R-6, too. */`, 'src/dossier/c.ts'),
    ];
    expect(enforcementOf('R-6', sources)).toEqual({
      files: ['src/rules/a.ts'],
      findings: ['block used-up'],
    });
  });

  it('is where a comment claims it, with what its function and the helpers of that give', () => {
    const text = `/** S-1, S-4: within. */
export function within(policy: Policy, rule: string) {
  return [outside(policy, rule)];
}

function outside(policy: Policy, rule: string) {
  return block(policy, rule, { code: 'outside-scope', zh: '' });
}

/** S-5: one. */
export function one(policy: Policy) {
  return warn(policy, 'S-5', { code: 'already-open' });
}
`;
    const findings = (id: string) => enforcementOf(id, [inRules(text)]).findings;
    expect([findings('S-1'), findings('S-4'), findings('S-5')]).toEqual([
      ['block outside-scope'],
      ['block outside-scope'],
      ['warn already-open'],
    ]);
  });

  it('tells R-1 from R-10, and knows a rule nobody speaks of', () => {
    const sources = [inRules(`/** R-10: annexes. */`, 'src/documents/a.ts')];
    expect(enforcementOf('R-10', sources).files).toEqual(['src/documents/a.ts']);
    expect(enforcementOf('R-1', sources)).toEqual({ files: [], findings: [] });
  });

  it('reads codes from constants, helpers and choices by rule', () => {
    const text = `
      const code = 'from-constant';
      const a = [block(policy, 'M-1', { code, pointer })];
      const remark = (code: string, pointer: string): Finding =>
        warn(policy, 'M-2', { code, pointer });
      remark('first-remark', at); remark(
        'second-remark', at);
      block(materials.policy, 'M-4', { code: many ? 'too-many' : 'too-few' });
/** M-24, F-3: papers. */
const papers = () => block(policy, rule, {
  code: rule === 'M-24' ? 'other-missing' : 'publicity-missing',
});
`;
    const findings = (id: string) => enforcementOf(id, [inRules(text)]).findings;
    expect(findings('M-1')).toEqual(['block from-constant']);
    expect(findings('M-2')).toEqual(['warn first-remark', 'warn second-remark']);
    expect(findings('M-4')).toEqual(['block too-many', 'block too-few']);
    expect(findings('M-24')).toEqual(['block other-missing']);
    expect(findings('F-3')).toEqual(['block publicity-missing']);
  });
});

describe('Proofs', () => {
  it.each([
    ['R-6: at most three', ['R-6']],
    ['R-1, R-2: out of turn', ['R-1', 'R-2']],
    ['M-4 and M-28: who defends', ['M-4', 'M-28']],
    ['T-1 (一): filing', ['T-1']],
    ['closes by R-6: never', []],
    ['R-6', []],
    ['X-1: unknown', []],
  ])('%s names %j', (title, ids) => {
    expect(rulesNamed(title)).toEqual(ids);
  });

  const test = (ancestorTitles: readonly string[], title: string, status = 'passed') => ({
    ancestorTitles,
    title,
    status,
  });
  const results: JestResults = {
    success: false,
    testResults: [
      {
        name: '/x/test/e2e/a.spec.ts',
        assertionResults: [test(['To the millisecond'], 'T-1: ends')],
      },
      {
        name: '/x/test/rules/T.spec.ts',
        assertionResults: [
          test(['T-1: in the window'], 'opens'),
          test(['T-1: in the window', 'at the end'], 'T-1: closes'),
          test(['T-1: in the window'], 'fails', 'failed'),
          test(['T-2: refiling'], 'is left out', 'pending'),
        ],
      },
    ],
  };

  it('are the tests that passed, counted once, those of the rules first', () => {
    expect(proofsOf(results).get('T-1')).toEqual([
      { file: '/x/test/rules/T.spec.ts', passed: 2, says: 'in the window' },
      { file: '/x/test/e2e/a.spec.ts', passed: 1, says: null },
    ]);
    expect(proofsOf(results).has('T-2')).toBe(false);
  });
});

describe('The page', () => {
  const row: Row = {
    id: 'R-6',
    clause: '三(四)',
    enforcement: { files: ['src/rules/review.ts'], findings: ['block used-up'] },
    proofs: [{ file: 'test/rules/R-6.spec.ts', passed: 27, says: 'at most three | no more' }],
  };

  it('has a line for each rule, with links', () => {
    expect(page([row]).split('\n').at(-3)).toBe(
      '| R-6 | 三(四) | at most three \\| no more | block `used-up` | [rules/review.ts](../src/rules/review.ts) | [rules/R-6.spec.ts](../test/rules/R-6.spec.ts) 27 |',
    );
  });

  it.each<[string, Row, boolean]>([
    ['kept and proven', row, false],
    ['proven by nothing', { ...row, proofs: [] }, true],
    ['described by nothing', { ...row, proofs: [{ file: 'a', passed: 1, says: null }] }, true],
    ['kept by nothing', { ...row, enforcement: { files: [], findings: [] } }, true],
    ['a process', { ...row, enforcement: { files: ['a'], findings: [] } }, false],
  ])('a rule that is %s', (_, given, empty) => {
    expect(isEmpty(given)).toBe(empty);
  });
});
