import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { isBlobFolder, isBlobName, type BlobStore, type Through } from '../../engine/blob-store';
import { StoreUnavailable } from '../../engine/event-store';

/** What a disk answers that is full, failing, or taken away; and a process with too many files open. */
const diskErrors = ['EIO', 'ENOSPC', 'EDQUOT', 'EROFS', 'ENXIO', 'ESTALE', 'EMFILE', 'ENFILE'];

/**
 * Blobs as plain files, `<root>/ab/<folder>/<file>`. What comes in is written to `<root>/incoming` and
 * moved to its place in one step, so that a file in its place is always whole.
 */
export class FileBlobStore implements BlobStore {
  readonly #incoming: string;

  private constructor(private readonly root: string) {
    this.#incoming = join(root, 'incoming');
  }

  /** Makes the folder where it does not exist. */
  static async open(root: string): Promise<FileBlobStore> {
    const store = new FileBlobStore(root);
    await mkdir(store.#incoming, { recursive: true });
    return store;
  }

  /**
   * Removes what a crash left half received. (What another process is receiving into the same folder just
   * then is refused, never damaged.)
   */
  async removeLeftovers(): Promise<void> {
    await rm(this.#incoming, { recursive: true, force: true });
    await mkdir(this.#incoming, { recursive: true });
  }

  async put(content: Readable, through: Through, name: () => string): Promise<void> {
    const received = join(this.#incoming, randomUUID());
    try {
      // The pipeline destroys the source whatever goes wrong; `flush` makes the bytes durable.
      await pipeline(content, through, createWriteStream(received, { flags: 'wx', flush: true }));
      await this.#publish(received, this.#pathOf(name()));
    } catch (error) {
      // Where that fails, too, the next start removes it.
      await rm(received, { force: true }).catch(() => undefined);
      throw asUnavailable(error);
    }
  }

  async get(name: string): Promise<Readable | undefined> {
    if (!isBlobName(name)) return undefined;
    try {
      const file = await open(this.#pathOf(name));
      return file.createReadStream();
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw asUnavailable(error);
    }
  }

  async list(): Promise<readonly string[]> {
    const paths = await readdir(this.root, { recursive: true });
    return paths
      .map((path) => `${basename(dirname(path))}/${basename(path)}`)
      .filter((name) => isBlobName(name));
  }

  async removeFolder(folder: string): Promise<void> {
    if (!isBlobFolder(folder)) throw new Error(`${folder} is no folder of this store`);
    await rm(this.#folderOf(folder), { recursive: true, force: true });
  }

  /** Replacing a file by what means the same is harmless, so that two at once need no lock. */
  async #publish(received: string, path: string): Promise<void> {
    const folder = dirname(path);
    await mkdir(folder, { recursive: true });
    await rename(received, path);
    // All three, new or not: another put may have made a folder and not yet synced it.
    for (const changed of [folder, dirname(folder), this.root]) await syncFolder(changed);
  }

  #pathOf(name: string): string {
    if (!isBlobName(name)) throw new Error('no name of a blob');
    return join(this.#folderOf(dirname(name)), basename(name));
  }

  #folderOf(folder: string): string {
    return join(this.root, folder.slice(0, 2), folder);
  }
}

function asUnavailable(error: unknown): unknown {
  const { code = '' } = error as NodeJS.ErrnoException;
  return diskErrors.includes(code) ? new StoreUnavailable('evidence', error) : error;
}

/** A new name in a folder outlives a power cut only when the folder itself is synced. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return; // Windows opens no folder; its journal keeps the name.
  const folder = await open(path);
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
