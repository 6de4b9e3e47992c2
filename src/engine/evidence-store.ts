import type { Readable } from 'node:stream';

export type MediaType = 'application/pdf' | 'image/jpeg' | 'image/png';

export interface StoredEvidence {
  /** SHA-256 of the bytes, lower-case hex: the file's address. */
  readonly sha256: string;
  readonly mediaType: MediaType;
  readonly bytes: number;
}

/**
 * Keeps scanned evidence (佐证材料), each file for the person it is about, by its content: the same bytes
 * of one person are kept once, and are never changed.
 */
export interface EvidenceStore {
  /**
   * Takes in a stream; durable when it resolves. Rejects with {@link UnacceptableEvidence} and keeps
   * nothing where the content is none of the media types, is cut off, or is larger than the limit; with
   * ErasedPerson where nothing of the owner is kept any more.
   */
  put(owner: string, content: Readable): Promise<StoredEvidence>;
  /** The content from its beginning; undefined for an address the owner has no file at. */
  get(owner: string, sha256: string): Promise<Readable | undefined>;
  /** Removes every file of the owner. */
  erase(owner: string): Promise<void>;
}

export class UnacceptableEvidence extends Error {
  override readonly name = 'UnacceptableEvidence';
  constructor(readonly reason: 'unknown-type' | 'damaged' | 'too-large' | 'empty') {
    super(`evidence refused: ${reason}`);
  }
}
