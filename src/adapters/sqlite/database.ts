import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync, type DatabaseSyncInstance } from '@photostructure/sqlite';
import { StoreUnavailable } from '../../engine/event-store';

type Statement = ReturnType<DatabaseSyncInstance['prepare']>;

export type SqlValue = string | number | boolean | Uint8Array | null;

export interface DatabaseOptions {
  /** Milliseconds to wait for another process's write to end. Default 2000. */
  readonly busyTimeout?: number;
  /**
   * Whether what was written may be gone after a power cut, the newest first and each transaction whole: for
   * what is made anew from elsewhere. Spares every transaction its wait for the disk.
   */
  readonly replaceable?: boolean;
}

const mostStatementsKept = 200;

/**
 * One SQLite file, opened for durable writing (unless it is replaceable) beside other processes.
 *
 * A transaction does its work at once and synchronously, so nothing else of this process comes
 * between its statements. What SQLite itself reports (busy, disk full, damaged file) rejects as
 * {@link StoreUnavailable}, the transaction undone; whatever else the work throws comes through.
 */
export class Database {
  private readonly statements = new Map<string, Statement>();

  private constructor(
    private readonly path: string,
    private readonly connection: DatabaseSyncInstance,
  ) {}

  /**
   * Opens or makes the file and its folder. `migrations` are the steps that made the schema what it
   * is, one script a version: the file's `user_version` counts those it has been through.
   *
   * Throws an Error for a file of a newer program, StoreUnavailable where it cannot be opened.
   */
  static open(
    path: string,
    migrations: readonly string[],
    options: DatabaseOptions = {},
  ): Database {
    mkdirSync(dirname(path), { recursive: true });
    let connection: DatabaseSyncInstance | undefined;
    try {
      connection = new DatabaseSync(path, { timeout: options.busyTimeout ?? 2000 });
      const synchronous = options.replaceable === true ? 'NORMAL' : 'FULL';
      connection.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = ${synchronous}`);
      const database = new Database(path, connection);
      database.transact('IMMEDIATE', () => {
        database.migrate(migrations);
      });
      return database;
    } catch (error) {
      connection?.close();
      throw asUnavailable(path, error);
    }
  }

  /** Statements that see one state of the file, whatever other processes write meanwhile. */
  read<T>(work: () => T): Promise<T> {
    return this.settle('DEFERRED', work);
  }

  /** Statements that are applied durably and all together, or not at all. */
  write<T>(work: () => T): Promise<T> {
    return this.settle('IMMEDIATE', work);
  }

  get(sql: string, ...values: readonly SqlValue[]): unknown {
    return this.statement(sql).get(...bindable(values));
  }

  all(sql: string, ...values: readonly SqlValue[]): unknown[] {
    return this.statement(sql).all(...bindable(values));
  }

  /** Number of rows changed, and the row id of the last one inserted. */
  run(sql: string, ...values: readonly SqlValue[]): { changes: number; lastRowId: number } {
    const { changes, lastInsertRowid } = this.statement(sql).run(...bindable(values));
    return { changes, lastRowId: Number(lastInsertRowid) };
  }

  exec(sql: string): void {
    this.connection.exec(sql);
  }

  /** The file then holds everything: whoever copies it needs nothing of what lies beside it. */
  close(): void {
    this.statements.clear();
    if (!this.connection.isOpen) return;
    try {
      // Statements live until they are collected as garbage, and SQLite does this with the last of them.
      this.connection.exec('PRAGMA wal_checkpoint(PASSIVE)');
    } catch {
      // On a full or failing disk it stays beside the file, and is found there.
    }
    this.connection.close();
  }

  private settle<T>(mode: 'DEFERRED' | 'IMMEDIATE', work: () => T): Promise<T> {
    return new Promise((resolve) => {
      try {
        resolve(this.transact(mode, work));
      } catch (error) {
        throw asUnavailable(this.path, error);
      }
    });
  }

  private transact<T>(mode: 'DEFERRED' | 'IMMEDIATE', work: () => T): T {
    if (!this.connection.isOpen) throw new StoreUnavailable(this.path, new Error('closed'));
    this.run(`BEGIN ${mode}`);
    try {
      const result = work();
      this.run('COMMIT');
      return result;
    } catch (error) {
      // Out of space or on an I/O error SQLite has rolled back by itself.
      if (this.connection.isTransaction) this.connection.exec('ROLLBACK');
      throw error;
    }
  }

  private migrate(migrations: readonly string[]): void {
    const { user_version: version } = this.get('PRAGMA user_version') as { user_version: number };
    if (version > migrations.length) {
      throw new Error(
        `${this.path} was written by a newer version of this program: ` +
          `its schema is ${version}, the newest known here is ${migrations.length}`,
      );
    }
    for (const script of migrations.slice(version)) this.exec(script);
    this.exec(`PRAGMA user_version = ${migrations.length}`);
  }

  private statement(sql: string): Statement {
    let statement = this.statements.get(sql);
    if (statement === undefined) {
      if (this.statements.size >= mostStatementsKept) this.statements.clear();
      statement = this.connection.prepare(sql);
      this.statements.set(sql, statement);
    }
    return statement;
  }
}

function bindable(values: readonly SqlValue[]): (string | number | Uint8Array | null)[] {
  return values.map((value) => {
    if (typeof value === 'boolean') return Number(value);
    if (typeof value === 'string') checkText(value);
    return value;
  });
}

/**
 * Throws TypeError for text that would not be kept as it is: SQLite cuts it at a NUL and replaces half a surrogate
 * pair, so that two texts would become one.
 */
export function checkText(text: string): void {
  if (!text.isWellFormed() || text.includes('\0')) {
    throw new TypeError('text with a NUL or half a surrogate pair cannot be stored or looked up');
  }
}

/** SQLite's own errors are told by their number: they have no class of their own. */
function asUnavailable(path: string, error: unknown): unknown {
  const isOfSqlite = typeof error === 'object' && error !== null && 'errcode' in error;
  return isOfSqlite ? new StoreUnavailable(path, error) : error;
}
