import { block, type Finding } from '../finding';
import type { Materials } from './materials';
import { isEvidenced, placed } from './reading';

const at = '/sections/continuingEducation';

/** M-21 (四(一)13): a certificate for each subject and year asked for, exempt years left out. */
export function continuingEducationDone(materials: Materials): readonly Finding[] {
  const { sections, policy, level } = materials;
  const exempt = exemptYears(materials);
  const certified = placed(sections.continuingEducation?.certificates, `${at}/certificates`)
    .filter(({ entry }) => isEvidenced(materials, entry))
    .map(({ entry }) => `${entry.subject ?? ''} ${entry.year ?? ''}`);
  const asked = policy.materials.continuingEducation.years[level];
  return Object.entries(asked).flatMap(([subject, years]) => {
    const missing = years.filter(
      (year) => !exempt.includes(year) && !certified.includes(`${subject} ${year}`),
    );
    if (missing.length === 0) return [];
    const term = policy.form.continuingEducationSubjects.terms.find(({ code }) => code === subject);
    return [
      block(policy, 'M-21', {
        code: 'continuing-education-missing',
        pointer: `${at}/certificates`,
        zh: `缺少继续教育${term?.zh ?? subject}${missing.join('、')}年度的培训合格证书；按政策免去的，请填免试并上传审批表。`,
        en: `Certificates are missing: ${term?.en ?? subject}, ${missing.join(', ')}; for exempt years state the exemption and upload its approval.`,
      }),
    ];
  });
}

/** M-22 (四(一)13): a year of village stationing or special training is exempt, with its proof. */
export function exemptYears(materials: Materials): readonly number[] {
  const { sections, policy } = materials;
  const kinds = policy.form.continuingEducationExemptions.terms.map(({ code }) => code);
  return placed(sections.continuingEducation?.exemptions, `${at}/exemptions`)
    .filter(({ entry }) => kinds.includes(entry.kind ?? '') && isEvidenced(materials, entry))
    .flatMap(({ entry: { year } }) => (typeof year === 'number' ? [year] : []));
}
