import type { Json } from '../../engine/event-store';
import type { Attachment, Choice, Reason } from './standing';

/** Whoever asks; as the token says it. */
export interface Caller {
  readonly subject: string;
  readonly roles: readonly Role[];
  readonly organisation: string | null;
}
export type Role = 'applicant' | 'unit-reviewer' | 'supervisor' | 'title-office' | 'auditor';

/** Everything the season does to a dossier over HTTP. */
export type Act =
  | { readonly kind: 'open'; readonly choice: Choice }
  | {
      readonly kind: 'save';
      readonly section: string;
      readonly content: Json;
      /** The revision the applicant's window still shows (`If-Match`). */
      readonly ifRevision?: number;
    }
  | {
      readonly kind: 'attach';
      readonly file: Attachment;
      readonly bytes: Buffer;
      readonly genuine: boolean;
    }
  | { readonly kind: 'explain'; readonly reason: number; readonly explanation: string }
  | { readonly kind: 'submit'; readonly confirmed: boolean; readonly key?: string }
  | { readonly kind: 'withdraw' }
  | { readonly kind: 'publish' }
  | { readonly kind: 'recommend'; readonly checked: readonly string[] }
  | { readonly kind: 'endorse' }
  | { readonly kind: 'return'; readonly reasons: readonly Reason[] }
  | { readonly kind: 'accept' }
  | { readonly kind: 'look' };
