import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync, type DatabaseSyncInstance } from '@photostructure/sqlite';
import { SqliteEventStore } from '../../src/adapters/sqlite/event-store';
import { SqliteReadModels } from '../../src/adapters/sqlite/read-models';
import { formatCheckpoint, parseCheckpoint, signCheckpoint } from '../../src/audit/checkpoint';
import { formatNote, parseNote, signText } from '../../src/audit/note';
import { rootOf } from '../../src/audit/frontier';
import type { NoteSigner } from '../../src/audit/note-keys';
import { checkpointStream } from '../../src/audit/signed-checkpoints';
import type { EventMetadata, EventStore, NewEvent } from '../../src/engine/event-store';
import { rebuild } from '../../src/engine/rebuild';
import { auditTrail } from '../../src/projections/audit-trail';
import { dossiers } from '../../src/projections/dossiers';
import { log } from '../audit/keys';
import { suite } from '../audit/support';
import { opened, reopenedAsReturned, saved, submitted, withdrawn } from '../support/dossier';
import { atUnit } from '../support/dossier/cast';

const folders: string[] = [];

/** An empty folder; all of them go with {@link removeFolders}. */
export function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'title-review-verify-'));
  folders.push(folder);
  return folder;
}

export function removeFolders(): void {
  for (const folder of folders.splice(0)) removeFolder(folder);
}

export function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}

export function copyOf(folder: string): string {
  const copy = newFolder();
  for (const name of readdirSync(folder)) {
    // As a backup by hand: the index that a running service keeps beside the others is left out.
    if (!name.endsWith('-shm')) copyFileSync(join(folder, name), join(copy, name));
  }
  return copy;
}

/** A copy in which each database is one file, as after a service that ended in order. */
export function settled(folder: string): string {
  const copy = copyOf(folder);
  for (const file of readdirSync(copy).filter((name) => name.endsWith('.db'))) {
    const settle = (database: DatabaseSyncInstance) => {
      database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    };
    inDatabase(copy, settle, file);
  }
  return copy;
}

/** A data folder as the service leaves it: `count` events, a checkpoint after every `every` of them. */
export async function makeLog(
  count: number,
  { every = count, folder = newFolder() }: { every?: number; folder?: string } = {},
): Promise<string> {
  mkdirSync(folder, { recursive: true });
  const store = openLog(folder);
  const lives = Math.ceil(count / life.length);
  let events = 0;
  let unsigned = 0;
  for (const [revision, event] of life.entries()) {
    const waiting: Promise<unknown>[] = [];
    for (let number = 0; number < lives && events < count; number += 1) {
      const stream = `dossier-2022-${number.toString(16).padStart(32, '0')}`;
      const expected = revision === 0 ? 'no-stream' : revision - 1;
      waiting.push(store.append(stream, [eventOf(event, events, stream)], expected));
      events += 1;
      unsigned += 1;
      if (unsigned < every) continue;
      await Promise.all(waiting.splice(0));
      await seal(store);
      unsigned = 0;
    }
    await Promise.all(waiting);
  }
  await store.close();
  return folder;
}

export function openLog(folder: string): SqliteEventStore {
  return SqliteEventStore.open(join(folder, 'events.db'), { suite });
}

/** Puts a signed checkpoint into the log, as the notary does. */
export async function seal(store: SqliteEventStore, signer = log): Promise<void> {
  const { note, size } = await noteOf(store, signer);
  const stream = await store.read(checkpointStream);
  const data = { size, note, at: instant(size) };
  const event = { ...eventOf({ type: 'CheckpointSigned', data }, size, checkpointStream) };
  await store.append(checkpointStream, [event], stream.at(-1)?.revision ?? 'no-stream');
}

/** The checkpoint that a witness would hold: of all that is there now. */
export async function checkpointOf(
  folder: string,
  signer: NoteSigner = log,
  origin = signer.key.name,
): Promise<string> {
  const store = openLog(folder);
  try {
    const { note } = await noteOf(store, signer);
    if (origin === signer.key.name) return note;
    const checkpoint = parseCheckpoint(suite, parseNote(note).text);
    const text = formatCheckpoint({ ...checkpoint, origin });
    return formatNote({ text, signatures: [signText(text, signer)] });
  } finally {
    await store.close();
  }
}

async function noteOf(store: SqliteEventStore, signer: NoteSigner) {
  const frontier = await store.merkleLog.frontier();
  const head = { size: frontier.size, root: rootOf(suite, frontier) };
  return { size: head.size, note: signCheckpoint(head, signer) };
}

/** The read models of the folder, with the dossiers and the audit trail as the service folds them. */
export async function project(folder: string): Promise<void> {
  const models = SqliteReadModels.open(join(folder, 'read-models.db'));
  const store: EventStore = openLog(folder);
  await rebuild(dossiers, store, models);
  await rebuild(auditTrail, store, models);
  await store.close();
  await models.close();
}

export function inDatabase<T>(
  folder: string,
  work: (database: DatabaseSyncInstance) => T,
  file = 'events.db',
): T {
  const database = new DatabaseSync(join(folder, file));
  try {
    return work(database);
  } finally {
    database.close();
  }
}

/** What happens to each dossier, one step after the other. */
const life = [
  opened(),
  saved('basicInformation', { 姓名: '密文', 单位: '伊犁河流域示例管理站' }),
  saved('workExperience' as never, { 年限: 12, 工程: '𠮷水库除险加固'.repeat(20) }),
  submitted(1),
  withdrawn(atUnit),
  reopenedAsReturned(),
  saved('workExperience' as never, { 年限: 13 }),
  submitted(2),
];

function eventOf(
  { type, data }: Pick<NewEvent, 'type'> & { readonly data: unknown },
  number: number,
  stream: string,
): NewEvent {
  const metadata: EventMetadata = {
    at: instant(number),
    actor: { kind: 'person', subject: `person-${stream.slice(-4)}`, roles: [], organisation: null },
    address: '192.0.2.7',
    command: { id: `command-${number}`, digest: 'd' },
    policyVersion: 1,
    person: null,
    jurisdiction: ['station'],
  };
  const kind = stream === checkpointStream ? '1' : '0';
  const id = `00000000-0000-4000-8000-${kind}${String(number).padStart(11, '0')}`;
  return { id, type, data: data as NewEvent['data'], metadata };
}

function instant(number: number): string {
  return new Date(Date.UTC(2022, 7, 1, 1) + number * 1000 + 8 * 3_600_000)
    .toISOString()
    .replace('Z', '+08:00');
}
