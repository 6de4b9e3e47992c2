import { hkdfSync, type KeyObject, createSecretKey } from 'node:crypto';

import { decrypt, encrypt, placeOf } from './aes-gcm';
import type { WrappedKey } from './key-store';

/** A key was wrapped by a master key the service was not given. */
export class UnknownMasterKey extends Error {
  override readonly name = 'UnknownMasterKey';
  constructor(readonly master: string) {
    super(`a person's key is wrapped by master key ${master}, which was not given`);
  }
}

/**
 * The keys, from outside, that wrap the persons' keys. The newest wraps; older ones still open what they
 * wrapped, until everything is wrapped anew. Each is known by an id that says nothing of it.
 */
export class MasterKeys {
  /** Id of the one that wraps. */
  readonly newest: string;
  readonly #keys: ReadonlyMap<string, KeyObject>;

  constructor(newest: KeyObject, older: readonly KeyObject[] = []) {
    this.newest = idOf(newest);
    this.#keys = new Map([...older, newest].map((key) => [idOf(key), wrappingKeyOf(key)]));
  }

  /** Ids of all of them. */
  get known(): readonly string[] {
    return [...this.#keys.keys()];
  }

  wrap(person: string, key: Buffer): WrappedKey {
    const master = this.newest;
    const wrapped = encrypt(this.#key(master), key, placeIn(person, master));
    return { master, wrapped: wrapped.toString('base64url') };
  }

  /** Throws {@link UnknownMasterKey}, or NotAuthentic for a key that was changed or is another person's. */
  unwrap(person: string, { master, wrapped }: WrappedKey): Buffer {
    return decrypt(this.#key(master), Buffer.from(wrapped, 'base64url'), placeIn(person, master));
  }

  #key(master: string): KeyObject {
    const key = this.#keys.get(master);
    if (key === undefined) throw new UnknownMasterKey(master);
    return key;
  }
}

function placeIn(person: string, master: string): Buffer {
  return placeOf('person-key', 'v1', person, master);
}

function idOf(key: KeyObject): string {
  return Buffer.from(hkdfSync('sha256', key, '', 'title-review/master-key-id', 8)).toString('hex');
}

/** The secret is a text of any length; AES takes 32 bytes. */
function wrappingKeyOf(key: KeyObject): KeyObject {
  return createSecretKey(
    Buffer.from(hkdfSync('sha256', key, '', 'title-review/wraps-person-keys', 32)),
  );
}
