import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { parseArgs } from 'node:util';

import { SqliteEventStore } from '../adapters/sqlite/event-store';
import { FollowedMerkleLog } from '../application/audit/followed-merkle-log';
import { parseCheckpoint } from '../audit/checkpoint';
import { exportEnd, exportHeader, exportLine, type ExportedEvent } from '../audit/export-file';
import type { MerkleLog } from '../audit/merkle-log';
import { parseNote } from '../audit/note';
import { StoredTree } from '../audit/proofs';
import {
  checkpointAggregate,
  checkpointStream,
  type SignedCheckpoint,
} from '../audit/signed-checkpoints';
import { ed25519Sha256 as suite } from '../audit/suite';
import { ConfigError, readConfig } from '../config';
import { streamOf } from '../dossier/stream';
import type { EventStore, RecordedEvent } from '../engine/event-store';
import { encodeJson } from '../engine/json';
import { openEventStore, openReadModels } from '../stores';
import { Progress } from './progress';

const usage =
  'npm run export -- --to <file> [--dossier <id>]     the log up to its last checkpoint, or one dossier of it';

/**
 * Writes the log, or the events of one dossier with their inclusion proofs, into a file that whoever trusts
 * only the checkpoint can verify on another machine (docs/audit-format.md). Personal data stays encrypted.
 */
async function main(): Promise<void> {
  const { to, dossier } = parseArgs({
    options: { to: { type: 'string' }, dossier: { type: 'string' } },
  }).values;
  if (to === undefined) throw new ConfigError(['--to is missing.']);
  const config = readConfig(process.env);
  const store = await openEventStore(config);
  const models = openReadModels(config);
  try {
    const checkpoint = await lastCheckpoint(store);
    if (checkpoint === undefined) throw new ConfigError(['No checkpoint has been signed yet.']);
    const events =
      dossier === undefined
        ? wholeLog(store, checkpoint.size)
        : dossierEvents(store, streamOf(dossier), {
            merkle:
              store instanceof SqliteEventStore
                ? store.merkleLog
                : new FollowedMerkleLog(suite, store, models),
            size: checkpoint.size,
          });
    const written = await write(to, checkpoint, dossier === undefined ? 'whole' : 'part', events);
    process.stdout.write(`${written} events under the checkpoint of ${checkpoint.at}: ${to}\n`);
  } finally {
    await models.close();
    await store.close();
  }
}

type Line = readonly [event: ExportedEvent, proof?: readonly Uint8Array[]];

async function write(
  path: string,
  { note, size }: SignedCheckpoint,
  scope: 'whole' | 'part',
  lines: AsyncIterable<Line>,
): Promise<number> {
  // Nothing is written over: an export may be evidence already.
  const file = createWriteStream(path, { flags: 'wx', mode: 0o600 });
  await once(file, 'open');
  const put = async (line: string): Promise<void> => {
    if (!file.write(line)) await once(file, 'drain');
  };
  const { origin } = parseCheckpoint(suite, parseNote(note).text);
  await put(exportHeader(suite, scope, { checkpoint: note, origin }));
  const progress = new Progress(scope === 'whole' ? size : 0);
  let count = 0;
  for await (const [event, proof] of lines) {
    await put(exportLine(event, proof));
    count += 1;
    progress.add();
  }
  progress.stop();
  await put(exportEnd(count));
  file.end();
  await once(file, 'close');
  return count;
}

async function lastCheckpoint(store: EventStore): Promise<SignedCheckpoint | undefined> {
  const last = (await store.read(checkpointStream)).at(-1);
  return last && checkpointAggregate.read(last).data;
}

async function* wholeLog(store: EventStore, size: number): AsyncGenerator<Line> {
  let index = 0;
  for await (const { events } of store.subscribe(null, { signal: new AbortController().signal })) {
    for (const event of events) {
      if (index === size) return;
      yield [exported(event, index)];
      index += 1;
    }
    if (index === size) return;
  }
}

async function* dossierEvents(
  store: EventStore,
  stream: string,
  { merkle, size }: { readonly merkle: MerkleLog; readonly size: number },
): AsyncGenerator<Line> {
  const tree = new StoredTree(suite, merkle.hashes);
  for (const event of await store.read(stream)) {
    const index = await merkle.indexOf(event.position);
    // What came after the checkpoint is proven by the next one.
    if (index === undefined || index >= size) continue;
    yield [exported(event, index), await tree.inclusionProof(index, size)];
  }
}

function exported(event: RecordedEvent, index: number): ExportedEvent {
  const { position, stream, revision, id, type } = event;
  const data = encodeJson(event.data);
  const metadata = encodeJson({ ...event.metadata });
  return { index, position, stream, revision, id, type, data, metadata };
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n${usage}\n`);
  process.exitCode = 1;
});
