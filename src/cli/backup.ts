import { existsSync } from 'node:fs';
import { copyFile, mkdir, readdir, rename, stat } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';

import { copyDatabase } from '../adapters/sqlite/copy-database';
import { Environment } from '../environment';
import { openEventStore } from '../stores';
import { summarise } from './migrate/log-copy';
import { Progress } from './progress';

const usage = `Copies DATA_DIR while the service runs: log and evidence to one folder, the persons' keys to another, since together
they are worth more than a backup should be.

  npm run backup -- --to <folder> --keys <folder>

The same folders again bring the copies up to date. To restore, put both into one folder, run npm run keys -- erase-again, and
start the service there. MASTER_KEY, LOOKUP_KEY and AUDIT_KEY are not in it: keep them in a safe.
`;

/** In this order, so that whatever the log speaks of is in the copy too: keys and evidence come before their events. */
async function main(): Promise<void> {
  const { to, keys } = folders(process.argv.slice(2));
  const dataDir = new Environment(process.env).text('DATA_DIR') ?? './data';
  if (!existsSync(dataDir)) throw new Error(`There is no folder ${dataDir}; set DATA_DIR.`);
  await mkdir(to, { recursive: true });
  await mkdir(keys, { recursive: true, mode: 0o700 });
  await copyLog(dataDir, to);
  if (existsSync(join(dataDir, 'keys.db'))) {
    await copyDatabase(join(dataDir, 'keys.db'), join(keys, 'keys.db'));
    tell(`persons' keys: ${keys}`);
  }
  await copyEvidence(join(dataDir, 'evidence'), join(to, 'evidence'));
}

function folders(args: readonly string[]): { readonly to: string; readonly keys: string } {
  const option = { type: 'string', default: '' } as const;
  const { values } = parseArgs({ args: [...args], options: { to: option, keys: option } });
  if (values.to === '' || values.keys === '') throw new Error(usage);
  if (resolve(values.to) === resolve(values.keys)) throw new Error('--to and --keys are the same.');
  return values;
}

async function copyLog(dataDir: string, to: string): Promise<void> {
  if (!existsSync(join(dataDir, 'events.db'))) {
    tell('log: none here, EventStoreDB has tools of its own');
    return;
  }
  await copyDatabase(join(dataDir, 'events.db'), join(to, 'events.db'));
  const copy = await openEventStore({ dataDir: to, eventStore: null });
  const { events, sha256 } = await summarise(copy, () => undefined);
  await copy.close();
  tell(`log: ${events} events, SHA-256 ${sha256}`);
}

/** Files are never changed once they have their name: what is there need not be copied again. */
async function copyEvidence(from: string, to: string): Promise<void> {
  if (!existsSync(from)) return;
  const entries = await readdir(from, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile() && !entry.parentPath.endsWith('incoming'))
    .map((entry) => relative(from, join(entry.parentPath, entry.name)));
  const progress = new Progress(files.length);
  progress.title('evidence');
  for (const file of files) {
    await copyUnlessThere(join(from, file), join(to, file));
    progress.add();
  }
  progress.stop();
  tell(`evidence: ${files.length} files`);
}

async function copyUnlessThere(from: string, to: string): Promise<void> {
  try {
    if (existsSync(to) && (await stat(to)).size === (await stat(from)).size) return;
    await mkdir(dirname(to), { recursive: true });
    await copyFile(from, `${to}.draft`);
    await rename(`${to}.draft`, to);
  } catch (error) {
    // Of a person erased meanwhile nothing is to be copied.
    if (existsSync(from)) throw error;
  }
}

function tell(line: string): void {
  process.stdout.write(`${line}\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
