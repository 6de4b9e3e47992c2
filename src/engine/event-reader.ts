import type { RecordedEvent } from './event-store';
import type { DomainEvent } from './execute';

/** Reads events that are stored as they are used, of the types named; throws on any other. */
export function readerOf<Event extends DomainEvent>(
  ...types: readonly Event['type'][]
): (recorded: RecordedEvent) => Event {
  return ({ type, data, position }) => {
    if (!types.includes(type)) throw new Error(`unknown event ${type} at ${position}`);
    return { type, data } as unknown as Event;
  };
}
