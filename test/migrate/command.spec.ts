import { spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';

import { FileBlobStore } from '../../src/adapters/files/blob-store';
import { SqliteEventStore } from '../../src/adapters/sqlite/event-store';
import { FolderLock } from '../../src/adapters/sqlite/folder-lock';
import { pdfOf } from '../contract/evidence-store.contract';
import { newEvent } from '../support/events';
import { Servers } from '../support/servers';
import { describeBuilt } from '../support/service';

const main = resolve(__dirname, '../../dist/cli/migrate/main.js');
const count = 2_000;
const scans = 12;

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly error: string;
}

describeBuilt('npm run migrate', () => {
  const root = mkdtempSync(join(tmpdir(), 'title-review-migrate-'));
  const source = join(root, 'source');
  let servers: Servers;

  beforeAll(async () => {
    const store = SqliteEventStore.open(join(source, 'events.db'));
    const appends = Array.from({ length: count }, (_, n) =>
      store.append(
        `dossier-${n % 40}`,
        [newEvent({ n })],
        n < 40 ? 'no-stream' : Math.floor(n / 40) - 1,
      ),
    );
    await Promise.all(appends);
    await store.close();
    const evidence = await FileBlobStore.open(join(source, 'evidence'));
    for (let n = 0; n < scans; n += 1) {
      const name = `${'ab'.repeat(32)}/${n.toString(16).padStart(64, '0')}`;
      await evidence.put(
        Readable.from([pdfOf(100_000 + n)], { objectMode: false }),
        (chunks) => chunks,
        () => name,
      );
    }
    mkdirSync(join(source, 'keys'), { mode: 0o700 });
    writeFileSync(join(source, 'keys', 'lookup'), 'the-very-key', { mode: 0o600 });
  });
  beforeEach(async () => {
    servers = await Servers.start();
  });
  afterEach(() => servers.stop());
  afterAll(() => {
    rmSync(root, { recursive: true });
  });

  /** Runs it; killed once `killWhen` holds. */
  async function migrate(from: string, to: string, killWhen = () => false): Promise<Ended> {
    const child = spawn(process.execPath, [main, '--from', from, '--to', to], {
      env: { PATH: process.env.PATH, ...servers.env },
    });
    const ended = { out: '', error: '' };
    child.stdout.on('data', (text: Buffer) => (ended.out += text.toString()));
    child.stderr.on('data', (text: Buffer) => (ended.error += text.toString()));
    let code: number | null | undefined;
    child.once('close', (given) => (code = given));
    while (code === undefined) {
      if (killWhen()) child.kill('SIGKILL');
      await sleep(1);
    }
    return { code, ...ended };
  }

  const onServer = () =>
    servers.eventStore.log.records.filter(({ stream }) => stream.startsWith('title_review.'));

  it('killed again and again, it comes to the end without a double event, and back', async () => {
    for (const enough of [1, 700, 1_300]) {
      const killed = await migrate(source, 'EVENTSTORE_URL', () => onServer().length >= enough);
      expect(killed.code).toBeNull();
      expect(onServer().length).toBeLessThan(count);
    }
    const there = await migrate(source, 'EVENTSTORE_URL');
    expect(there).toMatchObject({ code: 0 });
    expect(onServer()).toHaveLength(count);
    expect(new Set(onServer().map(({ id }) => id)).size).toBe(count);
    const [, first, second] = /SHA-256 (\w{64})[^]*SHA-256 (\w{64})/.exec(there.out) ?? [];
    expect(first).toBe(second);
    expect(there.out).toContain(`evidence: ${scans} files, each verified`);
    expect(there.out).toContain(
      `LOOKUP_KEY and MASTER_KEY must be what stands in ${join(source, 'keys')}`,
    );
    expect(there.out + there.error).not.toContain('the-very-key');
    expect(there.error).toMatch(/100 % +2000\/2000 +\d+\/s +0 s left +copying/);

    const back = join(root, 'back');
    const returned = await migrate('EVENTSTORE_URL', back);
    expect(returned).toMatchObject({ code: 0 });
    expect(returned.out).toContain(`${count} events, SHA-256 ${first ?? ''}`);
    const evidence = await FileBlobStore.open(join(back, 'evidence'));
    expect(await evidence.list()).toHaveLength(scans);
  });

  it('from folder to folder takes the keys along, and a second run changes nothing', async () => {
    const copy = join(root, 'copy');
    expect(await migrate(source, copy)).toMatchObject({ code: 0 });
    expect(readFileSync(join(copy, 'keys', 'lookup'), 'utf8')).toBe('the-very-key');
    expect(statSync(join(copy, 'keys', 'lookup')).mode & 0o777).toBe(0o600);
    writeFileSync(join(copy, 'keys', 'lookup'), 'a-key-of-its-own');
    expect(await migrate(source, copy)).toMatchObject({ code: 0 });
    expect(readFileSync(join(copy, 'keys', 'lookup'), 'utf8')).toBe('a-key-of-its-own');
  });

  it.each(['source', 'target'])('is refused while the service runs on the %s', async (which) => {
    const target = join(root, 'in-use');
    const lock = FolderLock.take(which === 'source' ? source : target);
    const refused = await migrate(source, target);
    lock.release();
    expect(refused.code).toBe(2);
    expect(refused.error).toMatch(/Another process of this service uses/);
  });

  it.each([
    ['without places', '', '', /--from and --to are needed/],
    ['from a folder that holds no log', root, 'EVENTSTORE_URL', /there is no log in/],
    ['to where it comes from', source, `${source}/../source`, /the same place/],
    [
      'to a database of another kind',
      source,
      'mongodb://u:pass-word@host/db',
      /not a connection string/,
    ],
    [
      'to a server that is not there',
      source,
      'esdb://u:pass-word@127.0.0.1:9?tls=false',
      /does not answer/,
    ],
  ])('%s it is refused in one sentence, without a secret', async (_, from, to, sentence) => {
    const refused = await migrate(from, to);
    expect(refused).toMatchObject({ code: 2, out: '' });
    expect(refused.error).toMatch(sentence);
    expect(refused.error).not.toMatch(/pass-word|\bat \S+ \(/);
    expect(existsSync(resolve('mongodb:'))).toBe(false);
  });

  it('into a log of somebody else it is refused, and changes nothing there', async () => {
    const other = join(root, 'other');
    const store = SqliteEventStore.open(join(other, 'events.db'));
    await store.append('dossier-x', [newEvent()], 'no-stream');
    await store.close();
    const refused = await migrate(other, 'EVENTSTORE_URL').then(() =>
      migrate(source, 'EVENTSTORE_URL'),
    );
    expect(refused.code).toBe(1);
    expect(refused.error).toMatch(/holds other events than the one to copy from/);
    expect(onServer()).toHaveLength(1);
  });
});
