import { randomUUID } from 'node:crypto';
import { StoreUnavailable } from '../../src/engine/event-store';
import type { KeyStore } from '../../src/engine/key-store';
import { MasterKeys } from '../../src/engine/master-keys';
import { PersonKeys, type PersonKey } from '../../src/engine/person-keys';
import { asKey } from '../../src/secrets';
import type { Backing } from './adapters';

export const firstSecret = asKey('0Kc9wq5uRzjB1xKpTn8Yd3Hf6Vm0Lc9Se2GaQoI');
export const secondSecret = asKey('Pf0SaGh7Lr2Wm9Tz4Xb6Nk1Vq8Yd5Jc3wXyZ901');
const masters = new MasterKeys(firstSecret);

/** The bytes of one of the keys: two are the same person's where they are the same. */
export function bytesOf(key: PersonKey | 'erased' | undefined): string {
  if (key === undefined || key === 'erased') throw new Error(`there is no key but ${String(key)}`);
  return key.values.export().toString('hex');
}

/** What persons' keys do, on whatever they are kept in. */
export function personKeysContract(name: string, open: () => Promise<Backing<KeyStore>>): void {
  describe(`persons' keys in ${name}`, () => {
    let backing: Backing<KeyStore>;
    let store: KeyStore;
    let keys: PersonKeys;
    let person: string;

    beforeEach(async () => {
      backing = await open();
      store = await backing.connect();
      keys = new PersonKeys(store, masters);
      person = `person-${randomUUID()}`;
    });
    afterEach(() => backing.dispose());

    const afterRestart = async (given = masters) => new PersonKeys(await backing.connect(), given);

    it('are made once a person, and last', async () => {
      const key = bytesOf(await keys.keyOf(person));
      expect(bytesOf(await keys.keyOf(person))).toBe(key);
      expect(bytesOf(await (await afterRestart()).existing(person))).toBe(key);
      expect(bytesOf(await keys.keyOf(`${person}-other`))).not.toBe(key);
    });

    it('are not made by looking for one', async () => {
      expect(await keys.existing(person)).toBeUndefined();
      expect(await store.find(person)).toBeUndefined();
    });

    it('have a key for each use', async () => {
      const key = await keys.keyOf(person);
      if (key === 'erased') throw new Error('there is no key');
      const bytes = Object.values(key).map((one) => (one as PersonKey['values']).export());
      expect(new Set(bytes.map((one) => one.toString('hex'))).size).toBe(bytes.length);
    });

    it('are the same for all who make one at the same time', async () => {
      const others = await Promise.all(Array.from({ length: 6 }, () => afterRestart()));
      const made = await Promise.all(
        others.flatMap((one) => [one.keyOf(person), one.keyOf(person)]),
      );
      expect(new Set(made.map(bytesOf)).size).toBe(1);
      expect(bytesOf(await (await afterRestart()).existing(person))).toBe(bytesOf(made[0]));
    });

    it('are kept wrapped, each bound to its person', async () => {
      const key = bytesOf(await keys.keyOf(person));
      const record = await store.find(person);
      if (record === undefined || record === 'destroyed') throw new Error('it was not kept');
      expect(Buffer.from(record.wrapped, 'base64url').toString('hex')).not.toContain(key);
      await store.add(`${person}-other`, record);
      await expect(keys.existing(`${person}-other`)).rejects.toBeInstanceOf(StoreUnavailable);
    });

    it('are gone for good once destroyed', async () => {
      await keys.keyOf(person);
      await keys.destroy(person);
      expect(await keys.existing(person)).toBe('erased');
      expect(await keys.keyOf(person)).toBe('erased');
      expect(await store.find(person)).toBe('destroyed');
      const later = await afterRestart();
      expect(await later.keyOf(person)).toBe('erased');
    });

    it('are not made after a person without one was erased', async () => {
      await keys.destroy(person);
      expect(await keys.keyOf(person)).toBe('erased');
    });

    it('can be destroyed again, and while they are made', async () => {
      const racing = await Promise.all(Array.from({ length: 6 }, () => afterRestart()));
      await Promise.all<unknown>([
        ...racing.map((one) => one.keyOf(person)),
        ...racing.map((one) => one.destroy(person)),
      ]);
      expect(await (await afterRestart()).keyOf(person)).toBe('erased');
    });

    describe('under a new master key', () => {
      const rotated = new MasterKeys(secondSecret, [firstSecret]);
      const onlyNew = new MasterKeys(secondSecret);

      it('open under the old one until they are wrapped anew', async () => {
        const key = bytesOf(await keys.keyOf(person));
        expect(bytesOf(await (await afterRestart(rotated)).existing(person))).toBe(key);
        await expect((await afterRestart(onlyNew)).existing(person)).rejects.toMatchObject({
          name: 'StoreUnavailable',
          cause: { name: 'UnknownMasterKey' },
        });
      });

      it('are named by the master key that is missing', async () => {
        await keys.keyOf(person);
        expect(await (await afterRestart(onlyNew)).missingMaster()).toBe(masters.newest);
        expect(await (await afterRestart(rotated)).missingMaster()).toBeUndefined();
      });

      it('are all wrapped anew, the destroyed ones left destroyed', async () => {
        const people = Array.from({ length: 450 }, (_, index) => `${person}-${index}`);
        const before = new Map<string, string>();
        for (const one of people) before.set(one, bytesOf(await keys.keyOf(one)));
        await keys.destroy(person);
        let looked = 0;
        const rotating = await afterRestart(rotated);
        expect(await rotating.rewrap((count) => (looked += count))).toBe(people.length);
        expect(looked).toBe(people.length + 1);
        const later = await afterRestart(onlyNew);
        for (const [one, key] of before) expect(bytesOf(await later.existing(one))).toBe(key);
        expect(await later.existing(person)).toBe('erased');
        expect(await rotating.rewrap()).toBe(0);
      });

      it('go on being wrapped anew where it was broken off', async () => {
        await keys.keyOf(`${person}-1`);
        await keys.keyOf(`${person}-2`);
        const rotating = await afterRestart(rotated);
        const brokenOff = new Error('broken off');
        await expect(
          rotating.rewrap(() => {
            throw brokenOff;
          }),
        ).rejects.toBe(brokenOff);
        await rotating.rewrap();
        const later = await afterRestart(onlyNew);
        expect(await later.missingMaster()).toBeUndefined();
        expect(await later.existing(`${person}-2`)).not.toBe('erased');
      });

      it('leave a key alone that was destroyed meanwhile', async () => {
        await keys.keyOf(person);
        const seen = await store.find(person);
        if (seen === undefined || seen === 'destroyed') throw new Error('it was not kept');
        await store.destroy(person);
        await store.replace(person, seen, { master: 'new', wrapped: 'new' });
        expect(await store.find(person)).toBe('destroyed');
      });
    });
  });
}
