import { copyKeys } from '../../src/cli/migrate/key-copy';
import { MemoryKeyStore, personKeys } from '../support/memory-key-store';
import { bytesOf } from '../contract/person-keys.contract';

describe("Copying persons' keys", () => {
  let from: MemoryKeyStore;
  let to: MemoryKeyStore;
  beforeEach(() => {
    from = new MemoryKeyStore();
    to = new MemoryKeyStore();
  });

  it('brings every key, still wrapped, and the marks of those destroyed', async () => {
    const keys = personKeys(from);
    const people = Array.from({ length: 450 }, (_, n) => `p-${n}`);
    for (const person of people) await keys.keyOf(person);
    await keys.destroy('p-7');
    expect(await copyKeys(from, to)).toBe(450);
    expect([...to.records].sort()).toEqual([...from.records].sort());
    expect(await personKeys(to).keyOf('p-7')).toBe('erased');
    expect(await copyKeys(from, to)).toBe(450);
    expect(bytesOf(await personKeys(to).keyOf('p-8'))).toBe(bytesOf(await keys.keyOf('p-8')));
  });

  it('brings no key back that was destroyed where it goes', async () => {
    await personKeys(from).keyOf('p');
    await personKeys(to).destroy('p');
    await copyKeys(from, to);
    expect(to.records.get('p')).toBe('destroyed');
  });

  it("is refused where somebody's key is another one", async () => {
    await personKeys(from).keyOf('p');
    await personKeys(to).keyOf('p');
    await expect(copyKeys(from, to)).rejects.toThrow('another key');
  });
});
