import type { Collection } from 'mongodb';

import type { KeyRecord, KeyStore, PersonRecord, WrappedKey } from '../../engine/key-store';
import type { MongoConnection } from './connection';
import { isDuplicateKey } from './failures';

/** A destroyed key leaves its document, with nothing but the person. */
interface StoredKey {
  readonly _id: string;
  readonly master?: string;
  readonly wrapped?: string;
}

/**
 * Persons' keys in a database of their own, which is backed up by itself and never restored from before
 * an erasure. (What the server keeps of a destroyed key in its oplog and journal goes as these go round;
 * changing the master key makes it worthless at once.)
 */
export class MongoKeyStore implements KeyStore {
  readonly #keys: Collection<StoredKey>;

  constructor(private readonly connection: MongoConnection) {
    this.#keys = connection.keys.collection('person_keys');
  }

  find(person: string): Promise<KeyRecord | undefined> {
    return this.connection.use(async () => {
      const found = await this.#keys.findOne({ _id: person });
      return found === null ? undefined : recordOf(found);
    });
  }

  async add(person: string, { master, wrapped }: WrappedKey): Promise<KeyRecord> {
    const added = { master, wrapped };
    const there = await this.connection.use(async () => {
      try {
        await this.#keys.insertOne({ _id: person, ...added });
        return added;
      } catch (error) {
        if (!isDuplicateKey(error)) throw error;
        return this.#keys.findOne({ _id: person });
      }
    });
    if (there === null) throw new Error('a key that was added is not there');
    return recordOf(there);
  }

  async replace(person: string, from: WrappedKey, to: WrappedKey): Promise<void> {
    const { master, wrapped } = to;
    await this.connection.use(() =>
      this.#keys.updateOne({ _id: person, wrapped: from.wrapped }, { $set: { master, wrapped } }),
    );
  }

  async destroy(person: string): Promise<void> {
    const nothing = { $unset: { master: true, wrapped: true } } as const;
    await this.connection.use(async () => {
      try {
        await this.#keys.updateOne({ _id: person }, nothing, { upsert: true });
      } catch (error) {
        if (!isDuplicateKey(error)) throw error;
        // It was added in between.
        await this.#keys.updateOne({ _id: person }, nothing);
      }
    });
  }

  list(after: string | null, limit: number): Promise<readonly PersonRecord[]> {
    const later = { _id: { $gt: after ?? '' } };
    return this.connection.use(async () => {
      const found = await this.#keys.find(later).sort({ _id: 1 }).limit(limit).toArray();
      return found.map((stored) => ({ person: stored._id, record: recordOf(stored) }));
    });
  }

  otherMaster(masters: readonly string[]): Promise<string | undefined> {
    const other = { master: { $exists: true, $nin: [...masters] } };
    return this.connection.use(async () => (await this.#keys.findOne(other))?.master);
  }

  settle(): Promise<void> {
    return Promise.resolve();
  }

  /** The connection is shared, and closed by who opened it. */
  close(): Promise<void> {
    return Promise.resolve();
  }
}

function recordOf({ master, wrapped }: Omit<StoredKey, '_id'>): KeyRecord {
  return master === undefined || wrapped === undefined ? 'destroyed' : { master, wrapped };
}
