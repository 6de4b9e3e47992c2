import type {
  EventMetadata,
  Json,
  NewEvent,
  Position,
  RecordedEvent,
} from '../../engine/event-store';
import { checkText } from './database';
import { encodeJson } from '../../engine/json';

/** A row of the table `events`. */
export interface EventRow {
  readonly position: number;
  readonly stream: string;
  readonly revision: number;
  readonly id: string;
  readonly type: string;
  readonly data: string;
  readonly metadata: string;
}

export type EncodedEvent = Pick<EventRow, 'id' | 'type' | 'data' | 'metadata'> & {
  /** What the hash tree tells of the metadata. */
  readonly facts: Pick<EventMetadata, 'at' | 'actor'>;
};

/** Throws TypeError for an event that would not be read back as it is. */
export function encode({ id, type, data, metadata }: NewEvent): EncodedEvent {
  checkText(id);
  checkText(type);
  return {
    id,
    type,
    data: encodeJson(data),
    metadata: encodeJson({ ...metadata }),
    facts: metadata,
  };
}

export function recorded({ position, data, metadata, ...row }: EventRow): RecordedEvent {
  return {
    ...row,
    position: toPosition(position),
    data: JSON.parse(data) as Json,
    metadata: JSON.parse(metadata) as EventMetadata,
  };
}

/** Sixteen digits hold every safe integer, and padded they compare as text. */
export function toPosition(position: number): Position {
  return String(position).padStart(16, '0');
}

export function fromPosition(position: Position): number {
  if (!/^\d{16}$/.test(position)) throw new Error(`not a position of this log: ${position}`);
  return Number(position);
}
