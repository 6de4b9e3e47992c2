import type { Json } from '../engine/event-store';
import type { Attachment, Choice, ReturnReason } from './events';
import type { SectionName } from './sections';

/** A reason as a reviewer gives it; one that names no part is refused. */
export type GivenReason = Omit<ReturnReason, 'part'> & {
  readonly part: ReturnReason['part'] | null;
};

/** Everything somebody can ask of a dossier. */
export type DossierCommand =
  | { readonly type: 'OpenDossier'; readonly choice: Choice }
  | { readonly type: 'SaveSection'; readonly section: SectionName; readonly content: Json }
  | { readonly type: 'AttachEvidence'; readonly attachment: Attachment }
  | { readonly type: 'ExplainReason'; readonly reason: number; readonly explanation: string }
  | { readonly type: 'Submit'; readonly confirmed: boolean }
  | { readonly type: 'Withdraw'; readonly reason: string }
  | { readonly type: 'StartPublicity'; readonly place: string; readonly telephone: string }
  | { readonly type: 'Recommend'; readonly checklist: Readonly<Record<string, boolean>> }
  | { readonly type: 'Endorse'; readonly opinion: string }
  | { readonly type: 'Return'; readonly reasons: readonly GivenReason[] }
  | { readonly type: 'Accept' }
  /** The system's own, when a window has closed (T-5). */
  | { readonly type: 'Close' };
