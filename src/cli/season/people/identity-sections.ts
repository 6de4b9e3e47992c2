import type { HeldTitle, SectionContents } from '../../../dossier/form/contents';
import { none, now } from '../../../dossier/form/schema';
import type { Facts } from './facts';

type Identity = Pick<
  SectionContents,
  'basicInformation' | 'education' | 'qualification' | 'workHistory'
>;

export function identitySections(facts: Facts): Identity {
  const { person, career, folder, random } = facts;
  const { name, gender, ethnicity, birthDate, idNumber, phone, politicalStatus, unit } = person;
  const title = heldTitle(facts);
  const otherSpecialty = title !== none && title.specialty !== '水利工程';
  const certified = { certificateNumber: `${career.studied.to.slice(0, 4)}${number6(facts)}` };
  return {
    basicInformation: {
      ...{ name, gender, ethnicity, birthDate, idNumber, phone, politicalStatus },
      unitName: unit.name,
      post: person.level === 'junior' ? '技术员' : '工程技术岗',
      unitTier: unit.tier,
      villageStationing: stationing(facts),
      idCardScan: folder.scan('id-card.jpg'),
      photo: folder.scan('photo.jpg'),
    },
    education: {
      entries: [
        {
          level: 'bachelor',
          degree: 'bachelor',
          school: random.pick(['新疆农业大学', '石河子大学', '塔里木大学', '西北农林科技大学']),
          major: random.pick(['水利水电工程', '农业水利工程', '水文与水资源工程']),
          mode: 'full-time',
          ...career.studied,
          ...certified,
          foundInChsi: true,
          evidence: folder.evidence('chsi-result.pdf'),
        },
      ],
    },
    qualification: {
      route: title === none ? 'first-title' : otherSpecialty ? 'other-specialty' : 'water-engineer',
      title,
      professionalService: { from: career.serviceFrom, to: now },
      civilService: none,
      vocationalCertificates: none,
    },
    workHistory: {
      entries: [
        {
          ...career.firstPost,
          unit: unit.name,
          post: '技术员',
          work: '水利工程现场技术工作',
          evidence: folder.evidence('employment.pdf'),
        },
        {
          ...career.presentPost,
          to: now,
          unit: unit.name,
          post: '工程技术岗',
          work: '水利专业技术与管理工作',
          evidence: folder.evidence('employment.pdf'),
        },
      ],
    },
  };
}

function stationing({ person, career, folder }: Facts) {
  if (!person.stationed) {
    return { stationed: false, village: none, from: none, to: none, evidence: none } as const;
  }
  return {
    stationed: true,
    village: '团结乡幸福村',
    from: `${career.year}-01-05`,
    to: now,
    evidence: folder.evidence('village-stationing.pdf'),
  };
}

function heldTitle(facts: Facts): HeldTitle | typeof none {
  const { person, career, folder, random } = facts;
  if (career.titleObtained === null) return none;
  const elsewhere = random.chance(0.08);
  const certificate = { kind: 'certificate', evidence: folder.evidence('title-certificate.jpg') };
  const proofs = elsewhere
    ? [
        { kind: 'appointment-document', evidence: folder.evidence('appointment-document.pdf') },
        certificate,
      ]
    : [certificate];
  return {
    name: person.level === 'senior' ? '工程师' : '助理工程师',
    specialty: random.chance(0.1) ? '建筑工程' : '水利工程',
    level: person.level === 'senior' ? 'intermediate' : 'junior',
    obtainedOn: career.titleObtained,
    obtainedIn: elsewhere ? 'elsewhere' : 'xinjiang',
    certificateNumber: `ZC${number6(facts)}`,
    appointedOn: career.titleObtained,
    proofs,
  };
}

function number6({ random }: Facts): string {
  return String(random.between(0, 999_999)).padStart(6, '0');
}
