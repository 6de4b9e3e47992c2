import { createHash, createHmac, type KeyObject } from 'node:crypto';
import { Readable } from 'node:stream';

import { NotAuthentic } from '../../engine/aes-gcm';
import type { BlobStore } from '../../engine/blob-store';
import type { EvidenceStore, StoredEvidence } from '../../engine/evidence-store';
import { ErasedPerson, type PersonKey, type PersonKeys } from '../../engine/person-keys';
import { decryptedFile, encryptedFile } from './encrypted-file';
import { Inspection, isAddress } from './inspection';

/**
 * Evidence encrypted with its owner's key, on whatever keeps the bytes. A file is found by its content, but
 * the name it is kept under is a keyed hash: it tells neither the content nor whose it is. A person's
 * files lie in a folder of their own, so that all can be removed, also when the key is gone.
 */
export class EncryptedEvidenceStore implements EvidenceStore {
  /**
   * @param folderKey names the owners' folders
   * @param limit largest file taken, in bytes
   */
  constructor(
    private readonly blobs: BlobStore,
    private readonly keys: PersonKeys,
    private readonly folderKey: KeyObject,
    private readonly limit: number,
  ) {}

  async put(owner: string, content: Readable): Promise<StoredEvidence> {
    const inspection = new Inspection(this.limit);
    let key: PersonKey | undefined;
    let stored: StoredEvidence | undefined;
    const keyOf = async (): Promise<PersonKey> => (key = await this.#keyOf(owner));
    await this.blobs.put(
      content,
      // Asked for in here: by now somebody listens to the source, which may break off at any time.
      async function* (chunks) {
        yield* encryptedFile(inspection.of(chunks), (await keyOf()).files);
      },
      () => {
        stored = inspection.result();
        if (key === undefined) throw new Error('it was kept without a key');
        return this.#nameOf(owner, key, stored.sha256);
      },
    );
    if (stored === undefined) throw new Error('it was kept under no name');
    return stored;
  }

  async get(owner: string, sha256: string): Promise<Readable | undefined> {
    if (!isAddress(sha256)) return undefined;
    const key = await this.keys.existing(owner);
    if (key === undefined || key === 'erased') return undefined;
    const blob = await this.blobs.get(this.#nameOf(owner, key, sha256));
    if (blob === undefined) return undefined;
    const plain = verified(decryptedFile(blob, key.files), sha256);
    const content = Readable.from(plain, { objectMode: false });
    // Whoever goes away while a piece is awaited waits for nothing.
    return content.once('close', () => blob.destroy());
  }

  erase(owner: string): Promise<void> {
    return this.blobs.removeFolder(this.#folderOf(owner));
  }

  async #keyOf(owner: string): Promise<PersonKey> {
    const key = await this.keys.keyOf(owner);
    if (key !== 'erased') return key;
    throw new ErasedPerson('no evidence can be kept of a person who was erased');
  }

  #nameOf(owner: string, { fileNames }: PersonKey, sha256: string): string {
    const file = createHmac('sha256', fileNames).update(sha256).digest('hex');
    return `${this.#folderOf(owner)}/${file}`;
  }

  #folderOf(owner: string): string {
    return createHmac('sha256', this.folderKey).update(`evidence:${owner}`).digest('hex');
  }
}

/** Gives the last piece away only when all are what the address says: one file is never taken for another. */
async function* verified(pieces: AsyncIterable<Buffer>, sha256: string): AsyncGenerator<Buffer> {
  const hash = createHash('sha256');
  let held: Buffer | undefined;
  for await (const piece of pieces) {
    hash.update(piece);
    if (held !== undefined) yield held;
    held = piece;
  }
  if (hash.digest('hex') !== sha256) throw new NotAuthentic('the evidence is another file');
  if (held !== undefined) yield held;
}
