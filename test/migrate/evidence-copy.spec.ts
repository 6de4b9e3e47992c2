import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';

import { FileBlobStore } from '../../src/adapters/files/blob-store';
import { GridFsBlobStore } from '../../src/adapters/mongodb/blob-store';
import { MongoConnection } from '../../src/adapters/mongodb/connection';
import { copyEvidence } from '../../src/cli/migrate/evidence-copy';
import type { BlobStore } from '../../src/engine/blob-store';
import { MongoStandIn } from '../support/stand-ins/mongodb/server';

const nothing = (): undefined => undefined;

describe('Copying evidence', () => {
  let folder: string;
  let standIn: MongoStandIn;
  let connection: MongoConnection;
  let files: BlobStore;
  let gridFs: BlobStore;
  const blobs = [10, 1000, 300_000, 2_500_000].map((size) => Buffer.alloc(size, `${size}`));
  const names = blobs.map((blob) => {
    const hash = createHash('sha256').update(blob).digest('hex');
    return `${hash.replace(/^.{4}/, 'aaaa')}/${hash}`;
  });

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'title-review-migrate-'));
    standIn = await new MongoStandIn().start();
    connection = MongoConnection.open(standIn.url);
    gridFs = new GridFsBlobStore(connection);
    files = await FileBlobStore.open(join(folder, 'evidence'));
    for (const [n, blob] of blobs.entries()) await put(files, blob, names[n] ?? '');
  });
  afterEach(async () => {
    await connection.close();
    await standIn.stop();
    rmSync(folder, { recursive: true });
  });

  it('brings every file to GridFS, and back into a folder, as it is', async () => {
    const back = await FileBlobStore.open(join(folder, 'back'));
    await copyEvidence(files, gridFs, await files.list(), nothing);
    await copyEvidence(gridFs, back, await gridFs.list(), nothing);
    for (const [n, name] of names.entries()) {
      expect(await contentOf(gridFs, name)).toEqual(blobs[n]);
      expect(await contentOf(back, name)).toEqual(blobs[n]);
    }
  });

  it('copies again only what is missing', async () => {
    await copyEvidence(files, gridFs, names.slice(0, 2), nothing);
    const putting = jest.spyOn(gridFs, 'put');
    let told = 0;
    await copyEvidence(files, gridFs, names, () => (told += 1));
    expect(putting).toHaveBeenCalledTimes(2);
    expect(told).toBe(4);
  });

  it('mends a file that is damaged where it is copied to', async () => {
    const [, second = ''] = names;
    const target = await FileBlobStore.open(join(folder, 'target'));
    await copyEvidence(files, target, names, nothing);
    truncateSync(join(folder, 'target', dirname(second).slice(0, 2), second), 999);
    await copyEvidence(files, target, names, nothing);
    expect(await contentOf(target, second)).toEqual(blobs[1]);
  });

  it('is refused where a whole file does not arrive whole', async () => {
    jest.spyOn(gridFs, 'get').mockResolvedValue(undefined);
    await expect(copyEvidence(files, gridFs, names, nothing)).rejects.toThrow('arrive whole');
  });
});

function put(store: BlobStore, content: Buffer, name: string): Promise<void> {
  return store.put(
    Readable.from([content], { objectMode: false }),
    (chunks) => chunks,
    () => name,
  );
}

async function contentOf(store: BlobStore, name: string): Promise<Buffer | undefined> {
  const content = await store.get(name);
  return content && buffer(content);
}
