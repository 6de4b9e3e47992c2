import type { Json } from '../../engine/event-store';
import type { Found } from './findings';
import type { Choice } from './scope';
import type { Attachment, Masking, Reason } from './standing';

/** Whoever asks; as the token says it. */
export interface Caller {
  readonly subject: string;
  readonly roles: readonly Role[];
  readonly organisation: string | null;
}
export type Role =
  'applicant' | 'unit-reviewer' | 'supervisor' | 'title-office' | 'auditor' | 'administrator';

/** Everything the season does to a dossier over HTTP. */
export type Act = ApplicantAct | UnitAct | ReviewAct | ConcludingAct | AuditorsAct | Look;

export type ApplicantAct =
  | { readonly kind: 'open'; readonly choice: Choice }
  | {
      readonly kind: 'save';
      readonly section: string;
      readonly content: Json;
      /** The revision the applicant's window still shows (`If-Match`). */
      readonly ifRevision?: number;
      /** What the notice finds in it; as in the content before where it is not given. */
      readonly flaws?: readonly Found[];
    }
  | Attach
  | ({ readonly kind: 'mask'; readonly sha256: string } & Masking)
  | { readonly kind: 'explain'; readonly reason: number; readonly explanation: string }
  | { readonly kind: 'submit'; readonly confirmed: boolean; readonly key?: string }
  | { readonly kind: 'withdraw' }
  /** Asks what a submission would be refused or warned for. */
  | { readonly kind: 'precheck' }
  /** Looks at the receipts of what was filed. */
  | { readonly kind: 'receipts' };

/** The applicant uploads a scan, or the unit a sealed paper. */
export interface Attach {
  readonly kind: 'attach';
  readonly file: Attachment;
  readonly bytes: Buffer;
  readonly genuine: boolean;
}

/** What only the grassroots unit does. */
export type UnitAct =
  | { readonly kind: 'publish' }
  | { readonly kind: 'object' }
  | { readonly kind: 'settle-objection'; readonly number: number }
  | {
      readonly kind: 'recommend';
      readonly checked: readonly string[];
      readonly statement: string;
      /** SHA-256 of the unit's papers, by what they are. */
      readonly papers: Readonly<Record<string, string>>;
    };

export type ReviewAct =
  | { readonly kind: 'endorse' }
  | { readonly kind: 'return'; readonly reasons: readonly Reason[] }
  | { readonly kind: 'accept' };

/** What follows the acceptance (四(一)18, 19). */
export type ConcludingAct =
  | { readonly kind: 'fee'; readonly amount: number }
  | { readonly kind: 'printed-forms'; readonly copies: number }
  | { readonly kind: 'appoint-defence'; readonly defenceAt: string }
  | {
      readonly kind: 'conclude-defence';
      readonly attended: boolean;
      readonly cause: string | null;
      readonly minutes: number | null;
      readonly passed: boolean;
    };

/** A falsification case is opened and decided (四(一)16); `id` is empty before it is opened. */
export type AuditorsAct =
  | { readonly kind: 'open-case' }
  | { readonly kind: 'decide-case'; readonly id: string; readonly upheld: boolean };

export interface Look {
  readonly kind: 'look';
}
