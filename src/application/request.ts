import type { EventMetadata } from '../engine/event-store';
import type { Instant } from '../engine/instant';
import type { Caller } from './access';

/** A person's request, as far as a command needs to know of it. */
export interface RequestContext {
  readonly caller: Caller;
  /** Network address it came from. */
  readonly address: string | null;
  /** When the complete request reached the service: the instant that counts for every window. */
  readonly arrivedAt: Instant;
  /** From `Idempotency-Key`: finds a repeat, and tells whether it asks the same. */
  readonly identity: EventMetadata['command'];
  /** From `If-Match`; null where any revision will do. */
  readonly ifRevision: number | null;
}

/** A process of the service that acts by itself, named in the audit trail. */
export interface SystemProcess {
  readonly process: string;
  readonly arrivedAt: Instant;
}
