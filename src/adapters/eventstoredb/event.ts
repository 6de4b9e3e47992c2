import type { EventData, Position as ServerPosition } from '@eventstore/db-client';
import type {
  EventMetadata,
  Json,
  NewEvent,
  Position,
  RecordedEvent,
} from '../../engine/event-store';
import { checkJson } from '../../engine/json';

/** What is needed of an event as the client gives it, from a stream or from `$all`. */
export interface ServerEvent {
  readonly streamId: string;
  readonly id: string;
  readonly revision: bigint;
  readonly type: string;
  readonly data: unknown;
  readonly metadata?: unknown;
  readonly position?: ServerPosition;
}

/** Throws TypeError for data that JSON would change. The client itself never answers for a bigint. */
export function encode({ id, type, data, metadata }: NewEvent): EventData {
  checkJson(data);
  checkJson({ ...metadata });
  return {
    id,
    type,
    contentType: 'application/json',
    data,
    metadata: { ...metadata },
  } as EventData;
}

export function recorded(event: ServerEvent, namespace: string): RecordedEvent {
  if (event.position === undefined)
    throw new Error('the server gave an event without its position');
  return {
    stream: event.streamId.slice(namespace.length),
    revision: Number(event.revision),
    position: toPosition(event.position),
    id: event.id,
    type: event.type,
    data: event.data as Json,
    metadata: event.metadata as EventMetadata,
  };
}

/** The server's own events: metadata, deletions, links, statistics. */
export function isSystemEvent({ type }: Pick<ServerEvent, 'type'>): boolean {
  return type.startsWith('$');
}

/** Nineteen digits hold every position of the server, a signed 64-bit number. */
const digits = 19;
const form = /^(\d{19})-(\d{19})$/;

/** Padded, so that positions compare as text: `<commit>-<prepare>`. */
export function toPosition({ commit, prepare }: ServerPosition): Position {
  return `${String(commit).padStart(digits, '0')}-${String(prepare).padStart(digits, '0')}`;
}

/** Throws Error for the position of another kind of log. */
export function fromPosition(position: Position): ServerPosition {
  const [, commit, prepare] = form.exec(position) ?? [];
  if (commit === undefined || prepare === undefined) {
    throw new Error(`not a position of this log: ${position}`);
  }
  return { commit: BigInt(commit), prepare: BigInt(prepare) };
}
