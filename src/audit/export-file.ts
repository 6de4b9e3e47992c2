import { toBase64 } from './base64';
import type { Hash } from './hashes';
import type { Suite } from './suite';

/** `whole` holds every event from the first on; `part` some, each with its inclusion proof. */
export type ExportScope = 'whole' | 'part';

export interface ExportedEvent {
  readonly index: number;
  readonly position: string;
  readonly stream: string;
  readonly revision: number;
  readonly id: string;
  readonly type: string;
  /** Exactly the text that the store keeps. */
  readonly data: string;
  readonly metadata: string;
}

/** The lines of an export (docs/audit-format.md), each in the one form that the verifier takes. */
export function exportHeader(
  suite: Suite,
  scope: ExportScope,
  { checkpoint, origin }: { readonly checkpoint: string; readonly origin: string },
): string {
  return line({ format: 'title-review-export/v1', suite: suite.name, origin, scope, checkpoint });
}

/** `proof` in a partial export only. */
export function exportLine(event: ExportedEvent, proof?: readonly Hash[]): string {
  const { index, position, stream, revision, id, type, data, metadata } = event;
  const fields = { index, position, stream, revision, id, type, data, metadata };
  return line(proof === undefined ? fields : { ...fields, proof: proof.map(toBase64) });
}

/** The last line: a file that was cut short has none. */
export function exportEnd(events: number): string {
  return line({ end: true, events });
}

function line(value: object): string {
  return `${JSON.stringify(value)}\n`;
}
