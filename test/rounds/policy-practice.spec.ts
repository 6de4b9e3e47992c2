import { checkPolicy } from '../../src/application/policy-validator';
import { dossierContent } from '../../src/cli/season/people/dossier-content';
import { applicant } from '../../src/cli/season/people/person';
import type { Instant } from '../../src/engine/instant';
import { levels, type Policy } from '../../src/rounds/policy';
import { policy2022 } from '../../src/rounds/policy-2022';
import { materialFindings } from '../../src/rules/materials';
import { blocks } from '../../src/rules/finding';
import { firstSubmissionInTime, reviewInTime } from '../../src/rules/time';
import { practicePolicy } from '../../src/sample/practice-round';
import { season } from '../form/support';

const at = (day: string): Instant => `${day}T15:30:00.000+08:00`;

/** Ordinary days, the ends of a year, a leap day, the model's own day. */
const days = ['2022-08-25', '2024-02-29', '2025-12-31', '2026-01-01', '2026-07-20', '2031-03-05'];

describe.each(days)('The practice round of %s', (today) => {
  const policy = practicePolicy(policy2022, at(today));
  const year = Number(today.slice(0, 4));

  it('is one that could be posted', () => {
    expect(checkPolicy(policy)).toEqual({ policy });
    expect(policy).toMatchObject({ round: 'practice', year });
  });

  it('takes filings and decisions of the title office today', () => {
    for (const now of [`${today}T00:00:00.000+08:00`, `${today}T23:59:59.999+08:00`]) {
      expect(firstSubmissionInTime(policy, now)).toEqual([]);
      expect(reviewInTime(policy, 'title-office', now)).toEqual([]);
    }
  });

  it('asks for the years it would ask for if it were held now', () => {
    const { assessments, continuingEducation } = policy.materials;
    for (const level of levels) {
      expect(assessments.years[level]).toEqual([year - 3, year - 2, year - 1]);
      expect(continuingEducation.years[level]).toEqual({
        professional: [year - 1, year],
        public: [year - 4, year - 3, year - 2, year - 1, year],
      });
    }
  });

  it('expects forms and fee 36 days after the review begins, as in the model', () => {
    const due = Date.parse(policy.afterAcceptance.dueBy.day) - Date.parse(today);
    expect(due / 86_400_000).toBe(36);
  });

  it('changes nothing else', () => {
    expect(back(policy)).toEqual(policy2022);
  });

  it('can be filed in with a dossier made for it', () => {
    for (let nth = 0; nth < 40; nth += 1) {
      const person = applicant({ ...season, year }, nth);
      const { sections, evidence } = dossierContent(person, policy);
      const unit = undefined;
      const { level, subSpecialty } = person;
      const filed = { sections, attachments: evidence };
      const context = { policy, level, subSpecialty, unit, now: at(today) };
      expect(materialFindings(filed, context).filter((finding) => blocks([finding]))).toEqual([]);
    }
  });
});

/** The moved parts as the model has them. */
function back(policy: Policy): Policy {
  const { round, year, title, windows, afterAcceptance, materials } = policy2022;
  const { dueBy } = afterAcceptance;
  const { assessments, continuingEducation } = materials;
  return {
    ...policy,
    ...{ round, year, title, windows },
    afterAcceptance: { ...policy.afterAcceptance, dueBy },
    materials: { ...policy.materials, assessments, continuingEducation },
  };
}
