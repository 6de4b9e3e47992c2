import { randomBytes, randomUUID } from 'node:crypto';

import { dossierContent } from '../../src/cli/season/people/dossier-content';
import { applicant } from '../../src/cli/season/people/person';
import { contentHash } from '../../src/dossier/dossier';
import type { Choice } from '../../src/dossier/events';
import type { EventMetadata, Json, NewEvent } from '../../src/engine/event-store';
import { stageAt, unitStep, type Organisation } from '../../src/organisations/organisation';
import { evolveTree, noOrganisations, reviewChain } from '../../src/organisations/tree';
import { policy2022 } from '../../src/rounds/policy-2022';
import organisations from '../../src/sample/organisations.json';

/** Inside the filing and the review window of 2022; the service's clock starts here. */
export const now = '2022-08-26T09:00:00.000+08:00';
export const round = '2022';

const tree = (organisations as readonly Organisation[]).reduce(
  (before, organisation) =>
    evolveTree(before, { type: 'OrganisationDescribed', data: { organisation } }),
  noOrganisations,
);

/** A sample unit under a prefecture, whose dossiers go the longest way. */
const unit = known(tree.get('kashgar-irrigation-station'));
export const chain = known(reviewChain(tree, unit.id));

const choice: Choice = {
  level: 'senior',
  specialty: 'hydraulic-engineering',
  subSpecialty: 'construction',
  organisation: unit.id,
  reviewRoute: 'region',
};

export type DossierEvents = readonly [NewEvent, ...NewEvent[]];
export type Sections = Readonly<Record<string, Json>>;

/** Many people have the same content: making it takes longer than keeping it. */
const distinctContents = 20;
const contents = new Map<number, ReturnType<typeof dossierContent>>();

function contentOf(nth: number): ReturnType<typeof dossierContent> {
  const number = nth % distinctContents;
  const season = { seed: 1, year: 2022, units: [unit], levels: ['senior'] } as const;
  const person = applicant({ ...season, subSpecialties: ['construction'] }, number);
  const content = contents.get(number) ?? dossierContent(person, policy2022);
  contents.set(number, content);
  return content;
}

/** The sections of the nth person's dossier, complete and by the rules. */
export function sectionsOf(nth: number): Sections {
  return contentOf(nth).sections;
}

/** A dossier that lacks nothing but to be submitted: about sixty events of a thousand characters. */
export function completeDraft(person: string, nth: number): DossierEvents {
  const { sections, evidence } = contentOf(nth);
  const scans = evidence.map(({ sha256, mediaType, bytes, name }) => ({
    sha256,
    mediaType,
    bytes: bytes.length,
    name,
  }));
  return [
    opened(person),
    ...scans.map((attachment) => eventOf(person, 'EvidenceAttached', { attachment })),
    ...scans.map(({ sha256 }) =>
      eventOf(person, 'MaskingAnswered', {
        sha256,
        masking: { nameShown: false, maskedVersion: null },
      }),
    ),
    ...Object.entries(sections).map(([section, content]) =>
      eventOf(person, 'SectionSaved', { section, content: content as unknown as Json }),
    ),
  ];
}

/** A dossier that waits for its unit, as short as there is one: two events. */
export function filed(person: string, nth: number): DossierEvents {
  const content = { choice, sections: {}, attachments: [], masking: {} };
  // The queue is served in this order: no two came at the same instant.
  const at = new Date(Date.parse(now) - 30 * 24 * 3600_000 + nth).toISOString();
  const filing = {
    number: 1,
    at,
    contentHash: contentHash(content),
    counted: true,
    remaining: 2,
    warnings: [],
    answers: [],
    to: known(stageAt(chain, unitStep)),
  };
  const data = { round, applicant: person, unit, filing, choice, chain };
  return [opened(person), eventOf(person, 'DossierSubmitted', data, at)];
}

function opened(person: string): NewEvent {
  return eventOf(person, 'DossierOpened', { round, applicant: person, choice, unit, chain });
}

/** An event as a command of the person gives it. */
export function eventOf(person: string, type: string, data: Json, at = now): NewEvent {
  return { id: randomUUID(), type, data, metadata: metadataOf(person, at) };
}

function metadataOf(person: string, at: string): EventMetadata {
  return {
    at,
    actor: { kind: 'person', subject: person, roles: ['applicant'], organisation: unit.id },
    address: '192.0.2.7',
    command: { id: randomBytes(32).toString('hex'), digest: randomBytes(32).toString('hex') },
    policyVersion: 1,
    person,
    jurisdiction: [...chain],
  };
}

function known<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('the sample organisations lack what a dossier needs');
  return value;
}
