import type { EventMetadata, RecordedEvent } from '../engine/event-store';
import { leafPrefix, type Hash } from './hashes';
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
/** UTF-8 takes at most so many bytes for a unit of a text. */
const widestUnit = 3;

/**
 * What is known of an event without its data, as the bytes that become a leaf: docs/audit-format.md says
 * them one by one. Every field has its length before it, so that no two records share their bytes.
 */
export function encodeRecord(event: EventFacts, dataHash: Hash, metadataHash: Hash): Uint8Array {
  return Buffer.from(writeLeaf(event, dataHash, metadataHash).subarray(1));
}

export function eventLeaf(suite: Suite, event: EventFacts, stored: StoredPayload): Hash {
  return suite.hash(writeLeaf(event, suite.hash(stored.data), suite.hash(stored.metadata)));
}

/** Used again for every leaf: each is hashed or copied before the next is written. */
let sheet = Buffer.allocUnsafe(4096);

/** What RFC 6962 hashes for a leaf: its prefix, and the record. Valid until the next call. */
function writeLeaf(event: EventFacts, dataHash: Hash, metadataHash: Hash): Uint8Array {
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
  let most = 2;
  for (const field of fields) most += lengthBytes + widestUnit * field.length;
  if (most > sheet.length) sheet = Buffer.allocUnsafe(2 * most);
  let end = sheet.writeUInt8(leafPrefix);
  end = sheet.writeUInt8(version, end);
  for (const field of fields) {
    const start = end + lengthBytes;
    const length = typeof field === 'string' ? sheet.write(field, start) : field.length;
    if (typeof field !== 'string') sheet.set(field, start);
    sheet.writeUInt32BE(length, end);
    end = start + length;
  }
  return sheet.subarray(0, end);
}
