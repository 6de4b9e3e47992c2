import { hash } from 'node:crypto';
import { isObject } from './json';

/** An event exactly as it is stored: bytes, since text that is damaged would read as other text. */
export interface StoredEvent {
  readonly position: string;
  readonly stream: Buffer;
  readonly revision: string;
  readonly id: Buffer;
  readonly type: Buffer;
  readonly data: Buffer;
  readonly metadata: Buffer;
}

export interface Actor {
  readonly at: string;
  readonly kind: string;
  readonly name: string;
}

const leafStart = Buffer.of(0x00);
const nodeStart = Buffer.of(0x01);
const version = Buffer.of(1);

export function sha256(bytes: Buffer): Buffer {
  return Buffer.from(hash('sha256', bytes, 'hex'), 'hex');
}

/** Written from docs/audit-format.md, section "The record". */
export function leafOf(event: StoredEvent, { at, kind, name }: Actor): Buffer {
  const parts: Buffer[] = [leafStart, version];
  for (const field of [
    Buffer.from(event.position),
    event.stream,
    Buffer.from(event.revision),
    event.id,
    event.type,
    Buffer.from(at),
    Buffer.from(kind),
    Buffer.from(name),
    sha256(event.data),
    sha256(event.metadata),
  ]) {
    const length = Buffer.allocUnsafe(4);
    length.writeUInt32BE(field.length);
    parts.push(length, field);
  }
  return sha256(Buffer.concat(parts));
}

export function nodeOf(left: Buffer, right: Buffer): Buffer {
  return sha256(Buffer.concat([nodeStart, left, right]));
}

/** The actor as the metadata tells of them; undefined where it does not. */
export function actorOf(metadata: unknown): Actor | undefined {
  if (!isObject(metadata) || !isObject(metadata.actor)) return undefined;
  const { at, actor } = metadata;
  const { kind } = actor;
  const name = kind === 'person' ? actor.subject : kind === 'system' ? actor.process : undefined;
  if (typeof at !== 'string' || typeof kind !== 'string' || typeof name !== 'string') {
    return undefined;
  }
  return { at, kind, name };
}
