/* What of the service's answers the page reads. */

export type Json =
  string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };

export interface Change {
  readonly pointer: string;
  readonly kind: 'added' | 'removed' | 'changed';
  readonly before?: Json;
  readonly after?: Json;
}

export interface Waited {
  readonly stage: string;
  readonly since: string;
  readonly seconds: number;
  readonly officeSeconds: number;
}

/** An item of `GET /v1/audit/dossiers/{id}/timeline` */
export interface TimelineEntry {
  readonly position: string;
  readonly at: string;
  readonly type: string;
  readonly sentence: string;
  readonly changes: readonly (Change & { readonly title: string })[];
  readonly reasons: readonly string[];
  readonly rules: readonly { readonly rule: string; readonly clause: string | null }[];
  readonly waited: Waited | null;
  readonly file: string | null;
}

export interface Attachment {
  readonly sha256: string;
  readonly mediaType: string;
  readonly bytes: number;
  readonly name: string;
}

export interface Masking {
  readonly nameShown: boolean;
  readonly maskedVersion: string | null;
}

interface ReturnReason {
  readonly code: string;
  readonly part: { readonly section: string } | { readonly attachment: string };
  readonly correction: string;
  readonly explanation: string | null;
}

/** `GET /v1/dossiers/{id}` */
export interface Dossier {
  readonly id: string;
  readonly round: string;
  readonly applicant: string;
  readonly chain: readonly string[];
  readonly status: string;
  readonly stage: { readonly kind: string; readonly organisation: string } | null;
  readonly choice: { readonly level: string; readonly subSpecialty: string };
  readonly content: {
    readonly attachments: readonly Attachment[];
    readonly masking: Readonly<Record<string, Masking | undefined>>;
  };
  readonly submissions: readonly {
    readonly number: number;
    readonly at: string;
    readonly remaining: number;
  }[];
  readonly returns: readonly {
    readonly at: string;
    readonly from: { readonly kind: string; readonly organisation: string };
    readonly submission: number;
    readonly reasons: readonly ReturnReason[];
  }[];
  readonly publicity: { readonly at: string; readonly firstDay: string } | null;
  readonly unitPapers: readonly Attachment[];
}

export interface Term {
  readonly code: string;
  readonly zh: string;
  readonly en: string;
}

/** `GET /v1/rounds/{round}/policy` */
export interface RoundPolicy {
  readonly policy: {
    readonly subSpecialties: readonly Term[];
    readonly review: { readonly returnReasons: readonly Term[] };
  };
}
