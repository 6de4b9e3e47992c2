import type { SectionContents } from '../../../dossier/form/contents';
import { none } from '../../../dossier/form/schema';
import type { Facts } from './facts';
import { worksOf, workSummaryOf } from './works';

type Records = Pick<
  SectionContents,
  'annualAssessments' | 'workSummary' | 'continuingEducation' | 'otherAttachments' | 'commitment'
>;

export function recordSections(facts: Facts): Records {
  const { person, policy, career, random, folder } = facts;
  const { unit } = person;
  return {
    annualAssessments: {
      entries: yearsBefore(career.year, 3).map((year) => ({
        year,
        result: random.chance(0.2) ? 'excellent' : 'qualified',
        endOfProbation: false,
        assessor: unit.name,
        evidence: folder.evidence(`assessment-${year}.pdf`),
      })),
    },
    workSummary: { text: workSummaryOf(unit.name, worksOf(person.subSpecialty)) },
    continuingEducation: continuingEducation(facts),
    otherAttachments: {
      politicalConduct: {
        description: `该同志政治立场坚定，遵守职业道德，经${unit.name}考察，思想政治表现良好。`,
        evidence: folder.evidence('political-conduct.pdf'),
      },
      integrityCertificate: {
        description: `经${unit.name}核实，该同志廉洁自律，无违纪违法记录。`,
        evidence: folder.evidence('integrity-certificate.pdf'),
      },
      publicityNotice: none,
      publicityResult: none,
      further: none,
    },
    commitment: { text: policy.commitment.sentence, scan: folder.scan('commitment.png') },
  };
}

/** Professional subjects of two years, public ones of five (四(一)13); a stationed year is exempt. */
function continuingEducation({ person, career, folder }: Facts) {
  const { year } = career;
  const taken = [
    ...yearsBefore(year + 1, 2).map((of) => ({ subject: 'professional', year: of })),
    ...yearsBefore(year + 1, 5).map((of) => ({ subject: 'public', year: of })),
  ].filter((certificate) => !person.stationed || certificate.year !== year);
  return {
    certificates: taken.map(({ subject, year: of }) => ({
      subject,
      year: of,
      certificateNumber: `JX${of}${String(person.number).padStart(6, '0')}`,
      evidence: folder.evidence(`${subject}-subject-${of}.jpg`),
    })),
    exemptions: person.stationed
      ? [{ year, kind: 'village-stationing', evidence: folder.evidence('exemption.pdf') }]
      : none,
  } as const;
}

/** The given number of years before a year, the earliest first. */
function yearsBefore(year: number, count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => year - count + index);
}
