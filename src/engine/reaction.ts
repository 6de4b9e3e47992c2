import type { RecordedEvent } from './event-store';

/**
 * What the service does by itself because something happened. An event is taken again after a crash
 * or a failure, and when its checkpoint is lost: doing it twice must be as doing it once.
 */
export interface Reaction {
  readonly name: string;
  /** Streams it follows, by the beginning of their names. */
  readonly prefixes: readonly string[];
  /** How many events it may be given side by side, where their order does not matter. Default 1. */
  readonly atOnce?: number;
  /**
   * Rejects with StoreUnavailable or WrongExpectedRevision to be asked again; with anything else to
   * stop at this event.
   */
  react(event: RecordedEvent): Promise<void>;
}
