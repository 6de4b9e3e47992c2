import type { SectionContents } from '../../../dossier/form/contents';
import { none } from '../../../dossier/form/schema';
import { dayOf } from '../../../engine/instant';
import { filingWindow, type Policy } from '../../../rounds/policy';
import { abilitySections } from './ability-sections';
import { careerOf } from './career';
import type { EvidenceFile } from './evidence-files';
import { Folder } from './folder';
import { identitySections } from './identity-sections';
import { meritSections } from './merit-sections';
import type { Person } from './person';
import { Random } from './random';
import { recordSections } from './record-sections';

export interface FilledDossier {
  readonly sections: SectionContents;
  /** Every scan the sections name, each once. */
  readonly evidence: readonly EvidenceFile[];
}

/**
 * A dossier as a careful applicant fills it in: it fits the form of the person's level, and keeps the
 * rules of the policy's notice. The same for the same person and policy.
 */
export function dossierContent(person: Person, policy: Policy): FilledDossier {
  const random = new Random(person.number * 2_654_435 + Number(person.idNumber.slice(6, 14)));
  const year = Number(dayOf(filingWindow(policy).opens).slice(0, 4));
  const facts = {
    person,
    policy,
    random,
    career: careerOf(person, year, random),
    folder: new Folder(person),
  };
  const filled: SectionContents = {
    ...identitySections(facts),
    ...abilitySections(facts),
    ...meritSections(facts),
    ...recordSections(facts),
    languageAndComputer: { languageExams: none, computerExams: none },
  };
  return { sections: filled, evidence: facts.folder.files };
}
