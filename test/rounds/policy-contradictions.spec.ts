import { checkPolicy } from '../../src/application/policy-validator';
import { policy2022 } from '../../src/rounds/policy-2022';
import type { Finding } from '../../src/rules/finding';
import { edited, type Edit } from './edit';

const contradictions = (...edits: readonly Edit[]): readonly Finding[] => {
  const checked = checkPolicy(edited(...edits));
  return 'findings' in checked ? checked.findings : [];
};

const firstDegree = policy2022.form.degrees.terms[0];
const [planning] = policy2022.subSpecialties;
const conditions = policy2022.conditions.bySubSpecialty['construction'];
const inConstruction = '/conditions/bySubSpecialty/construction';

describe('A policy that contradicts itself is refused', () => {
  it.each<[what: string, edits: readonly Edit[], pointer: string]>([
    [
      'filing that ends before it begins',
      [['/windows/filing/closes', '2022-08-05T09:59:59+08:00']],
      '/windows/filing',
    ],
    [
      'filing that ends as it begins',
      [['/windows/filing/closes', '2022-08-05T10:00:00+08:00']],
      '/windows/filing',
    ],
    [
      'filing that ends before it begins, by offsets',
      [['/windows/filing/closes', '2022-08-05T11:00:00+14:00']],
      '/windows/filing',
    ],
    [
      'a review that ends before it begins',
      [
        ['/windows/review/firstDay', '2022-09-16'],
        ['/windows/review/lastDay', '2022-09-15'],
      ],
      '/windows/review',
    ],
    [
      'a review that ends before filing does',
      [['/windows/review/lastDay', '2022-08-30']],
      '/windows/review',
    ],
    ['a year without filing', [['/year', 2023]], '/windows/filing'],
    [
      'papers due before the review',
      [['/afterAcceptance/dueBy/day', '2022-08-24']],
      '/afterAcceptance/dueBy/day',
    ],
    [
      'an assessment of a year to come',
      [['/materials/assessments/years/senior/2', 2023]],
      '/materials/assessments/years/senior/2',
    ],
    [
      'a certificate of a year to come',
      [['/materials/continuingEducation/years/junior/public/0', 2023]],
      '/materials/continuingEducation/years/junior/public/0',
    ],
    [
      'ages the wrong way round',
      [['/materials/identity/ages/oldest', 17]],
      '/materials/identity/ages',
    ],
    [
      'lengths the wrong way round',
      [['/materials/workSummary/length/longest', 299]],
      '/materials/workSummary/length',
    ],
    [
      'minutes the wrong way round',
      [['/afterAcceptance/defence/minutes/most', 2]],
      '/afterAcceptance/defence/minutes',
    ],
    [
      'a code twice in a list',
      [['/form/degrees/terms/2/code', firstDegree?.code]],
      '/form/degrees/terms/2/code',
    ],
    [
      'a sub-specialty twice',
      [['/subSpecialties/4', { ...planning, zh: '规划' }]],
      '/subSpecialties/4/code',
    ],
    ['a check twice', [['/review/checklist/2/code', 'authentic']], '/review/checklist/2/code'],
    [
      'a condition general and special at once',
      [[`${inConstruction}/achievements/0/code`, 'general-1']],
      `${inConstruction}/achievements/0/code`,
    ],
    [
      'conditions of an unknown sub-specialty',
      [['/conditions/bySubSpecialty/dams', { practice: [], achievements: [] }]],
      '/conditions/bySubSpecialty/dams',
    ],
    [
      'research suggested to an unknown sub-specialty',
      [['/materials/research/suggestedTo/0', 'dams']],
      '/materials/research/suggestedTo/0',
    ],
    [
      'an unknown level of a title',
      [['/materials/qualification/titleLevels/senior/0', 'expert']],
      '/materials/qualification/titleLevels/senior/0',
    ],
    [
      'a route the form does not offer',
      [['/materials/qualification/routes/by-luck', { needs: 'nothing' }]],
      '/materials/qualification/routes/by-luck',
    ],
    [
      'a route without a requirement',
      [['/materials/qualification/routes/first-title', undefined]],
      '/materials/qualification/routes/first-title',
    ],
    [
      'a place without proofs',
      [['/materials/qualification/proofs/elsewhere', undefined]],
      '/materials/qualification/proofs/elsewhere',
    ],
    [
      'an unknown proof',
      [['/materials/qualification/proofs/elsewhere/any/0', 'rumour']],
      '/materials/qualification/proofs/elsewhere/any/0',
    ],
    [
      'an unknown subject',
      [['/materials/continuingEducation/years/senior/dancing', [2022]]],
      '/materials/continuingEducation/years/senior/dancing',
    ],
    [
      'more practice than one sub-specialty offers',
      [[`${inConstruction}/practice`, []]],
      '/materials/practice/conditions/senior',
    ],
    [
      'more achievements than one sub-specialty offers',
      [[`${inConstruction}/achievements`, conditions?.achievements.slice(0, 1)]],
      '/materials/achievements/subSpecialty/senior',
    ],
    [
      'a sub-specialty without conditions',
      [
        [inConstruction, undefined],
        ['/materials/achievements/subSpecialty/senior', 0],
      ],
      '/materials/practice/conditions/senior',
    ],
    [
      'more general conditions than there are',
      [['/materials/achievements/general/junior', policy2022.conditions.general.length + 1]],
      '/materials/achievements/general/junior',
    ],
    [
      'assessments of which none is good enough',
      [
        ['/form/assessmentResults/terms/0/standing', 'open'],
        ['/form/assessmentResults/terms/1/standing', 'bars'],
      ],
      '/form/assessmentResults/terms',
    ],
    [
      'evidence asked for a list the form has not',
      [
        ['/levels', ['senior']],
        ['/materials/evidence/mandatory/0', '/education/schools'],
      ],
      '/materials/evidence/mandatory/0',
    ],
    [
      'evidence asked for a field that is no list',
      [
        ['/levels', ['senior']],
        ['/materials/evidence/mandatory/0', '/basicInformation/name'],
      ],
      '/materials/evidence/mandatory/0',
    ],
    [
      'a form that cannot be made, since a level has no route',
      [1, 2, 3]
        .map((route): Edit => [`/form/qualificationRoutes/terms/${route}/levels`, ['senior']])
        .concat([['/form/qualificationRoutes/terms/0/levels', ['senior', 'intermediate']]]),
      '/form',
    ],
  ])('%s', (_, edits, pointer) => {
    const findings = contradictions(...edits);
    expect(findings.map((finding) => [finding.pointer, finding.code, finding.severity])).toEqual([
      [pointer, 'policy-contradictory', 'block'],
    ]);
    expect(findings[0]?.message.zh).toMatch(/\p{sc=Han}.*。$/u);
    expect(findings[0]?.message.en).toMatch(/^[A-Z].*\.$/);
  });

  it('all of it at once', () => {
    const findings = contradictions(
      ['/windows/review/lastDay', '2022-08-24'],
      ['/subSpecialties/1/code', planning?.code],
      ['/materials/practice/conditions/senior', 99],
    );
    expect(findings.map(({ pointer }) => pointer)).toEqual([
      '/windows/review',
      '/windows/review',
      '/subSpecialties/1/code',
      '/conditions/bySubSpecialty/construction',
      '/materials/practice/conditions/senior',
    ]);
  });
});

describe('A policy at the limit is taken', () => {
  it.each<[what: string, edits: readonly Edit[]]>([
    [
      'filing for a single millisecond',
      [['/windows/filing/closes', '2022-08-05T10:00:00.001+08:00']],
    ],
    ['a review that ends with the filing', [['/windows/review/lastDay', '2022-08-31']]],
    [
      'a review of one day',
      [
        ['/windows/review/firstDay', '2022-08-31'],
        ['/windows/review/lastDay', '2022-08-31'],
      ],
    ],
    ['papers due on the first day of the review', [['/afterAcceptance/dueBy/day', '2022-08-25']]],
    [
      'every condition of the catalogue',
      [
        ['/materials/practice/conditions/senior', conditions?.practice.length],
        ['/materials/achievements/general/senior', policy2022.conditions.general.length],
      ],
    ],
    [
      'a sub-specialty without conditions where none are asked for',
      [
        [inConstruction, undefined],
        ['/materials/practice/conditions/senior', 0],
        ['/materials/achievements/subSpecialty/senior', 0],
      ],
    ],
    ['an assessment of the application year', [['/materials/assessments/years/senior/2', 2022]]],
    ['a code that another list uses', [['/form/degrees/terms/0/code', 'qualified']]],
  ])('%s', (_, edits) => {
    expect(contradictions(...edits)).toEqual([]);
  });
});
