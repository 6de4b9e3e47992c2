import type { Fault } from './faults/fault';

/** What one applicant does wrong on purpose. */
export interface Trials {
  /** The section that is saved last: until then it is missing. */
  readonly savedLast: string;
  /** Mistakes made one after the other, and mended; several at once where there are several. */
  readonly mended: readonly (readonly Fault[])[];
  /** A mistake that refuses nothing, and is filed as it is. */
  readonly kept: Fault | null;
}

/** Of somebody who never gets as far as filling in. */
export const noTrials: Trials = { savedLast: '', mended: [], kept: null };
