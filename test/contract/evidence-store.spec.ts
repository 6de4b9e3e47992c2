import { mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { EncryptedEvidenceStore } from '../../src/adapters/evidence/encrypted-evidence-store';
import { FileBlobStore } from '../../src/adapters/files/blob-store';
import { masterSecret, MemoryKeyStore, personKeys } from '../support/memory-key-store';
import { evidenceStoreContract, limit, pdfOf, samples, sha256 } from './evidence-store.contract';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

const folders: string[] = [];

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'evidence-'));
  folders.push(folder);
  return folder;
}

afterAll(async () => {
  for (const folder of folders) await rm(folder, { recursive: true });
});

const overFiles = async (root: string, keyStore = new MemoryKeyStore(), most = limit) =>
  new EncryptedEvidenceStore(
    await FileBlobStore.open(root),
    personKeys(keyStore),
    masterSecret,
    most,
  );

evidenceStoreContract('Encrypted files', async () => overFiles(await newFolder()));

describe('Encrypted evidence in files', () => {
  const pdf = samples['application/pdf'];
  const png = samples['image/png'];
  const owner = 'alice';
  let root: string;
  let keyStore: MemoryKeyStore;
  let store: EncryptedEvidenceStore;

  beforeEach(async () => {
    root = await newFolder();
    keyStore = new MemoryKeyStore();
    store = await overFiles(root, keyStore);
  });

  const put = (bytes: Buffer, by = owner) => store.put(by, Readable.from([bytes]));
  const read = async (bytes: Buffer) => {
    const content = await store.get(owner, sha256(bytes));
    return content && (await buffer(content));
  };
  async function paths(): Promise<string[]> {
    const entries = await readdir(root, { recursive: true, withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => join(parentPath, name));
  }

  it('tells nothing by the bytes and the names on disk', async () => {
    const secret = Buffer.from('%PDF-1.7 canary canary %%EOF');
    await put(secret);
    const [path = ''] = await paths();
    expect((await readFile(path)).includes('canary')).toBe(false);
    expect(path).not.toContain(sha256(secret));
    expect(path).not.toContain(owner);
    expect(path.slice(root.length)).toMatch(/^\/[0-9a-f]{2}\/[0-9a-f]{64}\/[0-9a-f]{64}$/);
  });

  it('keeps the same bytes once a person, under names that differ', async () => {
    await Promise.all(Array.from({ length: 8 }, () => put(pdf)));
    expect(await paths()).toHaveLength(1);
    await put(pdf, 'bob');
    const names = (await paths()).map((path) => basename(path));
    expect(new Set(names).size).toBe(2);
  });

  it('is refused when two files of one person are exchanged', async () => {
    await put(pdf);
    const [first = ''] = await paths();
    await put(png);
    const [second = ''] = (await paths()).filter((path) => path !== first);
    const bytes = await readFile(first);
    await writeFile(first, await readFile(second));
    await writeFile(second, bytes);
    await expect(read(pdf)).rejects.toMatchObject({ name: 'NotAuthentic' });
    await expect(read(png)).rejects.toMatchObject({ name: 'NotAuthentic' });
  });

  it('is refused when it was cut off or changed', async () => {
    await put(pdf);
    const [path = ''] = await paths();
    const bytes = await readFile(path);
    await truncate(path, bytes.length - 1);
    await expect(read(pdf)).rejects.toMatchObject({ name: 'NotAuthentic' });
    bytes[60] = (bytes[60] ?? 0) ^ 1;
    await writeFile(path, bytes);
    await expect(read(pdf)).rejects.toMatchObject({ name: 'NotAuthentic' });
  });

  it('is gone with the key, and nothing more is taken', async () => {
    await put(pdf);
    await personKeys(keyStore).destroy(owner);
    store = await overFiles(root, keyStore);
    expect(await read(pdf)).toBeUndefined();
    await expect(put(png)).rejects.toMatchObject({ name: 'ErasedPerson' });
    expect(await paths()).toHaveLength(1);
    await store.erase(owner);
    expect(await paths()).toEqual([]);
  });

  it('is not taken, and lets go of the source, while the keys are out of reach', async () => {
    keyStore.down = true;
    const source = new Readable({ read: () => undefined });
    await expect(store.put(owner, source)).rejects.toMatchObject({ name: 'StoreUnavailable' });
    expect(source.destroyed).toBe(true);
    expect(await paths()).toEqual([]);
  });

  it('leaves nothing of what it refused', async () => {
    const refused = [Buffer.from('text'), pdfOf(limit + 1), pdf.subarray(0, 12)];
    for (const bytes of refused) await expect(put(bytes)).rejects.toThrow('refused');
    expect(await paths()).toEqual([]);
  });

  it('shows nothing at the address while it is received', async () => {
    const slow = new Readable({ read: () => undefined });
    slow.push(pdf);
    const putting = store.put(owner, slow);
    while ((await paths()).length === 0) await new Promise(setImmediate);
    expect(await read(pdf)).toBeUndefined();
    slow.push(null);
    await putting;
    expect(await read(pdf)).toEqual(pdf);
  });

  it('removes what a crash left half received, and keeps what was stored', async () => {
    await put(pdf);
    const [path] = await paths();
    await writeFile(join(root, 'incoming', 'left-by-a-crash'), '%PDF-');
    const restarted = await FileBlobStore.open(root);
    await restarted.removeLeftovers();
    expect(await paths()).toEqual([path]);
  });

  it('rejects, and lets go of the source, when the disk does not take it', async () => {
    await rm(join(root, 'incoming'), { recursive: true });
    const source = new Readable({ read: () => undefined });
    await expect(store.put(owner, source)).rejects.toMatchObject({ code: 'ENOENT' });
    expect(source.destroyed).toBe(true);
  });

  it('reports a broken disk instead of an unknown address', async () => {
    await put(pdf);
    const [path = ''] = await paths();
    await rm(dirname(path), { recursive: true });
    await writeFile(dirname(path), 'a file where a folder belongs');
    await expect(read(pdf)).rejects.toMatchObject({ code: 'ENOTDIR' });
  });

  it('streams a large file with little memory, and stops when its reader does', async () => {
    const size = 64 * 1024 * 1024;
    store = await overFiles(root, keyStore, size);
    const piece = Buffer.alloc(64 * 1024, 'x');
    let most = 0;
    const look = (done: number): void => {
      if (done % (8 * 1024 * 1024) >= piece.length) return;
      // What the first lets go is counted until it is swept, which the second waits for.
      collectGarbage();
      collectGarbage();
      most = Math.max(most, process.memoryUsage().arrayBuffers);
    };
    const large = function* () {
      yield Buffer.from('%PDF-');
      for (let given = 5; given + piece.length <= size - 5; given += piece.length) {
        look(given);
        yield Buffer.from(piece);
      }
      yield Buffer.from('%%EOF');
    };
    collectGarbage();
    const before = process.memoryUsage().arrayBuffers;
    const { sha256: address, bytes } = await store.put(owner, Readable.from(large()));
    expect(bytes).toBeGreaterThan(size - 2 * piece.length);
    let read = 0;
    for await (const chunk of (await store.get(owner, address)) ?? []) {
      read += (chunk as Buffer).length;
      look(read);
    }
    expect(read).toBe(bytes);
    expect(most - before).toBeLessThan(size / 3);

    const left = await store.get(owner, address);
    for await (const chunk of left ?? []) {
      expect(chunk).toHaveLength(piece.length);
      break;
    }
    expect(left?.destroyed).toBe(true);
  });
});
