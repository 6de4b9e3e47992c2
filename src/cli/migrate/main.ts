import { existsSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { ConfigError } from '../../config';
import { eventCount } from '../event-count';
import { Progress } from '../progress';
import { copyEvidence } from './evidence-copy';
import { copyKeys } from './key-copy';
import { copyLog, summarise, type LogSummary } from './log-copy';
import { hasLog, isSamePlace, openPlace, type Place } from './place';

const usage = `Moves everything a service has taken in to where another is to go on with it.

  npm run migrate -- --from <place> --to <place>

A place is a data folder, a connection string of EventStoreDB, or the word EVENTSTORE_URL for the one in that
variable. A server's evidence is that in MONGODB_URL. Stop the service first. Whenever it is broken off, run it
again: it goes on where it stopped. Read models are not copied, they follow from the log.

Exit code: 0 both places hold the same, 1 they do not, 2 wrong use or a place that cannot be used.
`;

/** Wrong use, told in its own words. */
class WrongUse extends Error {}

async function main(args: readonly string[]): Promise<number> {
  const { from, to } = chosen(args);
  if (isSamePlace(from, to)) throw new WrongUse('--from and --to are the same place');
  const isFolder = !from.includes('://') && from !== 'EVENTSTORE_URL';
  if (isFolder && !hasLog(from)) throw new WrongUse(`there is no log in ${from}`);
  const source = await openPlace(from, process.env);
  try {
    const target = await openPlace(to, process.env);
    try {
      return (await migrate(source, target)) ? 0 : 1;
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
  }
}

function chosen(args: readonly string[]): { readonly from: string; readonly to: string } {
  try {
    const option = { type: 'string', default: '' } as const;
    const { values } = parseArgs({ args: [...args], options: { from: option, to: option } });
    if (values.from !== '' && values.to !== '') return values;
  } catch (error) {
    throw new WrongUse(error instanceof Error ? error.message : 'wrong arguments');
  }
  throw new WrongUse('--from and --to are needed');
}

/** Whether the target holds everything now. */
async function migrate(from: Place, to: Place): Promise<boolean> {
  const logs = await migrateLog(from, to);
  await migrateWhatIsApart(from, to);
  await migrateLocalKeys(from, to);
  return logs;
}

async function migrateLog(from: Place, to: Place): Promise<boolean> {
  const head = await from.events.head();
  const before = await counted('reading', await eventCount(from.events), (step) =>
    summarise(from.events, step),
  );
  tell(`${from.name}: ${describe(before)}`);
  await counted('copying', before.events, (step) =>
    copyLog(from.events, to.events, before.events, step),
  );
  const after = await counted('verifying', before.events, (step) => summarise(to.events, step));
  tell(`${to.name}: ${describe(after)}`);
  const isSame = after.events === before.events && after.sha256 === before.sha256;
  if (!isSame) tell('The logs differ: nothing may be used of the copy.');
  // A folder is kept to this process; on a server others may write.
  const hasGrown = head !== (await from.events.head());
  if (hasGrown) tell('The log has grown meanwhile: stop the service and run this again.');
  return isSame && !hasGrown;
}

async function migrateWhatIsApart(
  { apart: source }: Place,
  { apart: target }: Place,
): Promise<void> {
  if (source === null || target === null) {
    tell("evidence and persons' keys: stay where they are, MONGODB_URL is not set");
    return;
  }
  const persons = await copyKeys(source.keys, target.keys);
  tell(`persons' keys: ${persons}, still wrapped by MASTER_KEY`);
  const names = await source.blobs.list();
  await counted('evidence', names.length, (step) =>
    copyEvidence(source.blobs, target.blobs, names, step),
  );
  tell(`evidence: ${names.length} files, each verified by its SHA-256`);
}

/** A folder's local keys belong to its data; those there already are never replaced. */
async function migrateLocalKeys(from: Place, to: Place): Promise<void> {
  if (from.folder === null || !existsSync(join(from.folder, 'keys'))) return;
  const keys = join(from.folder, 'keys');
  if (to.folder === null) {
    tell(`keys: not copied; LOOKUP_KEY and MASTER_KEY must be what stands in ${keys}`);
  } else {
    await cp(keys, join(to.folder, 'keys'), { recursive: true, force: false });
    tell('keys: copied');
  }
}

async function counted<T>(
  title: string,
  total: number,
  work: (step: () => void) => Promise<T>,
): Promise<T> {
  const progress = new Progress(total);
  progress.title(title);
  try {
    return await work(() => {
      progress.add();
    });
  } finally {
    progress.stop();
  }
}

function describe({ events, sha256 }: LogSummary): string {
  return `${events} events, SHA-256 ${sha256}`;
}

function tell(line: string): void {
  process.stdout.write(`${line}\n`);
}

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.stderr.write(`${reasonOf(error)}\n`);
    if (error instanceof WrongUse) process.stderr.write(`\n${usage}`);
    process.exitCode = error instanceof WrongUse || error instanceof ConfigError ? 2 : 1;
  },
);

function reasonOf(error: unknown): string {
  if (error instanceof ConfigError) return error.problems.join('\n');
  return error instanceof Error ? error.message : String(error);
}
