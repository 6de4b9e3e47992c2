import { dossierContent } from '../../src/cli/season/people/dossier-content';
import { evidenceFile, type EvidenceFile } from '../../src/cli/season/people/evidence-files';
import { applicant } from '../../src/cli/season/people/person';
import type { SectionContents } from '../../src/dossier/form/contents';
import type { Choice } from '../../src/dossier/events';
import type { Organisation } from '../../src/organisations/organisation';
import type { Policy } from '../../src/rounds/policy';
import { policy2022 } from '../../src/rounds/policy-2022';
import organisations from '../../src/sample/organisations.json';
import type { Person } from '../support/service';

export interface CompleteDossier {
  readonly sections: SectionContents;
  /** One scan of all papers: every section names it, so that it is uploaded once. */
  readonly scan: EvidenceFile;
}

/**
 * Like a dossier of the season, which no rule refuses, for the person and what they chose. `stationed`:
 * in a village this year (“访惠聚”).
 */
export function completeDossier(
  person: Person,
  { level, subSpecialty, organisation }: Omit<Choice, 'reviewRoute'>,
  policy: Policy = policy2022,
  stationed = false,
): CompleteDossier {
  const unit = unitOf(organisation);
  if (unit === undefined) throw new Error(`no unit ${organisation} among the samples`);
  const season = {
    seed: 1,
    // Whatever the round's year: a person is born once.
    year: policy2022.year,
    units: [unit] as const,
    levels: [level] as const,
    subSpecialties: [subSpecialty] as const,
  };
  const facts = { ...applicant(season, numberOf(person)), stationed };
  const filled = dossierContent(facts, policy);
  const scan = evidenceFile('papers.png', `SPECIMEN all papers of applicant ${facts.number}`);
  const hashes = filled.evidence.map(({ sha256 }) => sha256).join('|');
  const sections = JSON.stringify(filled.sections).replace(new RegExp(hashes, 'g'), scan.sha256);
  return { sections: JSON.parse(sections) as SectionContents, scan };
}

export function unitOf(id: string): Organisation | undefined {
  return (organisations as readonly Organisation[]).find((one) => one.id === id);
}

const numbers = new Map<string, number>();

/** Tells people apart, so that no two share an ID number. */
function numberOf({ subject }: Person): number {
  const number = numbers.get(subject) ?? numbers.size;
  numbers.set(subject, number);
  return number;
}
