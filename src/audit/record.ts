import type { EventMetadata, RecordedEvent } from '../engine/event-store';
import { leafHash, type Hash } from './hashes';
import type { Suite } from './suite';

/** What the record tells of an event; the rest of it is in the hashes. */
export type EventFacts = Pick<RecordedEvent, 'position' | 'stream' | 'revision' | 'id' | 'type'> & {
  readonly metadata: Pick<EventMetadata, 'at' | 'actor'>;
};

/** The exact bytes, or the exact text, that the store keeps. */
export interface StoredPayload {
  readonly data: Uint8Array | string;
  readonly metadata: Uint8Array | string;
}

const version = 1;
const lengthBytes = 4;

/**
 * What is known of an event without its data, as the bytes that become a leaf: docs/audit-format.md says
 * them one by one. Every field has its length before it, so that no two records share their bytes.
 */
export function encodeRecord(event: EventFacts, dataHash: Hash, metadataHash: Hash): Uint8Array {
  const { at, actor } = event.metadata;
  const fields = [
    event.position,
    event.stream,
    String(event.revision),
    event.id,
    event.type,
    at,
    actor.kind,
    actor.kind === 'person' ? actor.subject : actor.process,
    dataHash,
    metadataHash,
  ];
  let size = 1;
  for (const field of fields) size += lengthBytes + Buffer.byteLength(field);
  const bytes = Buffer.allocUnsafe(size);
  let end = bytes.writeUInt8(version);
  for (const field of fields) {
    const start = end + lengthBytes;
    const length = typeof field === 'string' ? bytes.write(field, start) : field.length;
    if (typeof field !== 'string') bytes.set(field, start);
    bytes.writeUInt32BE(length, end);
    end = start + length;
  }
  return bytes;
}

export function eventLeaf(suite: Suite, event: EventFacts, stored: StoredPayload): Hash {
  const record = encodeRecord(event, suite.hash(stored.data), suite.hash(stored.metadata));
  return leafHash(suite, record);
}
