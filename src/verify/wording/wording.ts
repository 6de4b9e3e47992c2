import type { Finding } from '../findings';
import type { Outcome } from '../verification';

/** Everything the verifier says, in one language. */
export interface Wording {
  readonly usage: string;
  readonly malformedKey: (text: string) => string;
  readonly unreadable: (path: string) => string;
  /** @param perSecond percent; @param left seconds */
  readonly progress: (percent: number, perSecond: string, left: number) => string;
  readonly result: (outcome: Outcome, seconds: number) => readonly string[];
  readonly sound: string;
  readonly first: string;
  readonly others: string;
  readonly findings: {
    readonly [What in Finding['what']]: (finding: Finding & { readonly what: What }) => string;
  };
}

export function perSecond(events: number, seconds: number): string {
  return String(Math.round(events / Math.max(seconds, 0.001)));
}
