import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

import { DatabaseSync, type DatabaseSyncInstance } from '@photostructure/sqlite';

import { copyDatabase } from '../../src/adapters/sqlite/copy-database';
import { DossierFile, pdf, summary } from '../e2e/dossier-file';
import { alice, bob } from '../e2e/people';
import { describeBuilt, spawnService, type SpawnedService } from '../support/service';

const run = promisify(execFile);
const main = resolve(__dirname, '../../dist/cli/backup.js');

describeBuilt('npm run backup, beside a service at work', () => {
  const folder = mkdtempSync(join(tmpdir(), 'title-review-backup-'));
  const [to, keys, restored] = ['backup', 'backup-keys', 'restored'].map((name) =>
    join(folder, name),
  );
  let service: SpawnedService;
  let file: DossierFile;
  let scan: string;

  beforeAll(async () => {
    service = await spawnService();
    file = await DossierFile.filed(service, alice);
  });
  afterAll(async () => {
    await service.stop();
    rmSync(folder, { recursive: true });
  });

  const backup = (...args: readonly string[]) =>
    run(process.execPath, [main, ...args], { env: { DATA_DIR: service.dataDir } });

  it('copies log, evidence and keys while somebody writes, twice into the same folders', async () => {
    const other = await DossierFile.open(service, bob);
    scan = (await other.attach(pdf('聘书'))).id;
    const writing = new AbortController();
    const writer = (async () => {
      let n = 0;
      for (; !writing.signal.aborted; n += 1) {
        await other.save('workSummary', summary(`第${n}稿`));
      }
      return n;
    })();
    const first = await backup('--to', to ?? '', '--keys', keys ?? '');
    const second = await backup('--to', to ?? '', '--keys', keys ?? '');
    writing.abort();
    expect(await writer).toBeGreaterThan(10);
    const events = ({ stdout }: { stdout: string }) =>
      Number(/log: (\d+) events/.exec(stdout)?.[1]);
    expect(events(second)).toBeGreaterThan(events(first));
    expect(second.stdout).toMatch(/SHA-256 [0-9a-f]{64}\n/);
    expect(second.stdout).toMatch(/evidence: 2 files/);
    expect(existsSync(join(to ?? '', 'keys.db'))).toBe(false);
    expect(existsSync(join(to ?? '', 'keys'))).toBe(false);
  });

  it('from the copies a service goes on: what was filed is there, and can be read', async () => {
    cpSync(to ?? '', restored ?? '', { recursive: true });
    cpSync(keys ?? '', restored ?? '', { recursive: true });
    // What an office keeps in a safe is kept in the folder outside production.
    cpSync(join(service.dataDir, 'keys'), join(restored ?? '', 'keys'), { recursive: true });
    const other = await spawnService(restored);
    try {
      const filed = await other.as(alice).get(`${file.path}/submissions/1`);
      const original = await service.as(alice).get(`${file.path}/submissions/1`);
      expect(filed.status).toBe(200);
      expect(filed.body).toEqual(original.body);
      const content = await other.as(bob).get(`/v1/evidence/${scan}`).buffer(true);
      expect(Buffer.from(content.body as Buffer)).toEqual(pdf('聘书'));
      const list = other.as(alice).get('/v1/dossiers').set('Read-After', file.position);
      expect((await list).body).toMatchObject({ items: [{ id: file.id }] });
    } finally {
      await other.kill();
    }
  });

  it.each([
    ['without folders', [], /--to <folder> --keys <folder>/],
    ['with one folder for both', ['--to', 'x', '--keys', './x'], /are the same/],
  ])('%s it is refused', async (_, args, reason) => {
    await expect(backup(...args)).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringMatching(reason) as string,
    });
  });
});

describe('A copy of a SQLite file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'title-review-backup-'));
  const [from, to] = [join(folder, 'from.db'), join(folder, 'to.db')];
  let source: DatabaseSyncInstance;
  beforeAll(() => {
    source = new DatabaseSync(from);
    source.exec('PRAGMA journal_mode = WAL; CREATE TABLE t (n INTEGER); INSERT INTO t VALUES (1)');
  });
  afterAll(() => {
    source.close();
    rmSync(folder, { recursive: true });
  });
  const numbers = (): unknown[] => {
    const copy = new DatabaseSync(to, { readOnly: true });
    const rows = copy.prepare('SELECT n FROM t ORDER BY n').all() as { n: number }[];
    copy.close();
    return rows.map(({ n }) => n);
  };

  it('holds what was committed, and nothing of a transaction that is under way', async () => {
    source.exec('BEGIN; INSERT INTO t VALUES (2)');
    await copyDatabase(from, to);
    source.exec('COMMIT');
    expect(numbers()).toEqual([1]);
    await copyDatabase(from, to);
    expect(numbers()).toEqual([1, 2]);
  });

  it('that was broken off stands in no way', async () => {
    writeFileSync(`${to}.draft`, 'half');
    await copyDatabase(from, to);
    expect(numbers()).toEqual([1, 2]);
    expect(existsSync(`${to}.draft`)).toBe(false);
  });

  it('of a damaged file takes not the place of an earlier one', async () => {
    const damaged = join(folder, 'damaged.db');
    writeFileSync(damaged, Buffer.alloc(8192, 'x'));
    await expect(copyDatabase(damaged, to)).rejects.toThrow();
    expect(numbers()).toEqual([1, 2]);
  });
});
