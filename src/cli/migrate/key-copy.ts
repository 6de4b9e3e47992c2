import type { KeyRecord, KeyStore } from '../../engine/key-store';

const atOnce = 200;

/**
 * Copies the persons' keys, still wrapped, and the marks of those destroyed; a key destroyed in either place
 * stays destroyed. Answers with how many persons there are.
 */
export async function copyKeys(from: KeyStore, to: KeyStore): Promise<number> {
  let copied = 0;
  let page = await from.list(null, atOnce);
  for (; page.length > 0; page = await from.list(page.at(-1)?.person ?? null, atOnce)) {
    for (const { person, record } of page) await copyKey(to, person, record);
    copied += page.length;
  }
  return copied;
}

async function copyKey(to: KeyStore, person: string, record: KeyRecord): Promise<void> {
  if (record === 'destroyed') return to.destroy(person);
  const there = await to.add(person, record);
  if (there === 'destroyed' || there.wrapped === record.wrapped) return;
  throw new Error(
    'Somebody has another key there already, or the same wrapped by another master key.',
  );
}
