import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import type { NewEvent } from '../../src/engine/event-store';
import { log, otherLog } from '../audit/keys';
import { inDatabase, openLog, seal } from './log';

export type Random = (below: number) => number;

interface Row {
  readonly position: number;
  readonly stream: string;
  readonly revision: number;
  readonly id: string;
  readonly type: string;
  readonly data: string;
  readonly metadata: string;
}

/** What somebody with all rights on the machine may do to a copy of the folder. */
export type Tamper = (folder: string, random: Random) => void | Promise<void>;

/** By what is done; each is tried as it is, and with the tree beside the events made to fit. */
export const tampers: Readonly<Record<string, Tamper>> = {
  'edit a text': (folder, random) => {
    change(folder, (database, count) => {
      const column = ['stream', 'id', 'type', 'data', 'metadata'][random(5)] ?? 'data';
      const position = 1 + random(count);
      const sql = `SELECT ${column} AS text FROM events WHERE position = ?`;
      const { text } = database.prepare(sql).get(position) as { text: string };
      const places = [...text.matchAll(/[a-z0-9]/g)].map(({ index }) => index);
      const place = places[random(places.length)] ?? 0;
      // A letter that no stream has, so that it does not become another's.
      const other = text[place] === 'z' ? 'y' : 'z';
      const edited = text.slice(0, place) + other + text.slice(place + 1);
      database.prepare(`UPDATE events SET ${column} = ? WHERE position = ?`).run(edited, position);
    });
  },
  'edit what means the same': (folder, random) => {
    change(folder, (database, count) => {
      const column = ['data', 'metadata'][random(2)] ?? 'data';
      const sql = `UPDATE events SET ${column} = replace(${column}, ',"', ', "') WHERE position = ?`;
      database.prepare(sql).run(1 + random(count));
    });
  },
  'change who did it': (folder, random) => {
    change(folder, (database, count) => {
      database
        .prepare(
          "UPDATE events SET metadata = json_set(metadata, '$.actor.subject', 'nobody') WHERE position = ?",
        )
        .run(1 + random(count));
    });
  },
  'change when it was done': (folder, random) => {
    change(folder, (database, count) => {
      database
        .prepare(
          "UPDATE events SET metadata = json_set(metadata, '$.at', '2022-07-31T23:59:59.999+08:00') WHERE position = ?",
        )
        .run(1 + random(count));
    });
  },
  'swap what two events say': (folder, random) => {
    change(folder, (database, count) => {
      const [one, other] = twoOf(count, random);
      const row = (position: number) =>
        database.prepare('SELECT * FROM events WHERE position = ?').get(position) as unknown as Row;
      const [first, second] = [row(one), row(other)];
      const write = database.prepare(
        'UPDATE events SET type = ?, data = ?, metadata = ? WHERE position = ?',
      );
      write.run(second.type, second.data, second.metadata, one);
      write.run(first.type, first.data, first.metadata, other);
    });
  },
  'swap two events': (folder, random) => {
    change(folder, (database, count) => {
      const [one, other] = twoOf(count, random);
      const move = database.prepare('UPDATE events SET position = ? WHERE position = ?');
      move.run(-1, one);
      move.run(one, other);
      move.run(other, -1);
    });
  },
  'delete an event': (folder, random) => {
    change(folder, (database, count) => {
      database.prepare('DELETE FROM events WHERE position = ?').run(1 + random(count));
    });
  },
  'delete an event and close the gap': (folder, random) => {
    change(folder, (database, count) => {
      const position = 1 + random(count);
      const { stream, revision } = database
        .prepare('DELETE FROM events WHERE position = ? RETURNING stream, revision')
        .get(position) as unknown as Row;
      shift(database, { position, stream, revision }, -1);
    });
  },
  'insert an event': (folder, random) => {
    change(folder, (database, count) => {
      const sql = 'SELECT * FROM events WHERE position = ?';
      const row = database.prepare(sql).get(1 + random(count)) as unknown as Row;
      shift(database, { ...row, position: row.position - 1, revision: row.revision - 1 }, 1);
      database
        .prepare('INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?)')
        .run(row.position, row.stream, row.revision, 'inserted', row.type, row.data, row.metadata);
    });
  },
  'add an event at the end of what was sealed': (folder) => {
    change(folder, (database, count) => {
      database.exec(`
        UPDATE events SET position = position + 1 WHERE position = ${count};
        INSERT INTO events VALUES (${count}, 'added', 0, 'added', 'Added', '{}',
          (SELECT metadata FROM events WHERE position = 1))`);
    });
  },
  truncate: (folder, random) => {
    change(folder, (database, count) => {
      const left = count - 1 - random(Math.min(50, count - 1));
      database.exec(`DELETE FROM events WHERE position > ${left}`);
      if (random(2) === 0) database.exec(`UPDATE sqlite_sequence SET seq = ${left}`);
    });
  },
  'rebuild the whole log with one event changed, and sign it': async (folder, random) => {
    const rows = inDatabase(
      folder,
      (database) =>
        database.prepare('SELECT * FROM events ORDER BY position').all() as unknown as Row[],
    );
    change(folder, (database) => {
      database.exec(
        'DELETE FROM events; DELETE FROM sqlite_sequence; DELETE FROM tiles; DELETE FROM frontier',
      );
    });
    const victim = random(rows.length);
    const store = openLog(folder);
    await Promise.all(
      rows.map(({ stream, revision, id, type, data, metadata }, index) => {
        const changed = index === victim ? { 改: 'x' } : (JSON.parse(data) as NewEvent['data']);
        const event = {
          id,
          type,
          data: changed,
          metadata: JSON.parse(metadata) as NewEvent['metadata'],
        };
        return store.append(stream, [event], revision === 0 ? 'no-stream' : revision - 1);
      }),
    );
    // With a key of one's own, or as the operator, with the true one.
    await seal(store, random(2) === 0 ? log : otherLog);
    await store.close();
  },
};

/** Lets the tree be grown anew from what the events are now, as a careful forger would. */
export async function regrowTree(folder: string): Promise<void> {
  inDatabase(folder, (database) => {
    database.exec('DELETE FROM tiles; DELETE FROM frontier');
  });
  const store = openLog(folder);
  await store.seal().catch(() => undefined);
  await store.close();
}

function change(
  folder: string,
  work: (database: DatabaseSyncInstance, count: number) => void,
): void {
  inDatabase(folder, (database) => {
    const { count } = database.prepare('SELECT count(*) AS count FROM events').get() as {
      count: number;
    };
    work(database, count);
  });
}

/** Moves what stands after an event, in the log and in its stream. */
function shift(
  database: DatabaseSyncInstance,
  { position, stream, revision }: Pick<Row, 'position' | 'stream' | 'revision'>,
  by: number,
): void {
  // By way of negative numbers: none may stand where another still does.
  database.exec(`UPDATE events SET position = -(position + ${by}) WHERE position > ${position}`);
  database.exec('UPDATE events SET position = -position WHERE position < 0');
  for (const sql of [
    `UPDATE events SET revision = -(revision + ${by} + 1) WHERE stream = ? AND revision > ${revision}`,
    'UPDATE events SET revision = -revision - 1 WHERE stream = ? AND revision < 0',
  ]) {
    database.prepare(sql).run(stream);
  }
  database.exec('UPDATE sqlite_sequence SET seq = (SELECT max(position) FROM events)');
}

function twoOf(count: number, random: Random): [number, number] {
  const one = 1 + random(count);
  const other = 1 + ((one + random(count - 1)) % count);
  return [one, other];
}
