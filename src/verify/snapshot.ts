import { copyFileSync, existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { DatabaseSync, type DatabaseSyncInstance } from '@photostructure/sqlite';

/** One state of a SQLite file. */
export interface Snapshot {
  readonly database: DatabaseSyncInstance;
  close(): void;
}

/**
 * Opens a file so that nothing of its folder changes: SQLite itself, though it only reads, would put files of
 * its own beside it. Beside a running service it reads through what is there; of a copy whose newest
 * changes are still in `-wal` it reads a copy.
 */
export function openSnapshot(path: string): Snapshot {
  const wal = `${path}-wal`;
  if (existsSync(`${path}-shm`)) return begun(new DatabaseSync(path, { readOnly: true }));
  if (!existsSync(wal) || statSync(wal).size === 0) return begun(unchanging(path));

  const folder = mkdtempSync(join(tmpdir(), 'verify-'));
  const copy = join(folder, 'copy.db');
  copyFileSync(path, copy);
  copyFileSync(wal, `${copy}-wal`);
  const discard = () => {
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    return begun(new DatabaseSync(copy), discard);
  } catch (error) {
    discard();
    throw error;
  }
}

function unchanging(path: string): DatabaseSyncInstance {
  const url = pathToFileURL(resolve(path));
  url.searchParams.set('immutable', '1');
  return new DatabaseSync(url, { readOnly: true });
}

function begun(database: DatabaseSyncInstance, afterwards?: () => void): Snapshot {
  try {
    // Nothing that a forged file declares is to be run.
    database.exec('PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; BEGIN');
  } catch (error) {
    database.close();
    throw error;
  }
  return {
    database,
    close: () => {
      database.close();
      afterwards?.();
    },
  };
}

/** What SQLite itself finds wrong with the file; undefined where it is sound. */
export function damageOf(database: DatabaseSyncInstance): string | undefined {
  const rows = database.prepare('PRAGMA integrity_check(3)').all();
  const lines = rows.map((row) => String((row as { integrity_check: unknown }).integrity_check));
  return lines.length === 1 && lines[0] === 'ok' ? undefined : lines.join('; ');
}
