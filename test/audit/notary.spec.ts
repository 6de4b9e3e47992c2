import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { WitnessFile } from '../../src/adapters/files/witness-file';
import { SqliteEventStore } from '../../src/adapters/sqlite/event-store';
import { Notary } from '../../src/application/audit/notary';
import type { ReferenceData } from '../../src/application/reference-data';
import { openCheckpoint } from '../../src/audit/checkpoint';
import type { MerkleLog } from '../../src/audit/merkle-log';
import { noteSigner } from '../../src/audit/note-keys';
import { StoredTree } from '../../src/audit/proofs';
import { checkpointStream, type SignedCheckpoint } from '../../src/audit/signed-checkpoints';
import { SimulatedClock } from '../../src/engine/clock';
import { StoreUnavailable } from '../../src/engine/event-store';
import { newEvents } from '../support/events';
import { until } from '../support/service';
import { suite } from './support';

const signer = noteSigner(suite, 'log.example', 'log', Buffer.alloc(32, 7));
const noRounds = { rounds: () => Promise.resolve(new Map()) } as unknown as ReferenceData;

describe('The notary', () => {
  let folder: string;
  let store: SqliteEventStore;
  let clock: SimulatedClock;
  let notary: Notary;

  const notaryOver = (merkle: MerkleLog) => new Notary(clock, store, merkle, signer, noRounds);
  const signed = async () =>
    (await store.read(checkpointStream)).map(({ data }) => data as unknown as SignedCheckpoint);
  const aMinuteLater = (): void => {
    clock.moveTo(new Date(Date.parse(clock.now()) + 60_000).toISOString());
  };

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'notary-'));
    store = SqliteEventStore.open(join(folder, 'events.db'), { suite });
    clock = new SimulatedClock('2022-08-10T09:00:00.000+08:00');
    notary = notaryOver(store.merkleLog);
  });
  afterEach(async () => {
    await notary.stop();
    await store.close();
    await rm(folder, { recursive: true });
  });

  it('signs what was added, and then nothing for as long as nothing is', async () => {
    notary.start();
    await store.append('a', newEvents(5), 'no-stream');
    aMinuteLater();
    await until(async () => (await signed()).length === 1);
    for (let minute = 0; minute < 3; minute += 1) aMinuteLater();
    await store.append('b', newEvents(5), 'no-stream');
    aMinuteLater();
    await until(async () => (await signed()).length === 2);
    const tree = new StoredTree(suite, store.merkleLog.hashes);
    const checkpoints = (await signed()).map(
      ({ note }) => openCheckpoint(note, signer.key).checkpoint,
    );
    expect(checkpoints.map(({ size }) => size)).toEqual([5, 11]);
    for (const { size, root } of checkpoints) {
      expect(Buffer.from(root)).toEqual(Buffer.from(await tree.root(size)));
    }
  });

  it('goes on with one another has signed meanwhile', async () => {
    const other = notaryOver(store.merkleLog);
    await store.append('a', newEvents(5), 'no-stream');
    notary.start();
    other.start();
    await until(async () => (await signed()).length > 0);
    await store.append('b', newEvents(5), 'no-stream');
    aMinuteLater();
    await until(async () => (await signed()).length > 1);
    await other.stop();
    expect((await signed()).map(({ size }) => size)).toEqual([5, 11]);
  });

  it('signs nothing any more over a log that was altered', async () => {
    await store.append('a', newEvents(5), 'no-stream');
    notary.start();
    await until(async () => (await signed()).length === 1);
    await notary.stop();
    const another = SqliteEventStore.open(join(folder, 'another.db'), { suite });
    await another.append('a', newEvents(9), 'no-stream');
    notary = notaryOver(another.merkleLog);
    notary.start();
    aMinuteLater();
    const looked = jest.spyOn(another.merkleLog, 'frontier');
    await until(() => Promise.resolve(looked.mock.calls.length > 1));
    await notary.stop();
    expect(await signed()).toHaveLength(1);
    await another.close();
  });
});

describe('A witness file', () => {
  it('holds every checkpoint, one after the other', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'witness-'));
    const path = join(folder, 'witness');
    for (const note of ['one\n', 'two\n']) await new WitnessFile(path).receive({ note });
    expect(await readFile(path, 'utf8')).toBe('one\n\ntwo\n\n');
    await expect(new WitnessFile(folder).receive({ note: 'three\n' })).rejects.toThrow(
      StoreUnavailable,
    );
    await rm(folder, { recursive: true });
  });
});
