import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Backing } from './adapters';

/** A folder of its own with one SQLite file, to which `open` makes each connection. */
export async function sqliteBacking<Store extends { close(): Promise<void> }>(
  open: (path: string) => Store,
): Promise<Backing<Store> & { readonly path: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'sqlite-contract-'));
  const path = join(folder, 'data.db');
  const connected: Store[] = [];
  return {
    path,
    connect: () => {
      const store = open(path);
      connected.push(store);
      return Promise.resolve(store);
    },
    dispose: async () => {
      for (const store of connected) await store.close();
      await rm(folder, { recursive: true });
    },
  };
}
