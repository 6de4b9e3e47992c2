import type { Content } from '../dossier/dossier';
import type { SectionDrafts } from '../dossier/form/contents';
import { genders, ethnicities, politicalStatuses } from '../dossier/form/national-codes';
import { none } from '../dossier/form/schema';
import type { Choices, Policy } from '../rounds/policy';
import { blank } from './wording';

/** What every document is made from. */
export interface DocumentFacts {
  /** As it was in force when the content was filed: it has the words for every code. */
  readonly policy: Policy;
  /** Exactly as filed. */
  readonly content: Content;
  /** The applicant's unit, by its registered name. */
  readonly unit: string;
}

/** The applicant in words, blanks where the dossier says nothing. */
export interface Applicant {
  readonly name: string;
  readonly gender: string;
  readonly ethnicity: string;
  readonly politicalStatus: string;
  readonly idNumber: string;
  /** 现任专业技术职务任职资格; 「无」 on a first application. */
  readonly presentTitle: string;
}

/** The sections by their fields; anything may be missing, as in a draft. */
export function sectionsOf({ content }: DocumentFacts): SectionDrafts {
  return content.sections as SectionDrafts;
}

export function applicantOf(facts: DocumentFacts): Applicant {
  const { basicInformation: basic = {}, qualification = {} } = sectionsOf(facts);
  const { title } = qualification;
  return {
    name: filled(basic.name),
    gender: termOf(genders, basic.gender),
    ethnicity: termOf(ethnicities, basic.ethnicity),
    politicalStatus: termOf(politicalStatuses, basic.politicalStatus),
    idNumber: filled(basic.idNumber),
    presentTitle: typeof title === 'object' ? filled(title.name) : title === none ? none : blank,
  };
}

/** What the code stands for; a code the list does not know, as it is. */
export function termOf({ terms }: Pick<Choices, 'terms'>, code: string | undefined): string {
  return terms.find((term) => term.code === code)?.zh ?? filled(code);
}

function filled(text: string | undefined): string {
  return text === undefined || text.trim() === '' ? blank : text;
}
