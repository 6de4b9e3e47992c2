import { setTimeout as sleep } from 'node:timers/promises';

import { StoreUnavailable } from '../../engine/event-store';
import type { KeyRecord, KeyStore, PersonRecord, WrappedKey } from '../../engine/key-store';
import { checkText, Database, type DatabaseOptions } from './database';

const migrations = [
  // A destroyed key leaves its row, with neither.
  `CREATE TABLE person_keys (
     person TEXT PRIMARY KEY,
     master TEXT,
     wrapped TEXT,
     CHECK ((master IS NULL) = (wrapped IS NULL))
   ) STRICT, WITHOUT ROWID`,
];

interface Row {
  readonly person: string;
  readonly master: string | null;
  readonly wrapped: string | null;
}

/** Attempts to empty the write-ahead log, and milliseconds between them. */
const attempts = 50;
const pause = 100;

/**
 * Persons' keys in a SQLite file of their own, so that a copy of the log is worth nothing without a copy
 * of this one. What is deleted is overwritten with zeros, in the file and in its write-ahead log.
 */
export class SqliteKeyStore implements KeyStore {
  private constructor(
    private readonly path: string,
    private readonly database: Database,
    private readonly busyTimeout: number,
  ) {}

  /** Opens or makes the file. Errors as {@link Database.open}. */
  static open(path: string, { busyTimeout = 2000 }: DatabaseOptions = {}): SqliteKeyStore {
    const database = Database.open(path, migrations, { busyTimeout });
    database.exec('PRAGMA secure_delete = ON');
    return new SqliteKeyStore(path, database, busyTimeout);
  }

  find(person: string): Promise<KeyRecord | undefined> {
    return this.database.read(() => this.recordOf(person));
  }

  async add(person: string, { master, wrapped }: WrappedKey): Promise<KeyRecord> {
    checkText(person);
    const sql = 'INSERT INTO person_keys VALUES (?, ?, ?) ON CONFLICT DO NOTHING';
    const there = await this.database.write(() => {
      this.database.run(sql, person, master, wrapped);
      return this.recordOf(person);
    });
    if (there === undefined) throw new Error('a key that was added is not there');
    return there;
  }

  async replace(person: string, from: WrappedKey, to: WrappedKey): Promise<void> {
    const sql = 'UPDATE person_keys SET master = ?, wrapped = ? WHERE person = ? AND wrapped = ?';
    await this.database.write(() =>
      this.database.run(sql, to.master, to.wrapped, person, from.wrapped),
    );
  }

  async destroy(person: string): Promise<void> {
    checkText(person);
    const sql = `INSERT INTO person_keys VALUES (?, NULL, NULL)
                 ON CONFLICT DO UPDATE SET master = NULL, wrapped = NULL`;
    await this.database.write(() => this.database.run(sql, person));
    await this.settle();
  }

  list(after: string | null, limit: number): Promise<readonly PersonRecord[]> {
    const sql = `SELECT person, master, wrapped FROM person_keys
                 WHERE person > ? ORDER BY person LIMIT ?`;
    return this.database.read(() =>
      (this.database.all(sql, after ?? '', limit) as Row[]).map((row) => ({
        person: row.person,
        record: recordOf(row),
      })),
    );
  }

  otherMaster(masters: readonly string[]): Promise<string | undefined> {
    const known = masters.map(() => '?').join(', ');
    const sql = `SELECT master FROM person_keys WHERE master NOT IN (${known}) LIMIT 1`;
    return this.database.read(() => {
      const row = this.database.get(sql, ...masters) as Pick<Row, 'master'> | undefined;
      return row?.master ?? undefined;
    });
  }

  /** Another process that reads just then holds the write-ahead log: it is asked for again. */
  async settle(): Promise<void> {
    for (let attempt = 1; !this.checkpointed(); attempt += 1) {
      if (attempt === attempts) {
        throw new StoreUnavailable(this.path, new Error('its write-ahead log is held by a reader'));
      }
      await sleep(pause);
    }
  }

  close(): Promise<void> {
    this.database.close();
    return Promise.resolve();
  }

  private checkpointed(): boolean {
    // SQLite's own waiting would hold up the process.
    this.database.exec('PRAGMA busy_timeout = 0');
    const { busy } = this.database.get('PRAGMA wal_checkpoint(TRUNCATE)') as { busy: number };
    this.database.exec(`PRAGMA busy_timeout = ${this.busyTimeout}`);
    return busy === 0;
  }

  private recordOf(person: string): KeyRecord | undefined {
    const sql = 'SELECT person, master, wrapped FROM person_keys WHERE person = ?';
    const row = this.database.get(sql, person);
    return row === undefined ? undefined : recordOf(row as Row);
  }
}

function recordOf({ master, wrapped }: Row): KeyRecord {
  return master === null || wrapped === null ? 'destroyed' : { master, wrapped };
}
