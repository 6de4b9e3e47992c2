import { DatabaseSync } from '@photostructure/sqlite';

/**
 * What must be known of all events before: the next revision of each stream, and every id. In a
 * temporary file, so that a log of any length is checked in the same memory.
 */
export class Ledger {
  readonly #database = new DatabaseSync('');
  readonly #revision;
  readonly #id;

  constructor() {
    this.#database.exec(`
      PRAGMA journal_mode = OFF;
      PRAGMA synchronous = OFF;
      PRAGMA cache_size = -65536;
      CREATE TABLE streams (stream BLOB PRIMARY KEY, next INTEGER NOT NULL) WITHOUT ROWID;
      CREATE TABLE ids (id BLOB PRIMARY KEY) WITHOUT ROWID;
      BEGIN`);
    this.#revision = this.#database.prepare(
      `INSERT INTO streams VALUES (?, 1) ON CONFLICT DO UPDATE SET next = next + 1
       RETURNING next - 1 AS revision`,
    );
    this.#id = this.#database.prepare('INSERT OR IGNORE INTO ids VALUES (?)');
  }

  /** The revision that the stream's next event must have. */
  nextRevision(stream: Buffer): string {
    return String((this.#revision.get(stream) as { revision: number }).revision);
  }

  /** False for an id that was there before. */
  isNew(id: Buffer): boolean {
    return this.#id.run(id).changes === 1;
  }

  close(): void {
    this.#database.close();
  }
}
