import { block, type Finding } from '../finding';
import type { Materials } from './materials';
import { isEvidenced, placed } from './reading';

const at = '/sections/annualAssessments/entries';

/**
 * M-19 (四(一)11): each of the years asked for was assessed, and proven by its form. The result at the end
 * of a probation is that year's like any other.
 */
export function yearsAssessed(materials: Materials): readonly Finding[] {
  const { sections, policy, level } = materials;
  const assessed = placed(sections.annualAssessments?.entries, at)
    .filter(({ entry }) => standingOf(materials, entry.result) !== 'open')
    .filter(({ entry }) => isEvidenced(materials, entry))
    .map(({ entry }) => entry.year);
  return policy.materials.assessments.years[level]
    .filter((year) => !assessed.includes(year))
    .map((year) =>
      block(policy, 'M-19', {
        code: 'assessment-missing',
        pointer: at,
        zh: `缺少${year}年度考核：请填写等次并上传《专业技术人员业务考核登记表》；有试用期的，可填试用期满考核结果。`,
        en: `The assessment of ${year} is missing: state its result and upload its form; the result at the end of a probation will do.`,
      }),
    );
}

/** M-19 (四(一)11): a result below 合格 in one of these years bars the application. */
export function noneBelowQualified(materials: Materials): readonly Finding[] {
  const { sections, policy, level } = materials;
  const years = policy.materials.assessments.years[level];
  return placed(sections.annualAssessments?.entries, at)
    .filter(({ entry: { year, result } }) => {
      const isAsked = typeof year === 'number' && years.includes(year);
      return isAsked && standingOf(materials, result) === 'bars';
    })
    .map(({ entry, pointer }) =>
      block(policy, 'M-19', {
        code: 'assessment-below-qualified',
        pointer: `${pointer}/result`,
        zh: `${entry.year ?? ''}年度考核为合格以下等次，不予申报。`,
        en: `The assessment of ${entry.year ?? ''} is below qualified, which bars the application.`,
      }),
    );
}

/** What a result means for the application; an unknown one means nothing. */
function standingOf({ policy }: Materials, result: string | undefined): 'meets' | 'bars' | 'open' {
  const { terms } = policy.form.assessmentResults;
  return terms.find(({ code }) => code === result)?.standing ?? 'open';
}
