import { checkPolicy } from '../../src/application/policy-validator';
import { filingWindow } from '../../src/rounds/policy';
import { policy2022 } from '../../src/rounds/policy-2022';
import { policySchema } from '../../src/rounds/policy.schema';
import { ruleIds } from '../../src/rounds/rule-ids';
import type { Finding } from '../../src/rules/finding';
import { edited, type Edit } from './edit';

const findingsOf = (policy: unknown): readonly Finding[] => {
  const checked = checkPolicy(policy);
  return 'findings' in checked ? checked.findings : [];
};
const pointersOf = (...edits: readonly Edit[]): string[] =>
  findingsOf(edited(...edits)).map(({ pointer }) => pointer);

/** Every object in the policy, with its pointer; maps by code, where any name will do, left out. */
function* objects(value: unknown, pointer = ''): Generator<[string, object]> {
  if (typeof value !== 'object' || value === null) return;
  const byCode = /\/(bySubSpecialty|routes|proofs|years\/\w+)$/.test(pointer);
  if (!Array.isArray(value) && !byCode) yield [pointer, value];
  for (const [name, member] of Object.entries(value)) yield* objects(member, `${pointer}/${name}`);
}

describe('The schema of policies', () => {
  it('takes the policy of 2022 as it is bundled', () => {
    expect(checkPolicy(policy2022)).toEqual({ policy: policy2022 });
  });

  it('asks for every parameter, and says where in the notice it comes from', () => {
    const { properties, required } = policySchema.json;
    expect(required).toEqual(Object.keys(policy2022).sort(asIn(Object.keys(properties ?? {}))));
    for (const parameter of Object.values(properties ?? {})) {
      expect(parameter).toHaveProperty(
        'description',
        expect.stringMatching(/^([一二三四]|通知未作规定).*：./),
      );
    }
  });

  it('refuses an unknown parameter, wherever it stands', () => {
    for (const [pointer] of objects(policy2022)) {
      expect(pointersOf([`${pointer}/unheardOf`, 1])).toEqual([`${pointer}/unheardOf`]);
    }
  });

  it('refuses a value of the wrong kind, wherever it stands', () => {
    for (const [pointer, object] of objects(policy2022)) {
      const [name] = Object.keys(object);
      if (name === undefined) continue;
      const at = `${pointer}/${name}`;
      expect(findingsOf(edited([at, { wrong: true }]))).not.toEqual([]);
    }
  });

  it.each(['/afterAcceptance/fee', '/scope/levels', '/materials/assessments/years'])(
    'asks for every level in %s',
    (at) => {
      expect(pointersOf([`${at}/junior`, undefined])).toEqual([`${at}/junior`]);
    },
  );

  it('asks for the clause of every rule, and knows no other', () => {
    expect(ruleIds).toHaveLength(57);
    for (const id of ruleIds) {
      expect(pointersOf([`/clauses/${id}`, undefined])).toEqual([`/clauses/${id}`]);
    }
    expect(pointersOf(['/clauses/R-12', '三(四)'])).toEqual(['/clauses/R-12']);
  });

  it.each<Edit>([
    ['/round', '2022-a'],
    ['/round', 'A'],
    ['/round', ''],
    ['/round', 'a'.repeat(33)],
    ['/year', 2022.5],
    ['/year', '2022'],
    ['/title', ' '],
    ['/levels', []],
    ['/levels/0', 'expert'],
    ['/windows/filing/opens', '2022-02-30T10:00:00+08:00'],
    ['/windows/filing/opens', '2022-08-05T10:00:00'],
    ['/windows/filing/opens', '2022-08-05'],
    ['/windows/review/firstDay', '2022-02-29'],
    ['/windows/review/lastDay', '2022-9-15'],
    ['/submissions/limit', 0],
    ['/submissions/limit', -1],
    ['/submissions/counting', 'none'],
    ['/publicity/workingDays', 0],
    ['/publicity/publishedSections/0', 'hobbies'],
    ['/afterAcceptance/dueBy/day', '2022-09-31'],
    ['/afterAcceptance/fee/senior', -1],
    ['/afterAcceptance/fee/senior', 499.5],
    ['/falsification/barYears', 0],
    ['/form/assessmentResults/terms/0/standing', 'good'],
    ['/materials/qualification/routes/civil-servant/needs', 'luck'],
    ['/materials/workSummary/bullets/share', 1.5],
    ['/subSpecialties/0/code', 'Planning Design'],
  ])('refuses at %s the value %j', (pointer, value) => {
    const findings = findingsOf(edited([pointer, value]));
    expect(findings.map((finding) => [finding.pointer, finding.code, finding.rule])).toEqual([
      [pointer, 'malformed-request', null],
    ]);
    expect(findings[0]?.message.zh).toMatch(/\p{sc=Han}.*。$/u);
    expect(findings[0]?.message.en).toMatch(/^[A-Z].*\.$/);
  });

  it('tells everything at once, in words for who edits the file', () => {
    const findings = findingsOf(
      edited(
        ['/windows/filing/closes', undefined],
        ['/materials/qualification/routes/first-title', {}],
        ['/conditions/bySubSpecialty/Dams', { practice: [], achievements: [] }],
        ['/submissions/limit', 0],
      ),
    );
    expect(findings.map(({ pointer, message }) => `${pointer} ${message.zh}`)).toEqual([
      '/windows/filing/closes 缺少该参数。',
      '/submissions/limit 不得小于1。',
      '/conditions/bySubSpecialty/Dams 应为代码：小写字母、数字，可用单个连字符相连。',
      '/materials/qualification/routes/first-title/needs 应为以下之一：title、civil-service、nothing。',
    ]);
  });

  it.each([null, 5, 'policy', [], {}])('refuses %j, which is no policy', (given) => {
    expect(findingsOf(given).length).toBeGreaterThan(0);
  });

  it('takes instants with any offset, and keeps them in Beijing time', () => {
    const checked = checkPolicy(
      edited(['/windows/filing/opens', '2022-08-05T02:00:00Z'], ['/year', 2022]),
    );
    expect('policy' in checked && filingWindow(checked.policy).opens).toBe(
      '2022-08-05T10:00:00.000+08:00',
    );
  });
});

function asIn(order: readonly string[]): (a: string, b: string) => number {
  return (a, b) => order.indexOf(a) - order.indexOf(b);
}
