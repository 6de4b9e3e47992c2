import type { Json } from '../engine/event-store';
import type { Day, Instant } from '../engine/instant';
import type { Organisation, ReviewChain, Stage } from '../organisations/organisation';
import type { Level } from '../rounds/policy';
import type { Finding } from '../rules/finding';
import type { Masking } from '../rules/masking';
import type { ReviewRoute } from '../rules/scope';
import type { SectionName } from './sections';

/** What the applicant chooses when the dossier is opened (三(一)). */
export type Choice = {
  readonly level: Level;
  readonly specialty: string;
  readonly subSpecialty: string;
  /** The applicant's unit (单位). */
  readonly organisation: string;
  /** The review chosen where the prefecture holds one of its own (三(二)1); null elsewhere. */
  readonly reviewRoute: ReviewRoute | null;
};

/** A scanned file attached to the dossier, named by the SHA-256 of its bytes. */
export type Attachment = {
  readonly sha256: string;
  readonly mediaType: string;
  readonly bytes: number;
  readonly name: string;
};

/** One correction a reviewer asks for: it names a section or an attachment (三(四), 四(三)). */
export type ReturnReason = {
  readonly code: string;
  readonly part: { readonly section: SectionName } | { readonly attachment: Attachment['sha256'] };
  readonly correction: string;
};

/** How the applicant answered one reason of the return before. */
export type Answer = {
  /** Number of the reason in its return, from 1. */
  readonly reason: number;
  readonly changed: boolean;
  readonly explanation: string | null;
};

export type Filing = {
  /** 1 for the first filing, then each refiling. */
  readonly number: number;
  readonly at: Instant;
  /** SHA-256 of the content exactly as filed; see `contentHash`. */
  readonly contentHash: string;
  /** Whether it uses up a try, by the round's counting. */
  readonly counted: boolean;
  /** Tries that remain after it. */
  readonly remaining: number;
  /** What it was warned of and filed with all the same; reviewers see it too. */
  readonly warnings: readonly Finding[];
  readonly answers: readonly Answer[];
  readonly to: Stage;
};

export type ClosingCause =
  'never-submitted' | 'not-resubmitted' | 'submission-limit' | 'falsification';

/** A scan a unit adds while it reviews: sealed publicity papers and the like (四(二)). */
export type UnitPapers = { readonly [code: string]: Attachment['sha256'] };

/** A human's answers to what the rules cannot judge (M-9), by JSON pointer: whether it is recognised. */
export type Judgements = { readonly [pointer: string]: boolean };

export type Objection = {
  /** From 1. */
  readonly number: number;
  readonly at: Instant;
  readonly text: string;
};

/** `vetoed`: absent without cause; `excused`: absent with cause, to be appointed again (四(一)18). */
export type DefenceOutcome = 'passed' | 'failed' | 'vetoed' | 'excused';

/** Says all of itself, so that whoever hears of a dossier first when it is filed needs no history. */
type Submitted = {
  readonly round: string;
  readonly applicant: string;
  readonly unit: Organisation;
  readonly filing: Filing;
  readonly choice: Choice;
  readonly chain: ReviewChain;
};

interface Payloads {
  DossierOpened: {
    readonly round: string;
    readonly applicant: string;
    readonly choice: Choice;
    /** The unit as it was described then. */
    readonly unit: Organisation;
    readonly chain: ReviewChain;
  };
  /** Opened anew after a withdrawal or a closing; what was filed before stays counted. */
  DossierReopened: {
    readonly choice: Choice;
    readonly unit: Organisation;
    readonly chain: ReviewChain;
    /** Whether a return still waits for its answers: then it is a returned dossier again, no draft. */
    readonly returned: boolean;
  };
  SectionSaved: { readonly section: SectionName; readonly content: Json };
  /** Saved after a return. */
  SectionRevised: { readonly section: SectionName; readonly content: Json };
  EvidenceAttached: { readonly attachment: Attachment };
  /** Bound to the bytes it answers for: a replaced attachment asks again (四(一)17). */
  MaskingAnswered: { readonly sha256: string; readonly masking: Masking };
  ReasonExplained: { readonly reason: number; readonly explanation: string };
  DossierSubmitted: Submitted;
  DossierResubmitted: Submitted;
  PublicityStarted: {
    readonly at: Instant;
    readonly firstDay: Day;
    readonly place: string;
    readonly telephone: string;
    /** SHA-256 of the parts it shows: tells later whether they have changed. */
    readonly published: string;
  };
  ObjectionRecorded: Objection;
  ObjectionSettled: {
    readonly number: number;
    readonly at: Instant;
    /** Whether it was found to be right. */
    readonly upheld: boolean;
    readonly statement: string;
  };
  UnitPaperAttached: { readonly attachment: Attachment };
  DossierRecommended: {
    readonly from: Stage;
    readonly to: Stage;
    /** Every question of the grassroots check, answered yes. */
    readonly checklist: readonly string[];
    /** The notice's exact sentence (四(二)). */
    readonly statement: string;
    readonly papers: UnitPapers;
    /** Left out where nothing was to be judged. */
    readonly judgements?: Judgements;
  };
  DossierEndorsed: { readonly from: Stage; readonly to: Stage; readonly opinion: string };
  DossierReturned: {
    readonly number: number;
    readonly at: Instant;
    readonly from: Stage;
    /** Number of the submission it returns. */
    readonly submission: number;
    readonly reasons: readonly ReturnReason[];
  };
  DossierAccepted: { readonly from: Stage; readonly at: Instant };
  FeeReceived: {
    readonly at: Instant;
    /** Whole yuan. */
    readonly amount: number;
    readonly warnings: readonly Finding[];
  };
  PrintedFormsReceived: {
    readonly at: Instant;
    readonly copies: number;
    readonly warnings: readonly Finding[];
  };
  DefenceScheduled: { readonly defenceAt: Instant; readonly meeting: string };
  DefenceConcluded: {
    readonly at: Instant;
    readonly attended: boolean;
    /** Why the applicant was absent with cause; null otherwise. */
    readonly cause: string | null;
    readonly minutes: number | null;
    readonly outcome: DefenceOutcome;
    readonly warnings: readonly Finding[];
  };
  /** `from` is null where nobody was reviewing it. */
  DossierWithdrawn: { readonly from: Stage | null; readonly reason: string };
  DossierClosed: { readonly cause: Exclude<ClosingCause, 'falsification'> };
  /** Found to be falsified: not accepted, or, where it was, the title withdrawn (四(一)16). */
  DossierFalsified: {
    readonly from: Stage | null;
    readonly falsificationCase: string;
    readonly titleWithdrawn: boolean;
  };
}

/** Everything that can happen to a dossier, named as it is stored. */
export type DossierEvent = {
  [Type in keyof Payloads]: { readonly type: Type; readonly data: Payloads[Type] };
}[keyof Payloads];

export type DossierEventType = DossierEvent['type'];
