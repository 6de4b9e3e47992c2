import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { StoreUnavailable } from '../../engine/event-store';

type Statement = ReturnType<InstanceType<typeof DatabaseSync>['prepare']>;

export type SqlValue = string | number | boolean | null;

export interface DatabaseOptions {
  /** Milliseconds to wait for another process's write to end. Default 2000. */
  readonly busyTimeout?: number;
}

const preparedStatements = 200;
// SQLite would cut text at a NUL and replace half a surrogate pair, and so take two texts for one.
// eslint's no-control-regex is for typing errors; here the control character is what is looked for.
const unstorableText = /\u0000|\p{Surrogate}/u;

/**
 * One SQLite file, opened for durable writing beside other processes.
 *
 * Transactions do their work at once and synchronously, so nothing else of this process comes
 * between their statements. What SQLite itself reports (busy, disk full, damaged file) rejects as
 * {@link StoreUnavailable}, the transaction undone; whatever else the work throws comes through.
 */
export class Database {
  private readonly statements = new Map<string, Statement>();

  private constructor(
    private readonly path: string,
    private readonly connection: InstanceType<typeof DatabaseSync>,
  ) {}

  /**
   * Opens or makes the file and its folder. `migrations` are the steps that made the schema what it
   * is, one script a version: the file's `user_version` counts those it has been through.
   *
   * Throws an Error for a file of a newer program, StoreUnavailable where it cannot be opened.
   */
  static open(path: string, migrations: readonly string[], options: DatabaseOptions = {}): Database {
    try {
      mkdirSync(dirname(path), { recursive: true });
      const connection = new DatabaseSync(path, { timeout: options.busyTimeout ?? 2000 });
      connection.exec('PRAGMA journal_mode = WAL');
      connection.exec('PRAGMA synchronous = FULL');
      const database = new Database(path, connection);
      database.transaction('IMMEDIATE', () => { database.migrate(migrations); });
      return database;
    } catch (error) {
      throw asUnavailable(path, error);
    }
  }
}
