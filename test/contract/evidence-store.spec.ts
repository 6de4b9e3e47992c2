import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { FileEvidenceStore } from '../../src/adapters/files/evidence-store';
import { evidenceStoreContract, limit, pdfOf, samples, sha256 } from './evidence-store.contract';

const folders: string[] = [];

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'evidence-'));
  folders.push(folder);
  return folder;
}

afterAll(async () => {
  for (const folder of folders) await rm(folder, { recursive: true });
});

evidenceStoreContract('FileEvidenceStore', async () =>
  FileEvidenceStore.open(await newFolder(), limit),
);

describe('FileEvidenceStore', () => {
  const pdf = samples['application/pdf'];
  const address = sha256(pdf);
  let root: string;
  let store: FileEvidenceStore;

  beforeEach(async () => {
    root = await newFolder();
    store = await FileEvidenceStore.open(root, limit);
  });

  async function files(): Promise<string[]> {
    const entries = await readdir(root, { recursive: true, withFileTypes: true });
    return entries.filter((entry) => entry.isFile()).map(({ name }) => name);
  }

  it('keeps a file two folders deep by its hash', async () => {
    await store.put(Readable.from([pdf]));
    const path = join(root, address.slice(0, 2), address.slice(2, 4), address);
    expect(await readFile(path)).toEqual(pdf);
  });

  it('keeps the same bytes once', async () => {
    const puts = Array.from({ length: 8 }, () => store.put(Readable.from([pdf])));
    await Promise.all(puts);
    expect(await files()).toEqual([address]);
  });

  it('leaves nothing of what it refused', async () => {
    const refused = [Buffer.from('text'), pdfOf(limit + 1), pdf.subarray(0, 12)];
    for (const bytes of refused)
      await expect(store.put(Readable.from([bytes]))).rejects.toThrow('refused');
    expect(await files()).toEqual([]);
  });

  it('shows nothing at the address while it is received', async () => {
    const slow = new Readable({ read: () => undefined });
    slow.push(pdf);
    const put = store.put(slow);
    while ((await files()).length === 0) await new Promise(setImmediate);
    expect(await store.get(address)).toBeUndefined();
    slow.push(null);
    await put;
    expect(await store.get(address)).toBeDefined();
  });

  it('removes what a crash left half received, and keeps what was stored', async () => {
    await store.put(Readable.from([pdf]));
    await writeFile(join(root, 'incoming', 'left-by-a-crash'), '%PDF-');
    await FileEvidenceStore.open(root, limit);
    expect(await files()).toEqual([address]);
  });

  it('rejects, and lets go of the source, when the disk does not take it', async () => {
    await rm(join(root, 'incoming'), { recursive: true });
    const source = new Readable({ read: () => undefined });
    await expect(store.put(source)).rejects.toMatchObject({ code: 'ENOENT' });
    expect(source.destroyed).toBe(true);
  });

  it('reports a broken disk instead of an unknown address', async () => {
    await store.put(Readable.from([pdf]));
    const path = join(root, address.slice(0, 2));
    await rm(path, { recursive: true });
    await writeFile(path, 'a file where a folder belongs');
    await expect(store.get(address)).rejects.toMatchObject({ code: 'ENOTDIR' });
  });
});
