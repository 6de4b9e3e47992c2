import type { Addition } from './counting';
import type { RecordedEvent } from './event-store';
import type { Collection, Document } from './read-models';

/** The document of a key, among those an event touches; undefined where there is none. */
export type Look<D extends Document> = (key: string) => D | undefined;

/**
 * A read model as a pure fold: which documents an event touches, and what becomes of each.
 * The same events in the same order always give the same documents, so that a rebuilt one equals the live one.
 */
export interface Projection<D extends Document = Document> extends Collection {
  /** Streams it follows, by the beginning of their names. */
  readonly prefixes: readonly string[];
  /** Ids of the documents the event touches; none where it does not concern this projection. */
  keys(event: RecordedEvent): readonly string[];
  /**
   * The document after the event; undefined deletes it (or leaves it unmade). `beside` shows the other
   * documents the event touches, as they were before it.
   */
  project(
    document: D | undefined,
    event: RecordedEvent,
    key: string,
    beside: Look<D>,
  ): D | undefined;
  /**
   * What the event adds to counters, which are documents of the same collection: an event alone does not
   * say where a dossier was counted before, the documents it touches do. Ids of counters are not keys.
   */
  additions?(event: RecordedEvent, before: Look<D>, after: Look<D>): readonly Addition[];
}
