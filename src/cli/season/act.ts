import type { Json } from '../../engine/event-store';
import type { Choice } from './scope';
import type { Attachment, Masking, Reason } from './standing';

/** Whoever asks; as the token says it. */
export interface Caller {
  readonly subject: string;
  readonly roles: readonly Role[];
  readonly organisation: string | null;
}
export type Role = 'applicant' | 'unit-reviewer' | 'supervisor' | 'title-office' | 'auditor';

/** Everything the season does to a dossier over HTTP. */
export type Act = ApplicantAct | UnitAct | ReviewAct | Look;

export type ApplicantAct =
  | { readonly kind: 'open'; readonly choice: Choice }
  | {
      readonly kind: 'save';
      readonly section: string;
      readonly content: Json;
      /** The revision the applicant's window still shows (`If-Match`). */
      readonly ifRevision?: number;
    }
  | Attach
  | ({ readonly kind: 'mask'; readonly sha256: string } & Masking)
  | { readonly kind: 'explain'; readonly reason: number; readonly explanation: string }
  | { readonly kind: 'submit'; readonly confirmed: boolean; readonly key?: string }
  | { readonly kind: 'withdraw' };

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

export interface Look {
  readonly kind: 'look';
}
