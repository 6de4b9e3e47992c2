import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { DossierIds } from '../../src/application/dossier-ids';
import { readConfig } from '../../src/config';
import { streamOf } from '../../src/dossier/stream';
import type { EventStore } from '../../src/engine/event-store';
import type { Projection } from '../../src/engine/projection';
import { rebuild } from '../../src/engine/rebuild';
import { projections } from '../../src/projections';
import { openStores, type Stores } from '../../src/stores';
import { serviceEnv } from '../service/service';
import { completeDraft, filed, round, type DossierEvents } from './dossiers';

/** How many dossiers a store holds of each kind. */
export interface Amounts {
  /** Waiting for their unit, as short as there are: two events. */
  readonly filed?: number;
  /** Complete, and not submitted yet: some sixty events. */
  readonly drafts?: number;
}

export interface Draft {
  readonly id: string;
  /** The account of its applicant. */
  readonly person: string;
  readonly nth: number;
}

export interface SeededStore {
  readonly folder: string;
  readonly drafts: readonly Draft[];
  /** Ids of those that wait for their unit. */
  readonly filed: readonly string[];
  readonly events: number;
}

/** Appends under way at the same time: they share a wait for the disk. */
const atOnce = 500;

/** The lists that are there once a service has caught up: all of them, those named, or none. */
export interface SeedOptions {
  readonly lists?: readonly Projection[];
}

/**
 * A data folder of the service with so many dossiers, made as the service makes it: encrypted, sealed, and taken
 * in by its projections. Those not among `lists` pass it by: their checkpoints are level, their lists empty.
 */
export async function seed(
  folder: string,
  { filed: filings = 0, drafts: complete = 0 }: Amounts,
  { lists = projections }: SeedOptions = {},
): Promise<SeededStore> {
  const config = readConfig(serviceEnv(folder));
  const ids = new DossierIds(config.lookupKey);
  const stores = await openStores(config);
  const waiting = Array.from({ length: filings }, (_, nth) => ids.of(round, `filed-${nth}`));
  const drafts = Array.from({ length: complete }, (_, nth): Draft => {
    const person = `drafting-${nth}`;
    return { id: ids.of(round, person), person, nth };
  });
  try {
    // Nothing in the short ones is personal: they are kept as they are.
    const short = each(waiting, (id, nth) => ({ id, events: filed(`filed-${nth}`, nth) }));
    const long = each(drafts, ({ id, person, nth }) => ({
      id,
      events: completeDraft(person, nth),
    }));
    const events = (await appendAll(stores.log, short)) + (await appendAll(stores.events, long));
    await Promise.all(
      projections.map((projection) =>
        lists.includes(projection)
          ? rebuild(projection, stores.log, stores.readModels)
          : passBy(projection, stores),
      ),
    );
    return { folder, drafts, filed: waiting, events };
  } finally {
    await stores.close();
  }
}

async function passBy(projection: Projection, { log, readModels }: Stores): Promise<void> {
  const head = await log.head();
  const begun = await readModels.open(projection);
  if (head !== null) await readModels.commit(projection, begun, [], head);
}

/** One after the other, as they are asked for: a million would not fit into memory. */
function* each<From, To>(
  from: readonly From[],
  make: (one: From, nth: number) => To,
): Generator<To> {
  for (const [nth, one] of from.entries()) yield make(one, nth);
}

async function appendAll(
  store: EventStore,
  dossiers: Iterable<{ readonly id: string; readonly events: DossierEvents }>,
): Promise<number> {
  let count = 0;
  let underWay: Promise<unknown>[] = [];
  for (const { id, events } of dossiers) {
    count += events.length;
    underWay.push(store.append(streamOf(id), events, 'no-stream'));
    if (underWay.length < atOnce) continue;
    await Promise.all(underWay);
    underWay = [];
  }
  await Promise.all(underWay);
  return count;
}

/** Runs with a folder of its own, which is gone afterwards. */
export async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'title-review-bench-'));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Runs with a copy of the store's folder, for what changes it. */
export function onCopy<T>(store: SeededStore, work: (folder: string) => Promise<T>): Promise<T> {
  return inFolder(async (folder) => {
    // A closed file holds everything; what lies beside it may vanish at any time.
    const filter = (path: string): boolean => !/-(?:wal|shm)$/.test(path);
    await cp(store.folder, folder, { recursive: true, filter });
    return work(folder);
  });
}
