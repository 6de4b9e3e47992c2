import { createHash } from 'node:crypto';

import type { Json } from '../../engine/event-store';
import type { Found } from './findings';
import type { Choice, Unit } from './scope';

/** What the season's own model knows of one dossier. */
export interface Standing {
  readonly applicant: string;
  /** Organisations that review it in turn: the unit, its supervising bodies, the title office. */
  readonly chain: readonly string[];
  readonly unit: Unit;
  readonly state: State;
  /** Place in the chain while it is under review. */
  readonly step: number;
  readonly work: Content;
  /** Every submission, exactly as filed. */
  readonly filings: readonly Content[];
  readonly returns: number;
  /** Reasons of the return that awaits a refiling; null where none does. */
  readonly pending: readonly Reason[] | null;
  /** Explanations given so far, by number of the reason. */
  readonly explained: Readonly<Record<number, string>>;
  readonly closedBy: ClosedBy | null;
  /** What the unit has put up, and since when; null where nothing was. */
  readonly publicity: { readonly firstDay: string; readonly shown: string } | null;
  /** Every objection, and whether its outcome is recorded. */
  readonly objections: readonly { readonly settled: boolean }[];
  /** What the notice finds in the sections as they are, by section; nothing in those that are not named. */
  readonly flaws: Readonly<Record<string, readonly Found[]>>;
  readonly after: AfterAcceptance;
  /** The falsification case about it; null where there is none. */
  readonly falsification: { readonly openedBy: string; readonly decided: boolean } | null;
  /** SHA-256 of the scans the unit has added. */
  readonly unitPapers: readonly string[];
  /** Types of the events the service must have recorded, in order. */
  readonly trail: readonly string[];
}

export type State =
  'unopened' | 'draft' | 'under-review' | 'returned' | 'accepted' | 'withdrawn' | 'closed';

export type ClosedBy = 'never-submitted' | 'not-resubmitted' | 'submission-limit' | 'falsification';

/** What is on record after the acceptance (四(一)18, 19). */
export interface AfterAcceptance {
  readonly fee: boolean;
  readonly printedForms: boolean;
  /** When the defence is appointed for, as epoch milliseconds. */
  readonly appointedFor: number | null;
  /** Whether the defence has its final outcome. */
  readonly defended: boolean;
}

export interface Content {
  readonly choice: Choice | null;
  readonly sections: Readonly<Record<string, Json>>;
  readonly attachments: readonly Attachment[];
  /** By the hash of an attachment, whether it shows the applicant's name (四(一)17). */
  readonly masking: Readonly<Record<string, Masking>>;
}

export interface Masking {
  readonly nameShown: boolean;
  /** SHA-256 of what is shown to reviewers beyond the unit. */
  readonly maskedVersion: string | null;
}

export interface Attachment {
  readonly sha256: string;
  readonly mediaType: string;
  readonly bytes: number;
  readonly name: string;
}

/** One correction asked for; it names a section or, by its hash, an attachment. */
export interface Reason {
  readonly code: string;
  readonly correction: string;
  readonly section?: string;
  readonly attachment?: string;
}

export function unopened(applicant: string, chain: readonly string[], unit: Unit): Standing {
  return {
    applicant,
    chain,
    unit,
    state: 'unopened',
    step: 0,
    work: { choice: null, sections: {}, attachments: [], masking: {} },
    filings: [],
    returns: 0,
    pending: null,
    explained: {},
    closedBy: null,
    publicity: null,
    objections: [],
    flaws: {},
    after: { fee: false, printedForms: false, appointedFor: null, defended: false },
    falsification: null,
    unitPapers: [],
    trail: [],
  };
}

/** Number of the last event, from 0. */
export function revisionOf({ trail }: Standing): number {
  return trail.length - 1;
}

export type StageKind = 'unit' | 'supervision' | 'title-office';

/** Who the dossier waits for, as a kind; null where nobody reviews it. */
export function stageOf({ state, step, chain }: Standing): StageKind | null {
  if (state !== 'under-review') return null;
  if (step === 0) return 'unit';
  return step === chain.length - 1 ? 'title-office' : 'supervision';
}

/** SHA-256 over canonical JSON (RFC 8785), as the receipt of a filing states it. */
export function hashOf(content: Content): string {
  return createHash('sha256').update(canonical(content)).digest('hex');
}

export function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, member: unknown) =>
    member !== null && typeof member === 'object' && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort(([one], [other]) => (one < other ? -1 : 1)))
      : member,
  );
}
