import { randomUUID } from 'node:crypto';
import { MongoClient } from 'mongodb';
import { EncryptedEvidenceStore } from '../../src/adapters/evidence/encrypted-evidence-store';
import { GridFsBlobStore } from '../../src/adapters/mongodb/blob-store';
import { MongoConnection } from '../../src/adapters/mongodb/connection';
import { MongoKeyStore } from '../../src/adapters/mongodb/key-store';
import { MongoReadModels } from '../../src/adapters/mongodb/read-models';
import type { EvidenceStore } from '../../src/engine/evidence-store';
import type { KeyStore } from '../../src/engine/key-store';
import { MasterKeys } from '../../src/engine/master-keys';
import { PersonKeys } from '../../src/engine/person-keys';
import type { ReadModels } from '../../src/engine/read-models';
import { masterSecret } from '../support/memory-key-store';
import { MongoStandIn } from '../support/stand-ins/mongodb/server';
import type { Adapter, Backing } from './adapters';
import { limit } from './evidence-store.contract';

/** On the stand-in always; on a real server where MONGODB_URL names one. */
export function mongoReadModels(): Adapter<ReadModels>[] {
  return onEveryServer((database) => backingOf(database, (c) => new MongoReadModels(c)));
}

export function mongoEvidenceStores(): Adapter<EvidenceStore>[] {
  return onEveryServer((database) =>
    backingOf(database, (c) => {
      const keys = new PersonKeys(new MongoKeyStore(c), new MasterKeys(masterSecret));
      return new EncryptedEvidenceStore(new GridFsBlobStore(c), keys, masterSecret, limit);
    }),
  );
}

export function mongoKeyStores(): Adapter<KeyStore>[] {
  return onEveryServer((database) => backingOf(database, (c) => new MongoKeyStore(c)));
}

/** A database of its own, on a server that may hold much else. */
interface Database {
  connect(): MongoConnection;
  /** Drops the database and what belongs to it. */
  dispose(): Promise<void>;
}

function onEveryServer<Store>(
  open: (database: Database) => Backing<Store>,
  url = process.env.MONGODB_URL,
): Adapter<Store>[] {
  return [
    { name: 'MongoDB (stand-in)', open: async () => open(await onStandIn()) },
    url === undefined || url === ''
      ? { name: 'MongoDB (real server)', skipped: 'MONGODB_URL is not set' }
      : { name: 'MongoDB (real server)', open: () => Promise.resolve(open(onServer(url))) },
  ];
}

async function onStandIn(): Promise<Database> {
  const standIn = await new MongoStandIn().start();
  return {
    connect: () => MongoConnection.open(standIn.url),
    dispose: () => standIn.stop(),
  };
}

function onServer(url: string): Database {
  const database = `contract-${randomUUID()}`;
  return {
    connect: () => MongoConnection.open(url, { database }),
    dispose: async () => {
      const client = new MongoClient(url);
      await client.db(database).dropDatabase();
      await client.db(`${database}_evidence`).dropDatabase();
      await client.db(`${database}_keys`).dropDatabase();
      await client.close();
    },
  };
}

function backingOf<Store>(
  database: Database,
  make: (connection: MongoConnection) => Store,
): Backing<Store> {
  const connections: MongoConnection[] = [];
  return {
    connect: () => {
      const connection = database.connect();
      connections.push(connection);
      return Promise.resolve(make(connection));
    },
    dispose: async () => {
      for (const connection of connections) await connection.close();
      await database.dispose();
    },
  };
}
