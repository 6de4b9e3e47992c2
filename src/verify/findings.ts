/** Where in the log something is. */
export interface Place {
  /** Number of the event from 0 on, by which places are ordered. */
  readonly index: number;
  readonly position: string;
  readonly stream: string;
  readonly revision: string;
}

/** Why a checkpoint was not believed. */
export type CheckpointProblem =
  | 'form'
  | 'signature'
  | 'unknown-key'
  | 'origin'
  | 'content'
  /** Stored under another size than the note names. */
  | 'size'
  /** Stored before the events it counts, or after one of more events. */
  | 'order';

/** Something that is not as it was, or never was right. */
export type Finding =
  | { readonly what: 'damaged-file'; readonly file: string; readonly detail: string }
  | { readonly what: 'schema'; readonly file: string; readonly detail: string }
  | {
      readonly what: 'value-type' | 'not-text' | 'not-json';
      readonly place: Place;
      readonly column: string;
    }
  | { readonly what: 'position' | 'revision'; readonly place: Place; readonly expected: string }
  | { readonly what: 'repeated-id' | 'no-actor' | 'changed' | 'proof'; readonly place: Place }
  | { readonly what: 'cut-end'; readonly last: string; readonly given: string }
  | { readonly what: 'tile'; readonly level: number; readonly tile: number }
  | { readonly what: 'frontier'; readonly size: number }
  /** The root differs: what changed lies among the events `after + 1` to `size`. */
  | { readonly what: 'root'; readonly size: number; readonly after: number }
  | { readonly what: 'too-short'; readonly size: number; readonly events: number }
  | {
      readonly what: 'checkpoint';
      readonly problem: CheckpointProblem;
      /** A file's name, or the place of the event that holds it. */
      readonly where: string | Place;
    }
  | { readonly what: 'not-cosigned'; readonly witness: string; readonly where: string }
  | { readonly what: 'other-size'; readonly size: number; readonly given: number }
  | { readonly what: 'nothing-sealed' }
  | { readonly what: 'line'; readonly line: number }
  | { readonly what: 'documents-ahead'; readonly position: string; readonly events: number }
  /** An entry of the audit trail is missing, too many, or says something else than its event. */
  | { readonly what: 'trail'; readonly position: string; readonly field: string }
  | {
      readonly what: 'document';
      readonly id: string;
      readonly field: string;
      readonly replayed: string;
      readonly stored: string;
    };

/** The first finding of each kind: one change makes thousands of others. */
export class Findings {
  readonly #found = new Map<Finding['what'], Finding>();

  add(finding: Finding): void {
    if (!this.#found.has(finding.what)) this.#found.set(finding.what, finding);
  }

  drop(what: Finding['what']): void {
    this.#found.delete(what);
  }

  /** Those that name a place first, by place. */
  inOrder(): readonly Finding[] {
    return [...this.#found.values()].sort((one, other) => indexOf(one) - indexOf(other));
  }
}

function indexOf(finding: Finding): number {
  if ('place' in finding) return finding.place.index;
  // Only a stretch is known: what names an event within it says more.
  if (finding.what === 'root') return finding.size;
  if (finding.what === 'too-short') return finding.events;
  return Number.MAX_SAFE_INTEGER;
}
