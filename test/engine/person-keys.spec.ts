import { StoreUnavailable } from '../../src/engine/event-store';
import type { KeyRecord } from '../../src/engine/key-store';
import { MemoryKeyStore, personKeys } from '../support/memory-key-store';

describe("Persons' keys in memory", () => {
  let store: MemoryKeyStore;
  let now: number;
  const options = { capacity: 3, freshFor: 1000, now: () => now };
  beforeEach(() => {
    store = new MemoryKeyStore();
    now = 0;
  });

  it('are looked up once, and again after a while', async () => {
    const keys = personKeys(store, options);
    const key = await keys.keyOf('p');
    const asked = store.asked;
    now = 999;
    expect(await keys.keyOf('p')).toBe(key);
    expect(store.asked).toBe(asked);
    now = 1000;
    await keys.keyOf('p');
    expect(store.asked).toBe(asked + 1);
  });

  it('are used on while the store is down, for whoever was seen', async () => {
    const keys = personKeys(store, options);
    const key = await keys.keyOf('p');
    store.down = true;
    now = 1_000_000;
    expect(await keys.keyOf('p')).toBe(key);
    expect(await keys.existing('p')).toBe(key);
    await expect(keys.keyOf('q')).rejects.toBeInstanceOf(StoreUnavailable);
  });

  it('are given up once another instance has destroyed them', async () => {
    const keys = personKeys(store, options);
    await keys.keyOf('p');
    await personKeys(store).destroy('p');
    now = 1000;
    expect(await keys.existing('p')).toBe('erased');
  });

  it('are given up at once when told to', async () => {
    const keys = personKeys(store, options);
    await keys.keyOf('p');
    await personKeys(store).destroy('p');
    keys.forget('p');
    expect(await keys.keyOf('p')).toBe('erased');
    const others = personKeys(store, options);
    await others.keyOf('q');
    await others.destroy('q');
    store.down = true;
    await expect(others.keyOf('q')).rejects.toBeInstanceOf(StoreUnavailable);
  });

  it('are not held by a look-up that began before they were destroyed', async () => {
    let answer: (record: KeyRecord | undefined) => void = () => undefined;
    const found = new Promise<KeyRecord | undefined>((resolve) => (answer = resolve));
    const keys = personKeys(store, options);
    await personKeys(store).keyOf('p');
    const before = store.records.get('p');
    jest.spyOn(store, 'find').mockImplementationOnce(() => found);
    const looking = keys.existing('p');
    await keys.destroy('p');
    answer(before);
    await looking;
    expect(await keys.existing('p')).toBe('erased');
  });

  it('tell whoever holds what they opened that somebody is to be forgotten', async () => {
    const keys = personKeys(store, options);
    await keys.keyOf('p');
    const told = jest.fn();
    keys.onForget(told);
    keys.forget('q');
    expect(told).toHaveBeenCalledTimes(1);
    await keys.destroy('p');
    expect(told).toHaveBeenCalledTimes(3);
  });

  it('are bounded in number', async () => {
    const keys = personKeys(store, options);
    for (const person of ['a', 'b', 'c', 'd']) await keys.keyOf(person);
    store.down = true;
    await expect(keys.existing('a')).rejects.toBeInstanceOf(StoreUnavailable);
    for (const person of ['b', 'c', 'd']) await keys.existing(person);
  });

  describe('learnt beforehand', () => {
    const forever = new AbortController().signal;

    it('are those of everybody who was ever here', async () => {
      const elsewhere = personKeys(store);
      const people = Array.from({ length: 450 }, (_, n) => `p${n}`);
      for (const person of people) await elsewhere.keyOf(person);
      await elsewhere.destroy('p7');
      const keys = personKeys(store);
      await keys.learn(forever);
      store.down = true;
      for (const person of people) {
        expect((await keys.existing(person)) === 'erased').toBe(person === 'p7');
      }
      await expect(keys.existing('never here')).rejects.toBeInstanceOf(StoreUnavailable);
    });

    it('come once the store is there', async () => {
      await personKeys(store).keyOf('p');
      const keys = personKeys(store);
      store.down = true;
      const learning = keys.learn(forever, 1);
      await expect(keys.existing('p')).rejects.toBeInstanceOf(StoreUnavailable);
      store.down = false;
      await learning;
      store.down = true;
      expect(await keys.existing('p')).toBeDefined();
    });

    it('are not those of somebody who is erased meanwhile', async () => {
      await personKeys(store).keyOf('p');
      const keys = personKeys(store);
      const learning = keys.learn(forever);
      await keys.destroy('p');
      await learning;
      store.down = true;
      await expect(keys.existing('p').catch(() => 'unknown')).resolves.not.toBeInstanceOf(Object);
    });

    it('are no more than are held', async () => {
      for (const person of ['a', 'b', 'c', 'd']) await personKeys(store).keyOf(person);
      const keys = personKeys(store, options);
      await keys.learn(forever);
      store.down = true;
      await expect(keys.existing('a')).rejects.toBeInstanceOf(StoreUnavailable);
    });

    it('are given up when the service ends', async () => {
      store.down = true;
      const ending = new AbortController();
      const learning = personKeys(store).learn(ending.signal, 1_000_000);
      ending.abort();
      await learning;
    });
  });
});
