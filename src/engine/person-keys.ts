import { createSecretKey, hkdfSync, randomBytes, type KeyObject } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

import { StoreUnavailable } from './event-store';
import type { KeyRecord, KeyStore, PersonRecord, WrappedKey } from './key-store';
import type { MasterKeys } from './master-keys';

/** One person's keys, each for one use; all follow from the one that is kept. */
export interface PersonKey {
  /** Encrypts values in events. */
  readonly values: KeyObject;
  /** What the key of each file is derived from. */
  readonly files: KeyObject;
  /** Names files, so that their names say nothing. */
  readonly fileNames: KeyObject;
}

/** Nothing personal can be kept of a person who was erased. */
export class ErasedPerson extends Error {
  override readonly name = 'ErasedPerson';
}

export interface PersonKeysOptions {
  /** Most persons' keys held in memory, each of about a kilobyte. Default 100,000. */
  readonly capacity?: number;
  /** Milliseconds after which a key is looked up again. Default five minutes. */
  readonly freshFor?: number;
  /** Milliseconds of a clock that only goes forward. */
  readonly now?: () => number;
}

interface Held {
  readonly record: KeyRecord;
  /** Unwrapped at its first use. */
  readonly key: () => PersonKey | 'erased';
  readonly since: number;
}

const keyBytes = 32;
const atOnce = 200;

/**
 * The persons' keys, unwrapped and held in memory. While the key store is down those held are used on,
 * so that whoever was seen before can go on; a key that is gone is dropped at the latest when it is
 * looked up again, and at once where `forget` is told.
 */
export class PersonKeys {
  readonly #held = new Map<string, Held>();
  /** Told from, when a look-up ends, whether something was to be forgotten meanwhile. */
  #forgettings = 0;
  #onForget: () => void = () => undefined;
  readonly #capacity: number;
  readonly #freshFor: number;
  readonly #now: () => number;

  constructor(
    private readonly store: KeyStore,
    private readonly masters: MasterKeys,
    options: PersonKeysOptions = {},
  ) {
    this.#capacity = options.capacity ?? 100_000;
    this.#freshFor = options.freshFor ?? 5 * 60_000;
    this.#now = options.now ?? (() => performance.now());
  }

  /** The person's key, made when there is none; two that make one at the same time get the same. */
  async keyOf(person: string): Promise<PersonKey | 'erased'> {
    const known = await this.existing(person);
    if (known !== undefined) return known;
    const forgettings = this.#forgettings;
    const made = this.masters.wrap(person, randomBytes(keyBytes));
    return this.#take(person, await this.store.add(person, made), forgettings);
  }

  /** The person's key; undefined where none was ever made. */
  async existing(person: string): Promise<PersonKey | 'erased' | undefined> {
    const held = this.#held.get(person);
    if (held !== undefined && this.#isFresh(held)) return held.key();
    const forgettings = this.#forgettings;
    try {
      const record = await this.store.find(person);
      return record && this.#take(person, record, forgettings);
    } catch (error) {
      const stillHeld = this.#held.get(person);
      if (error instanceof StoreUnavailable && stillHeld !== undefined) return stillHeld.key();
      throw error;
    }
  }

  /**
   * Holds everybody's key that there is, up to the capacity, so that an outage of the store holds up nobody who
   * was ever here. Goes on after a pause (milliseconds) where the store fails; resolves at the latest on abort.
   */
  async learn(stopping: AbortSignal, pause = 5_000): Promise<void> {
    for (let after: string | null = null; !stopping.aborted;) {
      const forgettings = this.#forgettings;
      const page: readonly PersonRecord[] | null = await this.store
        .list(after, atOnce)
        .catch(() => null);
      if (page === null) {
        await sleep(pause, undefined, { signal: stopping }).catch(() => undefined);
        continue;
      }
      const last = page.at(-1);
      if (last === undefined || this.#held.size + page.length > this.#capacity) return;
      // Where somebody was to be forgotten meanwhile, the page is read again.
      if (forgettings !== this.#forgettings) continue;
      for (const { person, record } of page) this.#hold(person, record);
      after = last.person;
    }
  }

  /** For good; nothing encrypted for the person can be opened after it. Doing it again makes sure. */
  async destroy(person: string): Promise<void> {
    this.forget(person);
    await this.store.destroy(person);
    this.forget(person);
  }

  /** Drops what is held in memory of the person. */
  forget(person: string): void {
    this.#forgettings += 1;
    this.#held.delete(person);
    this.#onForget();
  }

  /** Tells whoever holds what the keys have opened. */
  onForget(listener: () => void): void {
    this.#onForget = listener;
  }

  /** Id of a master key that wraps somebody's key and was not given; undefined where none is missing. */
  missingMaster(): Promise<string | undefined> {
    return this.store.otherMaster(this.masters.known);
  }

  /**
   * Wraps with the newest master key what older ones wrap. It can be broken off and begun again, beside
   * a running service that was given the new key too. Answers with how many it has wrapped.
   */
  async rewrap(onProgress: (looked: number) => void = () => undefined): Promise<number> {
    let done = 0;
    // A service that was not given the new key yet may add to the old ones meanwhile.
    while ((await this.store.otherMaster([this.masters.newest])) !== undefined) {
      let page = await this.store.list(null, atOnce);
      for (; page.length > 0; page = await this.store.list(page.at(-1)?.person ?? null, atOnce)) {
        for (const { person, record } of page) done += await this.#rewrapOne(person, record);
        onProgress(page.length);
      }
    }
    await this.store.settle();
    return done;
  }

  close(): Promise<void> {
    this.#held.clear();
    return this.store.close();
  }

  async #rewrapOne(person: string, record: KeyRecord): Promise<number> {
    if (record === 'destroyed' || record.master === this.masters.newest) return 0;
    await this.store.replace(person, record, this.masters.wrap(person, this.#kept(person, record)));
    return 1;
  }

  #take(person: string, record: KeyRecord, forgettings: number): PersonKey | 'erased' {
    if (forgettings !== this.#forgettings) return this.#open(person, record);
    return this.#hold(person, record).key();
  }

  #isFresh({ record, since }: Held): boolean {
    return record === 'destroyed' || this.#now() - since < this.#freshFor;
  }

  #hold(person: string, record: KeyRecord): Held {
    this.#held.delete(person);
    const [oldest] = this.#held.size >= this.#capacity ? this.#held.keys() : [];
    if (oldest !== undefined) this.#held.delete(oldest);
    let opened: PersonKey | 'erased' | undefined;
    const key = (): PersonKey | 'erased' => (opened ??= this.#open(person, record));
    const held = { record, key, since: this.#now() };
    this.#held.set(person, held);
    return held;
  }

  #open(person: string, record: KeyRecord): PersonKey | 'erased' {
    return record === 'destroyed' ? 'erased' : this.#unwrap(person, record);
  }

  #unwrap(person: string, record: WrappedKey): PersonKey {
    const kept = createSecretKey(this.#kept(person, record));
    const derived = (use: string): KeyObject =>
      createSecretKey(Buffer.from(hkdfSync('sha256', kept, '', `title-review/${use}`, keyBytes)));
    return { values: derived('values'), files: derived('files'), fileNames: derived('file-names') };
  }

  /** A master key that was not given, or a damaged record, is the operator's to put right: nobody can go on. */
  #kept(person: string, record: WrappedKey): Buffer {
    try {
      return this.masters.unwrap(person, record);
    } catch (error) {
      throw new StoreUnavailable('the key store', error);
    }
  }
}
