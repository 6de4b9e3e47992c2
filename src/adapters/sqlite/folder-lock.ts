import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync, type DatabaseSyncInstance } from '@photostructure/sqlite';
import { CannotConnect } from '../../engine/cannot-connect';

/**
 * Keeps a data folder to one process. SQLite's own lock on a file of no content: the system lets it go
 * whichever way the process ends, so that none is ever left behind.
 */
export class FolderLock {
  private constructor(private readonly held: DatabaseSyncInstance) {}

  /** Throws {@link CannotConnect} where another holds it. */
  static take(folder: string): FolderLock {
    mkdirSync(folder, { recursive: true });
    const file = new DatabaseSync(join(folder, 'in-use.lock'), { timeout: 0 });
    try {
      file.exec('BEGIN EXCLUSIVE');
      return new FolderLock(file);
    } catch {
      file.close();
      throw new CannotConnect(
        `Another process of this service uses DATA_DIR (${folder}); stop it, choose another DATA_DIR, ` +
          'or set EVENTSTORE_URL and MONGODB_URL for several instances.',
      );
    }
  }

  release(): void {
    this.held.close();
  }
}
