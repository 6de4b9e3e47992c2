import { block, type Finding } from '../finding';
import type { Materials } from './materials';
import { isFuture } from './reading';

/** Dates of what must have happened, by their place in the form, each with the rule it belongs to. */
const happened: readonly (readonly [place: string, rule: string])[] = [
  ['/sections/education/entries/*/to', 'M-5'],
  ['/sections/qualification/vocationalCertificates/*/obtainedOn', 'M-9'],
  ['/sections/achievements/honours/*/grantedOn', 'M-13'],
  ['/sections/achievements/representativeWorks/*/completedOn', 'M-16'],
  ['/sections/awards/entries/*/grantedOn', 'M-17'],
  ['/sections/intellectualProperty/entries/*/grantedOn', 'M-18'],
  ['/sections/publications/entries/*/publishedOn', 'M-18'],
  ['/sections/annualAssessments/entries/*/year', 'M-19'],
  ['/sections/continuingEducation/certificates/*/year', 'M-21'],
  ['/sections/continuingEducation/exemptions/*/year', 'M-22'],
  ['/sections/languageAndComputer/languageExams/*/passedOn', 'M-23'],
  ['/sections/languageAndComputer/computerExams/*/passedOn', 'M-23'],
];

const ruleOf = new Map(happened);

/**
 * M-5, M-9, M-13, M-16 to M-19, M-21 to M-23: nobody has a certificate, an award or an assessment of a
 * day to come. M-8, M-10, M-14 and M-15 see to their own dates.
 */
export function nothingFromTheFuture(materials: Materials): readonly Finding[] {
  return materials.fields.flatMap(({ pointer, place, value }) => {
    const rule = ruleOf.get(place);
    const isDate = typeof value === 'string' || typeof value === 'number';
    if (rule === undefined || !isDate || !isFuture(materials, value)) return [];
    return [
      block(materials.policy, rule, {
        code: 'date-in-future',
        pointer,
        zh: '该时间尚未到，请对照证件核对。',
        en: 'This date is still to come: compare it with the paper it is taken from.',
      }),
    ];
  });
}
