import type { Position, RecordedEvent } from '../../engine/event-store';
import type { Instant } from '../../engine/instant';

export const leadKinds = [
  /** One file in the dossiers of several people. */
  'evidence-shared',
  /** Passed within minutes after it came to the stage. */
  'passed-fast',
  /** Many dossiers passed by one person in a few minutes. */
  'passed-in-burst',
  /** Somebody beyond the unit and the applicant whose dossier they passed acted from one address. */
  'address-of-applicant',
  /** Two levels of the review passed one dossier from one address. */
  'address-of-another-level',
  /** Applicants of several units filed from one address. */
  'filings-from-one-address',
] as const;
export type LeadKind = (typeof leadKinds)[number];

/** One event a lead rests on. */
export type LeadPart = {
  readonly position: Position;
  readonly type: string;
  readonly at: Instant;
  readonly account: string;
  /** Organisation acted for. */
  readonly organisation: string | null;
  readonly dossier: string;
  readonly applicant: string;
  /** Whose auditors may know of it. */
  readonly jurisdiction: readonly string[];
};

/** Something in the record that is worth a question (线索). It says what happened, and never why. */
export type Lead = {
  readonly is: 'lead';
  readonly id: string;
  readonly kind: LeadKind;
  /** Of the last event that belongs to it. */
  readonly at: Instant;
  /** Organisations whose auditors are shown it. */
  readonly jurisdiction: readonly string[];
  /** The one it is about; null where it is about those of its parts. */
  readonly dossier: string | null;
  readonly address: string | null;
  readonly sha256: string | null;
  /** What was measured, and the parameters that made it a lead. */
  readonly measures: Readonly<Record<string, number>>;
  /** In the order of the log. */
  readonly parts: readonly LeadPart[];
};

/** Parts beyond make a lead no stronger, and are left out. */
const mostParts = 500;

/** The parts of a lead with more of them, each once. */
export function joined(known: readonly LeadPart[], more: readonly LeadPart[]): readonly LeadPart[] {
  const positions = new Set(known.map(({ position }) => position));
  const added = more.filter(({ position }) => !positions.has(position));
  return [...known, ...added].slice(0, mostParts);
}

/** The event as part of a lead about a dossier. */
export function partOf(
  { position, type, metadata }: RecordedEvent,
  dossier: string,
): LeadPart | undefined {
  const { actor, at, jurisdiction, person } = metadata;
  if (actor.kind !== 'person' || person === null) return undefined;
  return {
    position,
    type,
    at,
    account: actor.subject,
    organisation: actor.organisation,
    dossier,
    applicant: person,
    jurisdiction,
  };
}

/** A lead about a reviewer is for those the reviewer answers to: the own organisation and those above it. */
export function answeredTo({ organisation, jurisdiction }: LeadPart): readonly string[] {
  const own = jurisdiction.indexOf(organisation ?? '');
  return own === -1 ? [] : jurisdiction.slice(own);
}

/** Organisations in whose jurisdiction enough of the parts are, told apart by what they differ in. */
export function whereEnough(
  parts: readonly LeadPart[],
  enough: number,
  distinct: (part: LeadPart) => string,
): readonly string[] {
  const found = new Map<string, Set<string>>();
  for (const part of parts) {
    for (const organisation of part.jurisdiction) {
      found.set(organisation, (found.get(organisation) ?? new Set()).add(distinct(part)));
    }
  }
  return [...found].filter(([, values]) => values.size >= enough).map(([id]) => id);
}

/** The lead as the auditors of an organisation see it: what is outside their jurisdiction is left out. */
export function seenFrom(organisation: string, lead: Lead): Lead {
  const parts = lead.parts.filter(({ jurisdiction }) => jurisdiction.includes(organisation));
  return { ...lead, parts };
}
