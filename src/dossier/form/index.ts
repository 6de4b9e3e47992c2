import type { Level, Policy } from '../../rounds/policy';
import { sectionNames, type SectionName } from '../sections';
import { achievements, practiceAbility, researchAbility } from './ability';
import type { FormContext } from './context';
import {
  annualAssessments,
  continuingEducation,
  languageAndComputer,
  workHistory,
} from './experience';
import { basicInformation, education, qualification } from './identity';
import { awards, intellectualProperty, publications } from './merits';
import { schemaOf, type Field, type JsonSchema } from './schema';
import { commitment, otherAttachments, workSummary } from './statements';

export { draftSchema } from './draft';
export type { JsonSchema } from './schema';

export const sectionBuilders = {
  basicInformation,
  education,
  qualification,
  workHistory,
  researchAbility,
  practiceAbility,
  achievements,
  awards,
  intellectualProperty,
  publications,
  annualAssessments,
  workSummary,
  continuingEducation,
  languageAndComputer,
  otherAttachments,
  commitment,
} as const satisfies Readonly<Record<SectionName, (context: FormContext) => Field<unknown>>>;

/** Sections the notice does not insist on (四(一)14). */
const voluntary: readonly SectionName[] = ['languageAndComputer'];

/** JSON Schema of a section as a complete dossier fills it in; `draftSchema` of it holds for a draft. */
export function sectionSchema(section: SectionName, level: Level, policy: Policy): JsonSchema {
  return schemaOf(sectionBuilders[section]({ policy, level }));
}

/** JSON Schema of the whole form: an object with a property for every section, in their order. */
export function formSchema(level: Level, policy: Policy): JsonSchema {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: policy.title,
    description: policy.notice,
    type: 'object',
    additionalProperties: false,
    properties: Object.fromEntries(
      sectionNames.map((name) => [name, sectionSchema(name, level, policy)]),
    ),
    required: sectionNames.filter((name) => !voluntary.includes(name)),
  };
}
