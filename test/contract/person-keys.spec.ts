import { readFile } from 'node:fs/promises';
import { SqliteKeyStore } from '../../src/adapters/sqlite/key-store';
import type { KeyStore } from '../../src/engine/key-store';
import { type Adapter, onEveryAdapter } from './adapters';
import { mongoKeyStores } from './mongodb-backing';
import { personKeysContract } from './person-keys.contract';
import { sqliteBacking } from './sqlite-backing';

const adapters: Adapter<KeyStore>[] = [
  { name: 'SQLite', open: () => sqliteBacking((path) => SqliteKeyStore.open(path)) },
  ...mongoKeyStores(),
];

onEveryAdapter(adapters, personKeysContract);

/** Among many others, so that rows move between pages and pages are split. */
describe("A destroyed person's key in SQLite", () => {
  const wrappedOf = (n: number) => `${n}-`.padEnd(80, String.fromCharCode(97 + (n % 26)));

  it('has left no byte in the file and its write-ahead log', async () => {
    const backing = await sqliteBacking((path) => SqliteKeyStore.open(path));
    const store = await backing.connect();
    const numbers = Array.from({ length: 1500 }, (_, n) => n);
    const person = (n: number) => `person-${(n * 7919) % 1500}`;
    for (const n of numbers) await store.add(person(n), { master: 'm', wrapped: wrappedOf(n) });
    const destroyed = numbers.filter((n) => n % 3 === 0);
    for (const n of destroyed) await store.destroy(person(n));
    const bytes = Buffer.concat([
      await readFile(backing.path),
      await readFile(`${backing.path}-wal`),
    ]);
    const left = (n: number) => bytes.includes(wrappedOf(n));
    expect(destroyed.filter(left)).toEqual([]);
    expect(numbers.filter((n) => n % 3 !== 0).every(left)).toBe(true);
    await backing.dispose();
  });

  it('is not called gone while another connection holds the write-ahead log', async () => {
    const backing = await sqliteBacking((path) => SqliteKeyStore.open(path));
    const store = await backing.connect();
    const key = { master: 'm', wrapped: wrappedOf(1) };
    await store.add('p', key);
    const reader = await backing.connect();
    // One that reads: its snapshot holds the log's old frames.
    (reader as unknown as { database: { exec(sql: string): void } }).database.exec(
      'BEGIN; SELECT count(*) FROM person_keys',
    );
    const destroying = store.destroy('p');
    const bytes = async () =>
      Buffer.concat([await readFile(backing.path), await readFile(`${backing.path}-wal`)]);
    const first = await Promise.race([destroying, new Promise((end) => setTimeout(end, 400, 'w'))]);
    expect(first).toBe('w');
    (reader as unknown as { database: { exec(sql: string): void } }).database.exec('COMMIT');
    await destroying;
    expect((await bytes()).includes(key.wrapped)).toBe(false);
    await backing.dispose();
  });
});
