import type { SectionContents } from '../../../dossier/form/contents';
import { none } from '../../../dossier/form/schema';
import type { Facts } from './facts';
import { worksOf, workSummaryOf } from './works';

type Records = Pick<
  SectionContents,
  'annualAssessments' | 'workSummary' | 'continuingEducation' | 'otherAttachments' | 'commitment'
>;

export function recordSections(facts: Facts): Records {
  const { person, policy, random, folder } = facts;
  const { unit } = person;
  return {
    annualAssessments: {
      entries: policy.materials.assessments.years[person.level].map((year) => ({
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

/** What the policy asks for (四(一)13); a stationed year is exempt. */
function continuingEducation({ person, policy, career, folder }: Facts) {
  const asked = Object.entries(policy.materials.continuingEducation.years[person.level]);
  const taken = asked
    .flatMap(([subject, years]) => years.map((year) => ({ subject, year })))
    .filter(({ year }) => !person.stationed || year !== career.year);
  return {
    certificates: taken.map(({ subject, year }) => ({
      subject,
      year,
      certificateNumber: `JX${year}${String(person.number).padStart(6, '0')}`,
      evidence: folder.evidence(`${subject}-subject-${year}.jpg`),
    })),
    exemptions: person.stationed
      ? [
          {
            year: career.year,
            kind: 'village-stationing',
            evidence: folder.evidence('exemption.pdf'),
          },
        ]
      : none,
  } as const;
}
