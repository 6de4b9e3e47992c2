import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { FolderLock } from '../../adapters/sqlite/folder-lock';
import { ConfigError, eventStoreOf, mongodbOf } from '../../config';
import type { BlobStore } from '../../engine/blob-store';
import { CannotConnect } from '../../engine/cannot-connect';
import type { EventStore } from '../../engine/event-store';
import type { KeyStore } from '../../engine/key-store';
import { Environment, type Env } from '../../environment';
import { openEventStore, openBlobStore, openKeyStore } from '../../stores';

/** Where a service keeps its log, its evidence and its persons' keys. */
export interface Place {
  readonly name: string;
  /** Null where it is a server. */
  readonly folder: string | null;
  readonly events: EventStore;
  /** Evidence and persons' keys; null where they stay in whatever folder they are in: a server without MONGODB_URL. */
  readonly apart: { readonly blobs: BlobStore; readonly keys: KeyStore } | null;
  close(): Promise<void>;
}

/**
 * Opens a data folder, an EventStoreDB by its connection string, or by the word EVENTSTORE_URL the one in
 * that variable: the command line is seen by others and kept in histories. A folder in use is refused.
 * Rejects with ConfigError.
 */
export async function openPlace(text: string, env: Env): Promise<Place> {
  const url = text === 'EVENTSTORE_URL' ? (env.EVENTSTORE_URL ?? '') : text;
  const isServer = text === 'EVENTSTORE_URL' || text.includes('://');
  const closings: (() => Promise<void> | void)[] = [];
  const close = async (): Promise<void> => {
    for (const closing of closings.splice(0).reverse()) await closing();
  };
  try {
    const settings = isServer ? onServer(url, env) : inFolder(text);
    if (!isServer) {
      const lock = FolderLock.take(settings.dataDir);
      closings.push(() => {
        lock.release();
      });
    }
    const events = await openEventStore(settings);
    closings.push(() => events.close());
    const hasApart = !isServer || settings.mongodb !== null;
    const apart = hasApart ? await openApart(settings, closings) : null;
    return {
      name: isServer ? 'EventStoreDB' : text,
      folder: isServer ? null : text,
      events,
      apart,
      close,
    };
  } catch (error) {
    await close();
    throw error instanceof CannotConnect ? new ConfigError([error.message]) : error;
  }
}

async function openApart(
  settings: Parameters<typeof openBlobStore>[0],
  closings: (() => Promise<void> | void)[],
): Promise<NonNullable<Place['apart']>> {
  const blobs = await openBlobStore(settings);
  closings.push(blobs.close);
  const keys = await openKeyStore(settings);
  closings.push(keys.close);
  return { blobs: blobs.store, keys: keys.store };
}

/** Whether a folder was ever used by a service. */
export function hasLog(folder: string): boolean {
  return existsSync(join(folder, 'events.db'));
}

export function isSamePlace(one: string, other: string): boolean {
  return one === other || resolve(one) === resolve(other);
}

function inFolder(dataDir: string) {
  return { dataDir, eventStore: null, mongodb: null };
}

function onServer(url: string, env: Env) {
  const from = new Environment({ ...env, EVENTSTORE_URL: url });
  const eventStore = eventStoreOf(from);
  const mongodb = mongodbOf(from);
  if (eventStore === null) from.refuse('EVENTSTORE_URL must be set.');
  if (from.problems.length > 0) throw new ConfigError(from.problems);
  return { dataDir: '', eventStore, mongodb };
}
