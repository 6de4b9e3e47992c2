import { parseArgs } from 'node:util';

import { EncryptedEvidenceStore } from '../adapters/evidence/encrypted-evidence-store';
import { ConfigError, readConfig, type Config } from '../config';
import type { EventStore } from '../engine/event-store';
import type { KeyStore } from '../engine/key-store';
import { MasterKeys } from '../engine/master-keys';
import { PersonKeys } from '../engine/person-keys';
import { personStreams } from '../privacy/person';
import { openBlobStore, openEventStore, openKeyStore } from '../stores';
import { Progress } from './progress';

const usage = `npm run keys -- rotate        wraps every person's key with MASTER_KEY; MASTER_KEYS_OLD must have those that wrap them now
npm run keys -- erase-again   after keys or evidence were restored from a backup: destroys again what belongs to erased persons

Both can be run beside the service, broken off, and run again.
`;

const pageSize = 200;

async function main(): Promise<void> {
  const { positionals } = parseArgs({ allowPositionals: true });
  const work = { rotate, 'erase-again': eraseAgain }[positionals.join(' ')];
  if (work === undefined) throw new ConfigError([usage]);
  const config = readConfig(process.env);
  const keys = await openKeyStore(config);
  try {
    await work(config, keys.store);
  } finally {
    await keys.close();
  }
}

function mastersOf({ masterKeys: { newest, older } }: Config): MasterKeys {
  return new MasterKeys(newest, older);
}

async function rotate(config: Config, keys: KeyStore): Promise<void> {
  const masters = mastersOf(config);
  const personKeys = new PersonKeys(keys, masters);
  const missing = await personKeys.missingMaster();
  if (missing !== undefined) {
    throw new ConfigError([`MASTER_KEYS_OLD lacks the master key with the id ${missing}.`]);
  }
  const progress = new Progress(await countOf(keys));
  progress.title('wrapping');
  const done = await personKeys.rewrap((looked) => {
    progress.add(looked);
  });
  progress.stop();
  process.stdout.write(
    `${done} keys wrapped anew with master key ${masters.newest}; none is wrapped by another now\n`,
  );
}

async function countOf(keys: KeyStore): Promise<number> {
  let count = 0;
  let page = await keys.list(null, pageSize);
  for (; page.length > 0; page = await keys.list(page.at(-1)?.person ?? null, pageSize)) {
    count += page.length;
  }
  return count;
}

async function eraseAgain(config: Config, keys: KeyStore): Promise<void> {
  const log = await openEventStore(config);
  const blobs = await openBlobStore(config);
  const personKeys = new PersonKeys(keys, mastersOf(config));
  const evidence = new EncryptedEvidenceStore(blobs.store, personKeys, config.lookupKey, 0);
  try {
    const erased = await erasedPersons(log);
    const progress = new Progress(erased.length);
    progress.title('erasing');
    for (const person of erased) {
      await personKeys.destroy(person);
      await evidence.erase(person);
      progress.add();
    }
    progress.stop();
    process.stdout.write(`${erased.length} persons are erased\n`);
  } finally {
    await blobs.close();
    await log.close();
  }
}

async function erasedPersons(log: EventStore): Promise<readonly string[]> {
  const persons = new Set<string>();
  const over = new AbortController();
  const options = { prefixes: [personStreams], signal: over.signal };
  for await (const { events, caughtUp } of log.subscribe(null, options)) {
    for (const { metadata } of events) if (metadata.person !== null) persons.add(metadata.person);
    if (caughtUp) break;
  }
  over.abort();
  return [...persons];
}

main().catch((error: unknown) => {
  const said = error instanceof ConfigError ? error.problems.join('\n') : describe(error);
  process.stderr.write(`${said}\n`);
  process.exitCode = 1;
});

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
