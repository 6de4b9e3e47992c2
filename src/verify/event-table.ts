import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import type { StoredEvent } from './leaf';

export type RawEvent = StoredEvent & {
  /** The first column whose value is stored as another type than the service writes. */
  readonly mistyped?: string;
};

/** A checkpoint as the service itself put it into the log. */
export interface StoredCheckpoint {
  readonly index: number;
  readonly position: string;
  readonly revision: string;
  readonly data: Buffer;
}

export const checkpointStream = 'audit-checkpoints';

const columns = {
  position: 'integer',
  stream: 'text',
  revision: 'integer',
  id: 'text',
  type: 'text',
  data: 'text',
  metadata: 'text',
} as const;

interface Row {
  readonly types: string;
  readonly position: string;
  readonly stream: Uint8Array | null;
  readonly revision: string | null;
  readonly id: Uint8Array | null;
  readonly type: Uint8Array | null;
  readonly data: Uint8Array | null;
  readonly metadata: Uint8Array | null;
}

// As text and bytes: a number beyond 2^53 and text that is no UTF-8 would otherwise read as others.
const asStored = `CAST(position AS TEXT) AS position, CAST(stream AS BLOB) AS stream,
  CAST(revision AS TEXT) AS revision, CAST(id AS BLOB) AS id, CAST(type AS BLOB) AS type,
  CAST(data AS BLOB) AS data, CAST(metadata AS BLOB) AS metadata`;

/** The events of the embedded store in commit order, one by one. */
export function* eventsOf(database: DatabaseSyncInstance): Generator<RawEvent> {
  const names = Object.keys(columns);
  const types = names.map((name) => `typeof(${name})`).join(` || ',' || `);
  const rows = database
    .prepare(
      `SELECT ${types} AS types, ${asStored} FROM events NOT INDEXED ORDER BY events.position`,
    )
    .iterate() as Iterable<Row>;
  const expected = Object.values(columns).join(',');
  for (const row of rows) {
    const event = {
      position: portPosition(row.position),
      stream: bytes(row.stream),
      revision: String(row.revision),
      id: bytes(row.id),
      type: bytes(row.type),
      data: bytes(row.data),
      metadata: bytes(row.metadata),
    };
    if (row.types === expected) yield event;
    else yield { ...event, mistyped: mistyped(row.types) };
  }
}

export function* checkpointsOf(database: DatabaseSyncInstance): Generator<StoredCheckpoint> {
  const rows = database
    .prepare(`SELECT ${asStored} FROM events WHERE events.stream = ? ORDER BY events.revision`)
    .iterate(checkpointStream) as Iterable<Row>;
  for (const { position, revision, data } of rows) {
    const index = Number(position) - 1;
    yield {
      index,
      position: portPosition(position),
      revision: String(revision),
      data: bytes(data),
    };
  }
}

export function eventCount(database: DatabaseSyncInstance): number {
  const sql = 'SELECT count(*) AS count FROM events';
  return (database.prepare(sql).get() as { count: number }).count;
}

/**
 * What the service would not have built: text in another encoding, triggers, views, computed columns,
 * text compared in another way. Undefined where there is nothing of the kind.
 */
export function oddSchema(database: DatabaseSyncInstance): string | undefined {
  const declared = Object.entries(columns).map(([name, type]) => `${name} ${type.toUpperCase()} 0`);
  const odd = database
    .prepare(
      `SELECT type || ' ' || name AS odd FROM sqlite_schema WHERE type NOT IN ('table', 'index')
       UNION ALL SELECT encoding FROM pragma_encoding WHERE encoding <> 'UTF-8'
       UNION ALL SELECT 'columns: ' || declared FROM
         (SELECT coalesce(group_concat(name || ' ' || type || ' ' || hidden), '') AS declared
          FROM pragma_table_xinfo('events')) WHERE declared <> ?
       UNION ALL SELECT 'collation ' || field.coll
         FROM pragma_index_list('events') AS list, pragma_index_xinfo(list.name) AS field
         WHERE field.coll <> 'BINARY'`,
    )
    .get(declared.join()) as { odd: string } | undefined;
  return odd?.odd;
}

/** The newest position the store has given out: events after the last one were cut off. */
export function givenPosition(database: DatabaseSyncInstance): string | undefined {
  const row = database
    .prepare("SELECT CAST(seq AS TEXT) AS seq FROM sqlite_sequence WHERE name = 'events'")
    .get() as { seq: string | null } | undefined;
  return row?.seq == null ? undefined : portPosition(row.seq);
}

function mistyped(types: string): string {
  const found = types.split(',');
  const wrong = Object.entries(columns).findIndex(([, type], place) => found[place] !== type);
  return `${Object.keys(columns)[wrong] ?? ''} (${found[wrong] ?? ''})`;
}

/** As the service writes a position: sixteen digits. */
function portPosition(position: string): string {
  return position.padStart(16, '0');
}

function bytes(value: Uint8Array | null): Buffer {
  return value === null
    ? Buffer.alloc(0)
    : Buffer.from(value.buffer, value.byteOffset, value.byteLength);
}
