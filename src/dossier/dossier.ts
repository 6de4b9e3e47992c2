import type { Json } from '../engine/event-store';
import type { Instant } from '../engine/instant';
import type { ReviewChain, Stage } from '../organisations/organisation';
import type { Policy } from '../rounds/policy';
import { hashOf, sameJson } from './canonical';
import type {
  Answer,
  Attachment,
  Choice,
  ClosingCause,
  DossierEvent,
  Filing,
  ReturnReason,
} from './events';
import { sectionNames, type SectionName } from './sections';

export type Sections = { readonly [Name in SectionName]?: Json };

/** What is filed: what was chosen, the sections, and the scans they refer to. */
export type Content = {
  readonly choice: Choice;
  readonly sections: Sections;
  readonly attachments: readonly Attachment[];
};

/** A submission exactly as filed. */
export type Submission = Filing & { readonly content: Content };

export type Return = {
  readonly number: number;
  readonly at: Instant;
  readonly from: Stage;
  readonly submission: number;
  readonly reasons: readonly ReturnReason[];
};

/** What a dossier holds, whatever state it is in. */
export interface File {
  readonly round: string;
  readonly applicant: string;
  readonly chain: ReviewChain;
  readonly content: Content;
  readonly submissions: readonly Submission[];
  readonly returns: readonly Return[];
  /** Explanations for the reasons of the latest return, by reason number. */
  readonly explanations: Readonly<Record<number, string>>;
}

export type Dossier =
  | { readonly status: 'unopened' }
  | { readonly status: 'draft'; readonly file: File }
  | { readonly status: 'under-review'; readonly file: File; readonly stage: Stage }
  | { readonly status: 'returned'; readonly file: File; readonly pending: Return }
  | { readonly status: 'accepted'; readonly file: File }
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
        content: { choice, sections: {}, attachments: [] },
        submissions: [],
        returns: [],
        explanations: {},
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
      return { ...state, file: { ...file, content: { ...file.content, sections } } };
    }
    case 'EvidenceAttached': {
      const attachments = [...file.content.attachments, event.data.attachment];
      return { ...state, file: { ...file, content: { ...file.content, attachments } } };
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
      const submissions = [...file.submissions, { ...filing, content: file.content }];
      return {
        status: 'under-review',
        stage: filing.to,
        file: { ...file, chain, submissions, explanations: {} },
      };
    }
    case 'PublicityStarted':
      return state;
    case 'DossierRecommended':
    case 'DossierEndorsed':
      return { status: 'under-review', file, stage: event.data.to };
    case 'DossierReturned':
      return inHand({ ...file, returns: [...file.returns, event.data], explanations: {} });
    case 'DossierAccepted':
      return { status: 'accepted', file };
    case 'DossierWithdrawn':
      return { status: 'withdrawn', file };
    case 'DossierClosed':
      return { status: 'closed', file, cause: event.data.cause };
    default:
      return neverHappens(event);
  }
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

export function triesUsed(file: File): number {
  return file.submissions.filter((submission) => submission.counted).length;
}

/** Whether the next submission would use up a try, under the round's counting (三(四)). */
export function nextCounts(file: File, policy: Policy): boolean {
  if (policy.submissions.counting === 'every-submission') return true;
  const pending = pendingReturn(file);
  return pending === undefined || pending.from.kind === 'title-office';
}

export function triesExhausted(file: File, policy: Policy): boolean {
  return nextCounts(file, policy) && triesUsed(file) >= policy.submissions.limit;
}

/** Every reason of the return, with what the applicant has done about it so far. */
export function answersTo(file: File, pending: Return): readonly Answer[] {
  const filed = file.submissions[pending.submission - 1]?.content;
  return pending.reasons.map(({ part }, index) => ({
    reason: index + 1,
    changed: filed !== undefined && partChanged(part, filed, file.content),
    explanation: file.explanations[index + 1] ?? null,
  }));
}

export function isAnswered(answer: Answer): boolean {
  return answer.changed || answer.explanation !== null;
}

/** An attachment is changed when what referred to it no longer does. */
function partChanged(part: ReturnReason['part'], filed: Content, now: Content): boolean {
  if ('section' in part) {
    return !sameJson(filed.sections[part.section], now.sections[part.section]);
  }
  return refersTo(filed, part.attachment) && !refersTo(now, part.attachment);
}

function refersTo(content: Content, sha256: string): boolean {
  return sectionNames.some((name) => mentions(content.sections[name], sha256));
}

function mentions(value: Json | undefined, text: string): boolean {
  if (value === undefined || value === null || typeof value !== 'object') return value === text;
  return Object.values(value).some((member: Json) => mentions(member, text));
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
