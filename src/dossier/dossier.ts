import type { Json } from '../engine/event-store';
import type { Instant } from '../engine/instant';
import type { ReviewChain, Stage } from '../organisations/organisation';
import { hashOf } from './canonical';
import type { Masking } from '../rules/masking';
import type {
  Attachment,
  Choice,
  ClosingCause,
  DossierEvent,
  Filing,
  Judgements,
  Objection,
  ReturnReason,
} from './events';
import type { SectionName } from './sections';

export type Sections = { readonly [Name in SectionName]?: Json };

/** What is filed: what was chosen, the sections, and the scans they refer to. */
export type Content = {
  readonly choice: Choice;
  readonly sections: Sections;
  readonly attachments: readonly Attachment[];
  /** For each attachment by its hash, whether it shows the applicant's name (四(一)17). */
  readonly masking: { readonly [sha256: string]: Masking };
};

/** Publicity in the unit (公示). */
export type Publicity = Payload<'PublicityStarted'>;

type Payload<Type extends DossierEvent['type']> = Extract<DossierEvent, { type: Type }>['data'];

/** A submission exactly as filed, and the organisations it was filed through. */
export type Submission = Filing & { readonly content: Content; readonly chain: ReviewChain };

export type Return = {
  readonly number: number;
  readonly at: Instant;
  readonly from: Stage;
  readonly submission: number;
  readonly reasons: readonly ReturnReason[];
};

export type ObjectionRecord = Objection & {
  readonly outcome: Omit<Payload<'ObjectionSettled'>, 'number'> | null;
};

/** What follows the formal review (四(一)18, 19); null where it has not happened. */
export type AfterAcceptance = {
  readonly fee: Payload<'FeeReceived'> | null;
  readonly printedForms: Payload<'PrintedFormsReceived'> | null;
  readonly defence: Payload<'DefenceScheduled'> | null;
  readonly defenceOutcome: Payload<'DefenceConcluded'> | null;
};

/** What a dossier holds, whatever state it is in. */
export interface File {
  readonly round: string;
  readonly applicant: string;
  /** Of what is filed; while it is in hand, those the next filing goes through. */
  readonly chain: ReviewChain;
  readonly content: Content;
  readonly submissions: readonly Submission[];
  /** What the unit judged of the submission at hand. */
  readonly judgements: Judgements;
  readonly returns: readonly Return[];
  /** Explanations for the reasons of the latest return, by reason number. */
  readonly explanations: Readonly<Record<number, string>>;
  readonly publicity: Publicity | null;
  readonly objections: readonly ObjectionRecord[];
  /** Scans the unit added while it reviewed. */
  readonly unitPapers: readonly Attachment[];
}

const nothingYet: AfterAcceptance = {
  fee: null,
  printedForms: null,
  defence: null,
  defenceOutcome: null,
};

export type Dossier =
  | { readonly status: 'unopened' }
  | { readonly status: 'draft'; readonly file: File }
  | { readonly status: 'under-review'; readonly file: File; readonly stage: Stage }
  | { readonly status: 'returned'; readonly file: File; readonly pending: Return }
  | { readonly status: 'accepted'; readonly file: File; readonly after: AfterAcceptance }
  | { readonly status: 'withdrawn'; readonly file: File }
  | { readonly status: 'closed'; readonly file: File; readonly cause: ClosingCause };

export type OpenedDossier = Exclude<Dossier, { status: 'unopened' }>;
export type DossierStatus = Dossier['status'];

export const unopened: Dossier = { status: 'unopened' };

export function evolve(state: Dossier, event: DossierEvent): Dossier {
  if (event.type === 'DossierOpened') {
    const { round, applicant, choice, chain } = event.data;
    return {
      status: 'draft',
      file: {
        round,
        applicant,
        chain,
        content: { choice, sections: {}, attachments: [], masking: {} },
        submissions: [],
        returns: [],
        explanations: {},
        publicity: null,
        judgements: {},
        objections: [],
        unitPapers: [],
      },
    };
  }
  if (state.status === 'unopened') throw new Error(`${event.type} before DossierOpened`);
  const { file } = state;
  switch (event.type) {
    case 'DossierReopened': {
      const { choice, chain } = event.data;
      return inHand({ ...file, chain, content: { ...file.content, choice } });
    }
    case 'SectionSaved':
    case 'SectionRevised': {
      const { section, content } = event.data;
      const sections = { ...file.content.sections, [section]: content };
      return withContent(state, { ...file.content, sections });
    }
    case 'EvidenceAttached': {
      const attachments = [...file.content.attachments, event.data.attachment];
      return withContent(state, { ...file.content, attachments });
    }
    case 'MaskingAnswered': {
      const masking = { ...file.content.masking, [event.data.sha256]: event.data.masking };
      return withContent(state, { ...file.content, masking });
    }
    case 'ReasonExplained': {
      const { reason, explanation } = event.data;
      return {
        ...state,
        file: { ...file, explanations: { ...file.explanations, [reason]: explanation } },
      };
    }
    case 'DossierSubmitted':
    case 'DossierResubmitted': {
      const { filing, chain } = event.data;
      const submissions = [...file.submissions, { ...filing, content: file.content, chain }];
      return {
        status: 'under-review',
        stage: filing.to,
        file: { ...file, chain, submissions, judgements: {}, explanations: {} },
      };
    }
    case 'PublicityStarted':
      return { ...state, file: { ...file, publicity: event.data } };
    case 'ObjectionRecorded': {
      const objections = [...file.objections, { ...event.data, outcome: null }];
      return { ...state, file: { ...file, objections } };
    }
    case 'ObjectionSettled': {
      const { number, ...outcome } = event.data;
      const objections = file.objections.map((objection) =>
        objection.number === number ? { ...objection, outcome } : objection,
      );
      return { ...state, file: { ...file, objections } };
    }
    case 'UnitPaperAttached': {
      const unitPapers = [...file.unitPapers, event.data.attachment];
      return { ...state, file: { ...file, unitPapers } };
    }
    case 'DossierRecommended': {
      const { to: stage, judgements = {} } = event.data;
      return { status: 'under-review', file: { ...file, judgements }, stage };
    }
    case 'DossierEndorsed':
      return { status: 'under-review', file, stage: event.data.to };
    case 'DossierReturned':
      return inHand({ ...file, returns: [...file.returns, event.data], explanations: {} });
    case 'DossierAccepted':
      return { status: 'accepted', file, after: nothingYet };
    case 'FeeReceived':
      return afterwards(state, { fee: event.data });
    case 'PrintedFormsReceived':
      return afterwards(state, { printedForms: event.data });
    case 'DefenceScheduled':
      return afterwards(state, { defence: event.data });
    case 'DefenceConcluded':
      return afterwards(state, {
        defenceOutcome: event.data,
        ...(event.data.outcome === 'excused' ? { defence: null } : {}),
      });
    case 'DossierWithdrawn':
      return { status: 'withdrawn', file };
    case 'DossierClosed':
      return { status: 'closed', file, cause: event.data.cause };
    case 'DossierFalsified':
      return { status: 'closed', file, cause: 'falsification' };
    default:
      return neverHappens(event);
  }
}

function withContent(state: OpenedDossier, content: Content): Dossier {
  return { ...state, file: { ...state.file, content } };
}

function afterwards(state: OpenedDossier, change: Partial<AfterAcceptance>): Dossier {
  if (state.status !== 'accepted') throw new Error('not accepted yet');
  return { ...state, after: { ...state.after, ...change } };
}

/** In the applicant's hands: a draft, or returned as long as the latest submission's return is unanswered. */
function inHand(file: File): Dossier {
  const pending = pendingReturn(file);
  return pending === undefined ? { status: 'draft', file } : { status: 'returned', file, pending };
}

/** The return that awaits a refiling, also of a dossier withdrawn or closed meanwhile. */
export function pendingReturn(file: File): Return | undefined {
  const latest = file.returns.at(-1);
  return latest?.submission === file.submissions.length ? latest : undefined;
}

/**
 * SHA-256 over the canonical JSON of the content, which names every scan by the SHA-256 of its bytes:
 * whoever holds the content and the scans can prove what was filed.
 */
export function contentHash(content: Content): string {
  return hashOf(content);
}

export function neverHappens(value: never): never {
  throw new Error(`unknown ${JSON.stringify(value)}`);
}
