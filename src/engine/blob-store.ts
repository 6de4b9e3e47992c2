import type { Readable } from 'node:stream';

/** What passes, changed on its way. */
export type Through = (chunks: AsyncIterable<Buffer>) => AsyncIterable<Buffer>;

/**
 * Keeps streams of bytes by name, of which it understands nothing. A name is two hashes, `<folder>/<file>`;
 * what is there under a name is whole, and is only ever replaced by what means the same.
 *
 * Rejects with StoreUnavailable where it cannot be reached.
 */
export interface BlobStore {
  /**
   * Takes in a stream by way of `through`, under the name that is asked for once all has passed; durable
   * when it resolves. Keeps nothing, and lets go of the stream, where any of them fails.
   */
  put(content: Readable, through: Through, name: () => string): Promise<void>;
  /** From its beginning; undefined where there is none of the name. */
  get(name: string): Promise<Readable | undefined>;
  /** The names of all it keeps. */
  list(): Promise<readonly string[]>;
  /** Removes all it keeps in a folder. */
  removeFolder(folder: string): Promise<void>;
}

/** Nothing but a name reaches a store, so that none leads out of it. */
export function isBlobName(text: string): boolean {
  return /^[0-9a-f]{64}\/[0-9a-f]{64}$/.test(text);
}

export function isBlobFolder(text: string): boolean {
  return /^[0-9a-f]{64}$/.test(text);
}
