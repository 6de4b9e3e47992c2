import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { SqliteEventStore } from '../src/adapters/sqlite/event-store';
import { SqliteKeyStore } from '../src/adapters/sqlite/key-store';
import { dossierContent } from '../src/cli/season/people/dossier-content';
import { applicant } from '../src/cli/season/people/person';
import type { EventMetadata, EventStore, NewEvent } from '../src/engine/event-store';
import { MasterKeys } from '../src/engine/master-keys';
import { PersonKeys } from '../src/engine/person-keys';
import { EncryptedEventStore } from '../src/engine/encrypted-event-store';
import { PersonalDataCipher } from '../src/engine/personal-data-cipher';
import type { Organisation } from '../src/organisations/organisation';
import { personalData } from '../src/privacy/personal-data';
import { policy2022 } from '../src/rounds/policy-2022';
import organisations from '../src/sample/organisations.json';
import { asKey } from '../src/secrets';

/*
 * What encryption costs: the events of complete dossiers are appended, and one dossier is read again and
 * again, with and without it, in turns, on SQLite. Prints the ratio of the medians.
 */

const dossiers = 100;
const rounds = 7;
const reads = 300;
/** Appends under way at the same time: they share a wait for the disk. */
const atOnce = 200;

const units = organisations as readonly Organisation[];
const unit = units.find(({ kind }) => kind === 'public-institution') ?? units[0];

type Work = readonly { readonly stream: string; readonly event: NewEvent }[];

/** One event an append, as a command gives it; those of one dossier follow one another. */
function workOf(count: number): Work[] {
  if (unit === undefined) throw new Error('there is no unit among the samples');
  const season = { seed: 1, year: 2022, units: [unit], levels: ['senior'] } as const;
  return Array.from({ length: count }, (_, n) => {
    const person = applicant({ ...season, subSpecialties: ['construction'] }, n);
    const { sections, evidence } = dossierContent(person, policy2022);
    const about = `account-${n}`;
    const data = [
      ...evidence.map(({ sha256, mediaType, bytes, name }) => ({
        type: 'EvidenceAttached',
        data: { attachment: { sha256, mediaType, bytes: bytes.length, name } },
      })),
      ...Object.entries(sections).map(([section, content]) => ({
        type: 'SectionSaved',
        data: { section, content: content },
      })),
      { type: 'DossierAccepted', data: { at: '2022-08-26T09:00:00.000+08:00' } },
    ];
    return data.map((event) => ({
      stream: `dossier-2022-${n}`,
      event: { id: randomUUID(), ...event, metadata: metadataOf(about) },
    }));
  });
}

function metadataOf(person: string): EventMetadata {
  return {
    at: '2022-08-26T09:00:00.000+08:00',
    actor: { kind: 'person', subject: person, roles: ['applicant'], organisation: 'unit' },
    address: '192.0.2.7',
    command: { id: randomBytes(32).toString('hex'), digest: randomBytes(32).toString('hex') },
    policyVersion: 1,
    person,
    jurisdiction: ['unit', 'bureau', 'prefecture', 'title-office'],
  };
}

/** The nth event of every dossier before the next one of any. */
async function appendAll(store: EventStore, work: readonly Work[]): Promise<void> {
  const longest = Math.max(...work.map(({ length }) => length));
  for (let n = 0; n < longest; n += 1) {
    const wave = work.flatMap((events) => events[n] ?? []);
    for (let from = 0; from < wave.length; from += atOnce) {
      await Promise.all(
        wave
          .slice(from, from + atOnce)
          .map(({ stream, event }) => store.append(stream, [event], n === 0 ? 'no-stream' : n - 1)),
      );
    }
  }
}

interface Timing {
  readonly append: number;
  readonly read: number;
}

async function time(work: readonly Work[], encrypted: boolean): Promise<Timing> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-encryption-'));
  const events = SqliteEventStore.open(join(folder, 'events.db'));
  const keys = new PersonKeys(
    SqliteKeyStore.open(join(folder, 'keys.db')),
    new MasterKeys(asKey(randomBytes(32).toString('base64'))),
  );
  // A person's key is made once, with the first event: that is not what an append costs.
  for (const one of work) await keys.keyOf(one[0]?.event.metadata.person ?? '');
  const store = encrypted
    ? new EncryptedEventStore(events, new PersonalDataCipher(keys, personalData))
    : events;
  const start = performance.now();
  await appendAll(store, work);
  const appended = performance.now();
  for (let n = 0; n < reads; n += 1) await store.read(`dossier-2022-${n % work.length}`);
  const read = performance.now();
  await store.close();
  await keys.close();
  await rm(folder, { recursive: true });
  return { append: appended - start, read: read - appended };
}

function median(values: readonly number[]): number {
  return [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0;
}

async function main(): Promise<void> {
  const work = workOf(dossiers);
  const events = work.flat().length;
  const plain: Timing[] = [];
  const encrypted: Timing[] = [];
  await time(work, true); // Warms up.
  for (let round = 0; round < rounds; round += 1) {
    plain.push(await time(work, false));
    encrypted.push(await time(work, true));
  }
  const report = (what: keyof Timing, count: number, unitOfWork: string): string => {
    const [without, withIt] = [plain, encrypted].map((timings) =>
      median(timings.map((timing) => timing[what])),
    ) as [number, number];
    const rate = (ms: number) => `${Math.round((count / ms) * 1000)} ${unitOfWork}/s`;
    const ratio = (withIt / without).toFixed(3);
    return `${what}: ${rate(without)} in plain text, ${rate(withIt)} encrypted; ratio ${ratio}`;
  };
  const size = JSON.stringify(work.flat().map(({ event }) => event)).length / events;
  process.stdout.write(
    `${dossiers} dossiers, ${events} events of ${Math.round(size)} characters, median of ${rounds}\n` +
      `${report('append', events, 'events')}\n${report('read', reads, 'dossiers')}\n`,
  );
}

void main();
