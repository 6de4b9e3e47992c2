import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { EvidenceStore, StoredEvidence } from '../../engine/evidence-store';
import { Inspection, isAddress } from '../evidence/inspection';

/**
 * Evidence as plain files, `<root>/ab/cd/<sha256>`. What comes in is written to `<root>/incoming` and
 * moved to its address in one step, so that a file at an address is always whole.
 */
export class FileEvidenceStore implements EvidenceStore {
  readonly #incoming: string;

  private constructor(
    private readonly root: string,
    private readonly limit: number,
  ) {
    this.#incoming = join(root, 'incoming');
  }

  /**
   * Makes the folder where it does not exist and removes what a crash left half received. (What
   * another process is receiving into the same folder just then is refused, never damaged.)
   *
   * @param limit largest file taken, in bytes
   */
  static async open(root: string, limit: number): Promise<FileEvidenceStore> {
    const store = new FileEvidenceStore(root, limit);
    await rm(store.#incoming, { recursive: true, force: true });
    await mkdir(store.#incoming, { recursive: true });
    return store;
  }

  async put(content: Readable): Promise<StoredEvidence> {
    const received = join(this.#incoming, randomUUID());
    const inspection = new Inspection(this.limit);
    try {
      // The pipeline destroys the source whatever goes wrong; `flush` makes the bytes durable.
      await pipeline(
        content,
        (chunks: AsyncIterable<Buffer>) => inspection.of(chunks),
        createWriteStream(received, { flags: 'wx', flush: true }),
      );
      const evidence = inspection.result();
      await this.#publish(received, evidence.sha256);
      return evidence;
    } catch (error) {
      await rm(received, { force: true });
      throw error;
    }
  }

  async get(sha256: string): Promise<Readable | undefined> {
    if (!isAddress(sha256)) return undefined;
    try {
      const file = await open(this.#addressOf(sha256));
      return file.createReadStream();
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    }
  }

  /** Replacing a file by the same bytes is harmless, so that two at once need no lock. */
  async #publish(received: string, sha256: string): Promise<void> {
    const address = this.#addressOf(sha256);
    const folder = dirname(address);
    await mkdir(folder, { recursive: true });
    await rename(received, address);
    // All three, new or not: another put may have made a folder and not yet synced it.
    for (const changed of [folder, dirname(folder), this.root]) await syncFolder(changed);
  }

  #addressOf(sha256: string): string {
    return join(this.root, sha256.slice(0, 2), sha256.slice(2, 4), sha256);
  }
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
