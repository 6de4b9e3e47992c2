import { createHash } from 'node:crypto';

import type { BlobStore } from '../../engine/blob-store';

/**
 * Copies every file the other store lacks, as it is kept: encrypted, and named by a keyed hash. Each is
 * read back from there and must be the same. Rejects where one does not arrive whole.
 */
export async function copyEvidence(
  from: BlobStore,
  to: BlobStore,
  names: readonly string[],
  onFile: () => void,
): Promise<void> {
  for (const name of names) {
    const digest = await digestOf(from, name);
    if (digest !== (await digestOf(to, name))) await copy(from, to, name, digest);
    onFile();
  }
}

async function copy(
  from: BlobStore,
  to: BlobStore,
  name: string,
  digest: string | undefined,
): Promise<void> {
  const content = await from.get(name);
  const asItIs = (chunks: AsyncIterable<Buffer>): AsyncIterable<Buffer> => chunks;
  if (content !== undefined) await to.put(content, asItIs, () => name);
  if (digest !== (await digestOf(to, name))) {
    throw new Error(`Evidence ${name} did not arrive whole.`);
  }
}

/** SHA-256 of what is kept under the name; undefined for nothing. */
async function digestOf(store: BlobStore, name: string): Promise<string | undefined> {
  const content = await store.get(name);
  if (content === undefined) return undefined;
  const hash = createHash('sha256');
  for await (const piece of content) hash.update(piece as Buffer);
  return hash.digest('hex');
}
