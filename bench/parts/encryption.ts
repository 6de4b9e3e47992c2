import { randomBytes } from 'node:crypto';
import { join } from 'node:path';

import { SqliteEventStore } from '../../src/adapters/sqlite/event-store';
import { SqliteKeyStore } from '../../src/adapters/sqlite/key-store';
import { EncryptedEventStore } from '../../src/engine/encrypted-event-store';
import type { EventStore } from '../../src/engine/event-store';
import { MasterKeys } from '../../src/engine/master-keys';
import { PersonKeys } from '../../src/engine/person-keys';
import { PersonalDataCipher } from '../../src/engine/personal-data-cipher';
import { personalData } from '../../src/privacy/personal-data';
import { asKey } from '../../src/secrets';
import { measured } from '../harness/measurement';
import type { Part } from '../harness/part';
import { completeDraft, type DossierEvents } from '../store/dossiers';
import { inFolder } from '../store/seeded-store';

/** Appends under way at the same time: they share a wait for the disk. */
const atOnce = 200;

export const encryption: Part = {
  name: 'encryption',
  about: 'dossiers appended, and read whole, with and without encryption of personal data',

  async *run({ full }) {
    const [dossiers, reads, runs] = full ? [100, 300, 7] : [15, 30, 2];
    const work = Array.from({ length: dossiers }, (_, nth) => completeDraft(`account-${nth}`, nth));
    const events = work.flat().length;
    const [plain, encrypted]: [Timing[], Timing[]] = [[], []];
    await time(work, reads, true); // Warms up.
    for (let run = 0; run < runs; run += 1) {
      plain.push(await time(work, reads, false));
      encrypted.push(await time(work, reads, true));
    }
    for (const [what, count, unit] of [
      ['append', events, 'events/s'],
      ['read', reads, 'dossiers/s'],
    ] as const) {
      const rates = (timings: readonly Timing[]) => timings.map((timing) => count / timing[what]);
      const limit = { values: rates(plain), is: 'in plain text' };
      yield measured(`${what}, encrypted`, unit, rates(encrypted), limit);
    }
  },
};

/** The nth event of every dossier before the next one of any. */
async function appendAll(store: EventStore, work: readonly DossierEvents[]): Promise<void> {
  const longest = Math.max(...work.map(({ length }) => length));
  for (let nth = 0; nth < longest; nth += 1) {
    const wave = work.flatMap((events, dossier) => {
      const event = events[nth];
      return event === undefined ? [] : { stream: streamOf(dossier), event };
    });
    for (let from = 0; from < wave.length; from += atOnce) {
      await Promise.all(
        wave
          .slice(from, from + atOnce)
          .map(({ stream, event }) =>
            store.append(stream, [event], nth === 0 ? 'no-stream' : nth - 1),
          ),
      );
    }
  }
}

function streamOf(dossier: number): string {
  return `dossier-2022-${dossier}`;
}

/** Seconds. */
interface Timing {
  readonly append: number;
  readonly read: number;
}

function time(work: readonly DossierEvents[], reads: number, encrypted: boolean): Promise<Timing> {
  return inFolder(async (folder) => {
    const events = SqliteEventStore.open(join(folder, 'events.db'));
    const keys = new PersonKeys(
      SqliteKeyStore.open(join(folder, 'keys.db')),
      new MasterKeys(asKey(randomBytes(32).toString('base64'))),
    );
    // A person's key is made once, with the first event: that is not what an append costs.
    for (const [first] of work) await keys.keyOf(first.metadata.person ?? '');
    const store = encrypted
      ? new EncryptedEventStore(events, new PersonalDataCipher(keys, personalData))
      : events;
    const start = performance.now();
    await appendAll(store, work);
    const appended = performance.now();
    for (let n = 0; n < reads; n += 1) await store.read(streamOf(n % work.length));
    const read = performance.now();
    await store.close();
    await keys.close();
    return { append: (appended - start) / 1000, read: (read - appended) / 1000 };
  });
}
