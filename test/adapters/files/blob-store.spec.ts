import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';

import { FileBlobStore } from '../../../src/adapters/files/blob-store';
import { StoreUnavailable } from '../../../src/engine/event-store';

describe('A folder of blobs', () => {
  let root: string;
  let store: FileBlobStore;
  beforeEach(async () => {
    root = mkdtempSync(join(tmpdir(), 'blobs-'));
    store = await FileBlobStore.open(root);
  });
  afterEach(() => {
    rmSync(root, { recursive: true });
  });

  /** A write that ends with this error. */
  const failing = (code: string) => {
    const error = Object.assign(new Error('write failed'), { code });
    return store.put(
      Readable.from([Buffer.from('scan')]),
      async function* (chunks) {
        for await (const _ of chunks) throw error;
      },
      () => 'a'.repeat(64),
    );
  };

  it.each(['ENOSPC', 'EIO', 'EROFS', 'EDQUOT'])(
    'is not available while the disk answers %s, and keeps nothing of what came',
    async (code) => {
      await expect(failing(code)).rejects.toBeInstanceOf(StoreUnavailable);
      expect(readdirSync(join(root, 'incoming'))).toEqual([]);
    },
  );

  it('passes on what is wrong with what comes', async () => {
    await expect(failing('ECONNRESET')).rejects.toMatchObject({ code: 'ECONNRESET' });
  });
});
