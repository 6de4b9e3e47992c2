/** A person's key as it is kept: encrypted under one of the master keys, of which the store knows none. */
export interface WrappedKey {
  /** Id of the master key. */
  readonly master: string;
  readonly wrapped: string;
}

/** `destroyed` stays for good, so that a person who was erased gets no new key. */
export type KeyRecord = WrappedKey | 'destroyed';

export interface PersonRecord {
  readonly person: string;
  readonly record: KeyRecord;
}

/**
 * Keeps the wrapped keys of persons, apart from the log: what was erased here cannot be read there.
 * Every change is durable when it resolves. Rejects with StoreUnavailable.
 */
export interface KeyStore {
  find(person: string): Promise<KeyRecord | undefined>;

  /** Keeps the key unless there is something of the person already; answers with what is there now. */
  add(person: string, key: WrappedKey): Promise<KeyRecord>;

  /** Puts the same key, wrapped anew, in its place; does nothing where `from` is no longer there. */
  replace(person: string, from: WrappedKey, to: WrappedKey): Promise<void>;

  /**
   * Leaves nothing of the key but the mark that it was destroyed, also in what the store keeps beside
   * its data (write-ahead logs). Doing it again makes sure.
   */
  destroy(person: string): Promise<void>;

  /** What there is, by person, after one (null: from the first); none at the end. */
  list(after: string | null, limit: number): Promise<readonly PersonRecord[]>;

  /** A master key that wraps some key and is none of these; undefined for no other. */
  otherMaster(masters: readonly string[]): Promise<string | undefined>;

  /** Makes sure that nothing of a replaced key is left beside the data. */
  settle(): Promise<void>;

  close(): Promise<void>;
}
