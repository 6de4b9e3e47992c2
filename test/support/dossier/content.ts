import { dossierContent } from '../../../src/cli/season/people/dossier-content';
import { applicant, type Person } from '../../../src/cli/season/people/person';
import type { Content, Sections } from '../../../src/dossier/dossier';
import type { Attachment, Choice } from '../../../src/dossier/events';
import type { SectionContents } from '../../../src/dossier/form/contents';
import type { Level } from '../../../src/rounds/policy';
import type { Masking } from '../../../src/rules/masking';
import { policy, station } from './cast';

/** Chosen when a dossier is opened. */
export const choice: Choice = {
  level: 'senior',
  specialty: 'hydraulic-engineering',
  subSpecialty: 'construction',
  organisation: 'station',
  reviewRoute: null,
};

/** A scan that no dossier comes with. */
export const scan = (name: string): Attachment => ({
  sha256: name.padEnd(64, '0'),
  mediaType: 'application/pdf',
  bytes: 1024,
  name: `${name}.pdf`,
});

export const noName: Masking = { nameShown: false, maskedVersion: null };
/** Shows the applicant's name; masked in another scan, or not yet. */
export const nameShown = (masked: Attachment | null): Masking => ({
  nameShown: true,
  maskedVersion: masked?.sha256 ?? null,
});

type Filled = Omit<Content, 'sections'> & { readonly sections: SectionContents };

/**
 * A complete dossier that keeps every rule, as a careful applicant at the station fills it in; its
 * photograph shows nobody's name, its ID card does and has a masked version.
 */
export function filled(level: Level = 'senior', { stationed = false } = {}): Filled {
  const { sections, evidence } = dossierContent({ ...someone(level), stationed }, policy);
  const masked = scan('masked id card');
  const attachments = evidence.map(({ sha256, mediaType, bytes, name }) => ({
    ...{ sha256, mediaType, name },
    bytes: bytes.length,
  }));
  const masking = Object.fromEntries(attachments.map(({ sha256 }) => [sha256, noName]));
  return {
    choice: { ...choice, level },
    sections,
    attachments: [...attachments, masked],
    masking: { ...masking, [sections.basicInformation.idCardScan]: nameShown(masked) },
  };
}

/** The first in a season to have an award to state, so that the section can also be emptied. */
function someone(level: Level): Person {
  const { subSpecialty } = choice;
  const season = { seed: 2022, year: 2022, units: [station], levels: [level] } as const;
  for (let nth = 0; ; nth += 1) {
    const person = applicant({ ...season, subSpecialties: [subSpecialty] }, nth);
    if (dossierContent(person, policy).sections.awards.entries !== '无') return person;
  }
}

/** What every draft here is filled in with. */
export const filedContent = filled();
export const { education } = filedContent.sections;

/** The same but for some of its sections. */
export const filedWith = (changes: Sections): Content => ({
  ...filedContent,
  sections: { ...filedContent.sections, ...changes },
});

/** The scan of the diploma, evidence of the only entry of education. */
export const diploma = attachmentNamed('chsi-result.pdf');
export const newDiploma = scan('new diploma');

/** Education with the evidence replaced. */
export const educationWith = (...evidence: readonly Attachment[]) => {
  const scans = evidence.map(({ sha256 }) => sha256);
  const entries = education.entries === '无' ? [] : education.entries;
  return { entries: entries.map((entry) => ({ ...entry, evidence: scans })) };
};

/** A section that is filled in otherwise, as it stands after it was emptied. */
export const noAwards = { entries: '无' };

export function attachmentNamed(name: string, { attachments } = filedContent): Attachment {
  const found = attachments.find((attachment) => attachment.name === name);
  if (found === undefined) throw new Error(`no ${name}`);
  return found;
}
