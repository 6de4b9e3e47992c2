import type { Refusal } from './notice';

/** One thing the service must say of a dossier, and where. */
export interface Found {
  readonly severity: 'block' | 'warn' | 'review';
  readonly said: Refusal;
  /** JSON pointer to the part it is about; '' for the whole. */
  readonly pointer: string;
}

const found =
  (severity: Found['severity']) =>
  (said: Refusal, pointer = ''): Found => ({ severity, said, pointer });

/** Refuses the submission. */
export const blocks = found('block');
/** Is shown, and refuses nothing. */
export const warns = found('warn');
/** Asks a reviewer to judge. */
export const asks = found('review');

export function isBlocking({ severity }: Found): boolean {
  return severity === 'block';
}

/** The same findings give the same lines, whatever their order. */
export function linesOf(findings: readonly Found[]): readonly string[] {
  return findings.map(({ severity, said, pointer }) => `${severity} ${said} ${pointer}`).sort();
}
