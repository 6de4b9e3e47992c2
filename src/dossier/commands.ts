import type { Json } from '../engine/event-store';
import type { Instant } from '../engine/instant';
import type { Masking } from '../rules/masking';
import type { Attachment, Choice, Judgements, ReturnReason, UnitPapers } from './events';
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
  | { readonly type: 'AnswerMasking'; readonly sha256: string; readonly masking: Masking }
  | { readonly type: 'ExplainReason'; readonly reason: number; readonly explanation: string }
  | { readonly type: 'Submit'; readonly confirmed: boolean }
  | { readonly type: 'Withdraw'; readonly reason: string }
  | { readonly type: 'StartPublicity'; readonly place: string; readonly telephone: string }
  | { readonly type: 'RecordObjection'; readonly text: string }
  | {
      readonly type: 'SettleObjection';
      readonly number: number;
      readonly upheld: boolean;
      readonly statement: string;
    }
  /** The unit's own scan, while the dossier is with it. */
  | { readonly type: 'AttachUnitPaper'; readonly attachment: Attachment }
  | {
      readonly type: 'Recommend';
      readonly checklist: Readonly<Record<string, boolean>>;
      readonly statement: string;
      readonly papers: UnitPapers;
      /** What the rules leave to a human, each by the pointer of its finding: whether it is recognised. */
      readonly judgements: Judgements;
    }
  | { readonly type: 'Endorse'; readonly opinion: string }
  | { readonly type: 'Return'; readonly reasons: readonly GivenReason[] }
  | { readonly type: 'Accept' }
  | { readonly type: 'ReceiveFee'; readonly amount: number }
  | { readonly type: 'ReceivePrintedForms'; readonly copies: number }
  | { readonly type: 'ScheduleDefence'; readonly defenceAt: Instant; readonly meeting: string }
  | {
      readonly type: 'ConcludeDefence';
      readonly attended: boolean;
      readonly cause: string | null;
      readonly minutes: number | null;
      readonly passed: boolean;
    }
  /** The system's own, when a falsification case was upheld (M-26). */
  | { readonly type: 'Falsify'; readonly falsificationCase: string }
  /** The system's own, when a window has closed (T-5). */
  | { readonly type: 'Close' };
