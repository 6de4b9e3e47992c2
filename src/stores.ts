import { join } from 'node:path';

import { EventStoreDBEventStore } from './adapters/eventstoredb/event-store';
import { EncryptedEvidenceStore } from './adapters/evidence/encrypted-evidence-store';
import { FileBlobStore } from './adapters/files/blob-store';
import { GridFsBlobStore } from './adapters/mongodb/blob-store';
import { MongoConnection } from './adapters/mongodb/connection';
import { MongoKeyStore } from './adapters/mongodb/key-store';
import { MongoReadModels } from './adapters/mongodb/read-models';
import { SqliteEventStore } from './adapters/sqlite/event-store';
import { FolderLock } from './adapters/sqlite/folder-lock';
import { SqliteKeyStore } from './adapters/sqlite/key-store';
import { SqliteReadModels } from './adapters/sqlite/read-models';
import type { MerkleLog } from './audit/merkle-log';
import { ed25519Sha256 } from './audit/suite';
import { ConfigError, type Config } from './config';
import type { BlobStore } from './engine/blob-store';
import { CannotConnect } from './engine/cannot-connect';
import { EncryptedEventStore } from './engine/encrypted-event-store';
import { StoreUnavailable, type EventStore } from './engine/event-store';
import type { EvidenceStore } from './engine/evidence-store';
import type { KeyStore } from './engine/key-store';
import { MasterKeys } from './engine/master-keys';
import { PersonKeys } from './engine/person-keys';
import { PersonalDataCipher } from './engine/personal-data-cipher';
import type { ReadModels } from './engine/read-models';
import { RecentStreams } from './engine/recent-streams';
import { SharedEventStore } from './engine/shared-event-store';
import { WatchedEventStore, type OnAppend } from './engine/watched-event-store';
import { personalData } from './privacy/personal-data';
import { textOf } from './secrets';

type Settings = Pick<
  Config,
  'dataDir' | 'eventStore' | 'mongodb' | 'evidenceLimit' | 'lookupKey' | 'masterKeys'
>;

export interface Stores {
  readonly events: EventStore;
  /** The log as it is kept, with personal data encrypted. */
  readonly log: WatchedEventStore;
  readonly readModels: ReadModels;
  readonly evidence: EvidenceStore;
  /** Where evidence is kept, encrypted. */
  readonly evidenceFiles: BlobStore;
  readonly personKeys: PersonKeys;
  /** Decrypts what stands encrypted in read models. */
  readonly cipher: PersonalDataCipher;
  /** The hash tree, where the store of the log keeps it beside the events; else null. */
  readonly merkleLog: MerkleLog | null;
  /** Whether other instances of the service may be at work on the same read models. */
  readonly shared: boolean;
  close(): Promise<void>;
}

/** Told what an administrator should know, each time the connection to a server is made anew, and of every append. */
export interface StoreListeners {
  readonly onWarning?: (sentence: string) => void;
  readonly onReconnect?: (server: 'EventStoreDB' | 'MongoDB', reason: string) => void;
  readonly onAppend?: OnAppend;
}

/**
 * The only place that knows which adapter stands behind which port: one data folder by default, a
 * server for the log and one for the rest where they are configured. Rejects with ConfigError.
 */
export async function openStores(
  settings: Settings,
  { onWarning, onReconnect, onAppend = () => undefined }: StoreListeners = {},
): Promise<Stores> {
  const closings: (() => Promise<void> | void)[] = [];
  const close = async (): Promise<void> => {
    for (const closing of closings.splice(0).reverse()) await closing();
  };
  try {
    if (settings.eventStore === null || settings.mongodb === null) {
      const lock = FolderLock.take(settings.dataDir);
      closings.push(() => {
        lock.release();
      });
    }
    const mongodb = connectionOf(settings, (reason) => onReconnect?.('MongoDB', reason));
    const readModels = readModelsOf(mongodb, settings);
    closings.push(() => readModels.close());
    const kept = await openEventStore(settings, (reason) => onReconnect?.('EventStoreDB', reason));
    closings.push(() => kept.close());
    const log = new WatchedEventStore(new SharedEventStore(kept), onAppend);
    await mongodb?.check().catch((error: unknown) => {
      // Commands do not need it, and it may come back: only what nothing but a change mends ends the start.
      if (!(error instanceof CannotConnect) || !error.temporary) throw error;
      onWarning?.(error.message);
    });
    const personKeys = await openPersonKeys(mongodb, settings);
    closings.push(() => personKeys.close());
    // In the data folder keys are no further away than the log is.
    if (mongodb !== null) closings.push(learning(personKeys));
    const cipher = new PersonalDataCipher(personKeys, personalData);
    const events = new RecentStreams(new EncryptedEventStore(log, cipher));
    personKeys.onForget(() => {
      events.forget();
    });
    const blobs = await blobsOf(mongodb, settings);
    if (blobs instanceof FileBlobStore) await blobs.removeLeftovers();
    const { lookupKey, evidenceLimit } = settings;
    return {
      events,
      log,
      readModels,
      evidence: new EncryptedEvidenceStore(blobs, personKeys, lookupKey, evidenceLimit),
      evidenceFiles: blobs,
      personKeys,
      cipher,
      merkleLog: kept instanceof SqliteEventStore ? await sealed(kept) : null,
      shared: mongodb !== null,
      close,
    };
  } catch (error) {
    await close();
    throw asConfigError(error);
  }
}

/** The log alone, for tools. Rejects with ConfigError. */
export async function openEventStore(
  { dataDir, eventStore }: Pick<Settings, 'dataDir' | 'eventStore'>,
  onReconnect?: (reason: string) => void,
): Promise<EventStore> {
  if (eventStore === null)
    return SqliteEventStore.open(join(dataDir, 'events.db'), { suite: ed25519Sha256 });
  const options = onReconnect === undefined ? {} : { onReconnect };
  try {
    return await EventStoreDBEventStore.connect(textOf(eventStore.url), {
      namespace: `${eventStore.namespace}.`,
      ...options,
    });
  } catch (error) {
    throw asConfigError(error);
  }
}

/** The read models alone, for tools. Throws ConfigError. */
export function openReadModels(settings: Pick<Settings, 'dataDir' | 'mongodb'>): ReadModels {
  try {
    return readModelsOf(connectionOf(settings), settings);
  } catch (error) {
    throw asConfigError(error);
  }
}

export type KeptApart = Pick<Settings, 'dataDir' | 'mongodb'>;

/** The persons' keys, still wrapped: for tools. Rejects with ConfigError. */
export function openKeyStore(settings: KeptApart): Promise<Opened<KeyStore>> {
  return openedAlone(settings, (mongodb) => Promise.resolve(keyStoreOf(mongodb, settings)));
}

/** Evidence as it is kept, encrypted: for tools. Rejects with ConfigError. */
export function openBlobStore(settings: KeptApart): Promise<Opened<BlobStore>> {
  return openedAlone(settings, (mongodb) => blobsOf(mongodb, settings));
}

interface Opened<Store> {
  readonly store: Store;
  readonly close: () => Promise<void>;
}

async function openedAlone<Store extends BlobStore | KeyStore>(
  settings: KeptApart,
  open: (mongodb: MongoConnection | null) => Promise<Store>,
): Promise<Opened<Store>> {
  const mongodb = connectionOf(settings);
  try {
    await mongodb?.check();
    const store = await open(mongodb);
    const close = async (): Promise<void> => {
      if ('close' in store) await store.close();
      await mongodb?.close();
    };
    return { store, close };
  } catch (error) {
    await mongodb?.close();
    throw asConfigError(error);
  }
}

async function openPersonKeys(
  mongodb: MongoConnection | null,
  settings: Settings,
): Promise<PersonKeys> {
  const { newest, older } = settings.masterKeys;
  const masters = new MasterKeys(newest, older);
  const keys = new PersonKeys(keyStoreOf(mongodb, settings), masters);
  const missing = await keys.missingMaster().catch((error: unknown) => {
    if (error instanceof StoreUnavailable) return undefined; // It shows when a key is asked for.
    throw error;
  });
  if (missing === undefined) return keys;
  await keys.close();
  throw new ConfigError([
    `Persons' keys are wrapped by a master key that was not given: its id is ${missing}, that of MASTER_KEY is ${masters.newest}. Add it to MASTER_KEYS_OLD.`,
  ]);
}

/** Begins to hold everybody's key; what it returns ends that. */
function learning(keys: PersonKeys): () => Promise<void> {
  const stopping = new AbortController();
  const done = keys.learn(stopping.signal);
  return () => {
    stopping.abort();
    return done;
  };
}

async function sealed(events: SqliteEventStore): Promise<MerkleLog> {
  await events.seal();
  return events.merkleLog;
}

function connectionOf(
  { mongodb }: Pick<Settings, 'mongodb'>,
  onReconnect: (reason: string) => void = () => undefined,
): MongoConnection | null {
  return mongodb === null ? null : MongoConnection.open(textOf(mongodb.url), { onReconnect });
}

function readModelsOf(
  mongodb: MongoConnection | null,
  { dataDir }: Pick<Settings, 'dataDir'>,
): ReadModels {
  return mongodb === null
    ? SqliteReadModels.open(join(dataDir, 'read-models.db'))
    : new MongoReadModels(mongodb);
}

function keyStoreOf(mongodb: MongoConnection | null, { dataDir }: KeptApart): KeyStore {
  return mongodb === null
    ? SqliteKeyStore.open(join(dataDir, 'keys.db'))
    : new MongoKeyStore(mongodb);
}

function blobsOf(mongodb: MongoConnection | null, { dataDir }: KeptApart): Promise<BlobStore> {
  return mongodb === null
    ? FileBlobStore.open(join(dataDir, 'evidence'))
    : Promise.resolve(new GridFsBlobStore(mongodb));
}

/** What whoever starts the service can put right, in one sentence; other errors as they are. */
function asConfigError(error: unknown): unknown {
  if (error instanceof CannotConnect) return new ConfigError([error.message]);
  if (error instanceof StoreUnavailable && error.store.endsWith('.db')) {
    const { message } = error.cause as { readonly message?: unknown };
    const reason = typeof message === 'string' ? ` (${message})` : '';
    return new ConfigError([
      `${error.store} cannot be used${reason}; check its permissions and the space on the disk, or restore it from a backup.`,
    ]);
  }
  if (error instanceof Error && 'syscall' in error) {
    return new ConfigError([
      `DATA_DIR cannot be used: ${error.message}; choose a folder this user may write to.`,
    ]);
  }
  return error;
}
