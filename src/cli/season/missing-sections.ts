import { blocks, warns, type Found } from './findings';
import type { Refusal } from './notice';
import type { Choice } from './scope';
import type { Content } from './standing';

type Expectation = (choice: Choice) => readonly Found[];

/** Sub-specialties whose applicants are advised to fill in their research (四(一)5). */
export const advisedToResearch: readonly string[] = [
  'planning-design-consulting',
  'science-research',
];

const nothing: Expectation = () => [];

const always =
  (...found: readonly Found[]): Expectation =>
  () =>
    found;

/** Of seniors only: below them neither practice nor achievements are counted (四(一)6, 7). */
const ofSeniors =
  (said: Refusal, pointer: string): Expectation =>
  ({ level }) =>
    level === 'senior' ? [blocks(said, pointer)] : [];

const assessments = '/sections/annualAssessments/entries';
const certificates = '/sections/continuingEducation/certificates';

/**
 * What the notice finds besides the blank itself where a section was never saved. There is no entry for
 * languages and computing, which nobody must fill in (四(一)14).
 */
const missed: Readonly<Record<string, Expectation>> = {
  basicInformation: always(
    blocks('M-1 evidence-missing', '/sections/basicInformation/idCardScan'),
    blocks('M-1 evidence-missing', '/sections/basicInformation/photo'),
  ),
  education: always(blocks('M-5 education-proof-missing', '/sections/education/entries')),
  qualification: nothing,
  workHistory: nothing,
  researchAbility: ({ subSpecialty }) =>
    advisedToResearch.includes(subSpecialty)
      ? [warns('M-11 research-ability-suggested', '/sections/researchAbility/entries')]
      : [],
  practiceAbility: ofSeniors('M-12 practice-conditions-unmet', '/sections/practiceAbility/entries'),
  achievements: ofSeniors('M-13 achievement-conditions-unmet', '/sections/achievements/entries'),
  awards: nothing,
  intellectualProperty: nothing,
  publications: nothing,
  annualAssessments: always(
    blocks('M-19 assessment-missing', assessments),
    blocks('M-19 assessment-missing', assessments),
    blocks('M-19 assessment-missing', assessments),
  ),
  workSummary: always(blocks('M-20 summary-missing', '/sections/workSummary/text')),
  continuingEducation: always(
    blocks('M-21 continuing-education-missing', certificates),
    blocks('M-21 continuing-education-missing', certificates),
  ),
  otherAttachments: nothing,
  commitment: always(
    blocks('M-25 commitment-missing', '/sections/commitment/text'),
    blocks('M-25 commitment-missing', '/sections/commitment/scan'),
  ),
};

/** What the notice finds of the sections that were not saved yet. */
export function missingSections({ choice, sections }: Content): readonly Found[] {
  if (choice === null) return [];
  return Object.entries(missed)
    .filter(([section]) => sections[section] === undefined)
    .flatMap(([section, expected]) => [
      blocks('F-1 blank-field', `/sections/${section}`),
      ...expected(choice),
    ]);
}
