import type { RecordedEvent } from './event-store';
import type { Collection, Document } from './read-models';

/**
 * A read model as a pure fold: which documents an event touches, and what becomes of each.
 * The same events in the same order always give the same documents, so that a rebuilt one equals the live one.
 */
export interface Projection<D extends Document = Document> extends Collection {
  /** Streams it follows, by the beginning of their names. */
  readonly prefixes: readonly string[];
  /** Ids of the documents the event touches; none where it does not concern this projection. */
  keys(event: RecordedEvent): readonly string[];
  /** The document after the event; undefined deletes it (or leaves it unmade). */
  project(document: D | undefined, event: RecordedEvent, key: string): D | undefined;
}
