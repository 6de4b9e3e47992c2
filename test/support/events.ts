import { randomUUID } from 'node:crypto';
import type { EventMetadata, Json, NewEvent } from '../../src/engine/event-store';

export const someMetadata: EventMetadata = {
  at: '2022-08-01T09:00:00.000+08:00',
  actor: { kind: 'person', subject: 'p-1', roles: ['applicant'], organisation: null },
  address: '192.0.2.7',
  command: { id: 'c-1', digest: 'd-1' },
  policyVersion: 1,
  person: null,
  jurisdiction: ['o-1'],
};

/** An event with a new id; what it says does not matter unless it is given. */
export function newEvent(data: Json = {}, event: Partial<NewEvent> = {}): NewEvent {
  return { id: randomUUID(), type: 'noted', data, metadata: someMetadata, ...event };
}

/** At least one event, numbered in its data: `{ "n": 0 }`, `{ "n": 1 }`, … */
export function newEvents(count: number): [NewEvent, ...NewEvent[]] {
  const rest = Array.from({ length: count - 1 }, (_, index) => newEvent({ n: index + 1 }));
  return [newEvent({ n: 0 }), ...rest];
}
