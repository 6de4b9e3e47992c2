import { StoreUnavailable } from '../../src/engine/event-store';
import type { KeyRecord, KeyStore, WrappedKey } from '../../src/engine/key-store';
import { MasterKeys } from '../../src/engine/master-keys';
import { PersonKeys, type PersonKeysOptions } from '../../src/engine/person-keys';
import { asKey } from '../../src/secrets';

export const masterSecret = asKey('b8Yd5Jc3Pf0SaGh7Lr2Wm9Tz4Xb6Nk1VqQw2Er4T');

/** Keys in memory, which can be out of reach. */
export class MemoryKeyStore implements KeyStore {
  readonly records = new Map<string, KeyRecord>();
  /** How often something was asked of it. */
  asked = 0;
  down = false;

  async find(person: string): Promise<KeyRecord | undefined> {
    await this.reach();
    return this.records.get(person);
  }

  async add(person: string, key: WrappedKey): Promise<KeyRecord> {
    await this.reach();
    const there = this.records.get(person) ?? key;
    this.records.set(person, there);
    return there;
  }

  async replace(person: string, from: WrappedKey, to: WrappedKey): Promise<void> {
    await this.reach();
    const there = this.records.get(person);
    if (typeof there === 'object' && there.wrapped === from.wrapped) this.records.set(person, to);
  }

  async destroy(person: string): Promise<void> {
    await this.reach();
    this.records.set(person, 'destroyed');
  }

  async list(after: string | null, limit: number) {
    await this.reach();
    return [...this.records]
      .map(([person, record]) => ({ person, record }))
      .filter(({ person }) => person > (after ?? ''))
      .sort((one, other) => (one.person < other.person ? -1 : 1))
      .slice(0, limit);
  }

  async otherMaster(masters: readonly string[]): Promise<string | undefined> {
    await this.reach();
    const wrapped = [...this.records.values()].filter((record) => record !== 'destroyed');
    return wrapped.map(({ master }) => master).find((master) => !masters.includes(master));
  }

  settle(): Promise<void> {
    return this.reach();
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  private async reach(): Promise<void> {
    this.asked += 1;
    await Promise.resolve();
    if (this.down) throw new StoreUnavailable('the key store', new Error('down'));
  }
}

export function personKeys(store: KeyStore = new MemoryKeyStore(), options?: PersonKeysOptions) {
  return new PersonKeys(store, new MasterKeys(masterSecret), options);
}
