import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { SqliteEventStore } from '../../src/adapters/sqlite/event-store';
import { SqliteReadModels } from '../../src/adapters/sqlite/read-models';
import { FollowedMerkleLog } from '../../src/application/audit/followed-merkle-log';
import { rootOf } from '../../src/audit/frontier';
import type { MerkleLog } from '../../src/audit/merkle-log';
import { verifiesInclusion } from '../../src/audit/proof-verification';
import { StoredTree } from '../../src/audit/proofs';
import { eventLeaf } from '../../src/audit/record';
import { ed25519Sha256 as suite } from '../../src/audit/suite';
import type { EventStore, RecordedEvent } from '../../src/engine/event-store';
import { encodeJson } from '../../src/engine/json';
import { treeOf } from '../audit/support';
import { newEvents } from '../support/events';
import { everyEvent, until } from '../support/service';

/** A log with the tree over it, as one process has them open. */
interface Opened {
  readonly store: EventStore;
  readonly merkle: MerkleLog;
  close(): Promise<void>;
}

const leafOf = (event: RecordedEvent) =>
  eventLeaf(suite, event, {
    data: encodeJson(event.data),
    metadata: encodeJson({ ...event.metadata }),
  });

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'merkle-'));
});
afterEach(() => rm(folder, { recursive: true }));

const besideTheEvents = async (): Promise<Opened> => {
  const store = SqliteEventStore.open(join(folder, 'events.db'), { suite });
  await store.seal();
  return { store, merkle: store.merkleLog, close: () => store.close() };
};

const followed = (): Promise<Opened> => {
  const store = SqliteEventStore.open(join(folder, 'events.db'));
  const models = SqliteReadModels.open(join(folder, 'models.db'));
  const merkle = new FollowedMerkleLog(suite, store, models, { batchSize: 100 });
  merkle.start();
  const close = async (): Promise<void> => {
    await merkle.stop();
    await models.close();
    await store.close();
  };
  return Promise.resolve({ store, merkle, close });
};

describe.each([
  ['kept beside the events (SQLite)', besideTheEvents],
  ['following the log in the read models', followed],
])('A Merkle log %s', (_, open) => {
  let opened: Opened;
  const reopen = async (): Promise<void> => {
    await opened.close();
    opened = await open();
  };
  /** Once everything is sealed: the tree as it must be, made anew from the log alone. */
  const expectSealed = async (): Promise<void> => {
    const events = await everyEvent(opened.store);
    await until(async () => (await opened.merkle.frontier()).size === events.length);
    const { roots, frontier } = treeOf(events.map(leafOf));
    expect(await opened.merkle.frontier()).toEqual(frontier);
    const tree = new StoredTree(suite, opened.merkle.hashes);
    for (const size of [0, 1, 2, 255, 256, 257, 511, 512, 600, events.length]) {
      if (size > events.length) continue;
      const root = await tree.root(size);
      expect([size, Buffer.from(root)]).toEqual([size, Buffer.from(roots[size] ?? [])]);
    }
    for (const event of [events[0], events.at(-1), events[Math.floor(events.length / 3)]]) {
      if (event === undefined) continue;
      const index = (await opened.merkle.indexOf(event.position)) ?? -1;
      expect(events[index]?.id).toBe(event.id);
      const proof = await tree.inclusionProof(index, events.length);
      const head = { size: events.length, root: rootOf(suite, frontier) };
      expect(verifiesInclusion(suite, { index, leaf: leafOf(event) }, head, proof)).toBe(true);
    }
  };

  beforeEach(async () => {
    opened = await open();
  });
  afterEach(() => opened.close());

  it('seals every event once, in the order of the log, across tiles and restarts', async () => {
    await expectSealed();
    await opened.store.append('a', newEvents(1), 'no-stream');
    await expectSealed();
    await Promise.all(
      Array.from({ length: 30 }, (_, n) =>
        opened.store.append(`b-${n}`, newEvents(1 + (n % 17)), 'no-stream'),
      ),
    );
    await expectSealed();
    await reopen();
    await expectSealed();
    await opened.store.append('c', newEvents(400), 'no-stream');
    await reopen();
    await opened.store.append('d', newEvents(130), 'no-stream');
    await expectSealed();
  });

  it('leaves out what was refused', async () => {
    await opened.store.append('a', newEvents(3), 'no-stream');
    const refused = opened.store.append('a', newEvents(2), 'no-stream');
    const taken = opened.store.append('a', newEvents(2), 2);
    await expect(refused).rejects.toThrow(/stands at 2/);
    await taken;
    await expectSealed();
  });

  it('knows no leaf for what is not in it', async () => {
    expect(await opened.merkle.indexOf('0000000000000001')).toBeUndefined();
    const { position } = await opened.store.append('a', newEvents(3), 'no-stream');
    await expectSealed();
    expect(await opened.merkle.indexOf(position)).toBe(2);
    expect(await opened.merkle.indexOf(position.replace(/.$/, '9'))).toBeUndefined();
  });

  it('takes over a log that was written without it', async () => {
    await opened.close();
    const bare = SqliteEventStore.open(join(folder, 'events.db'));
    await bare.append('before', newEvents(700), 'no-stream');
    await bare.close();
    opened = await open();
    await opened.store.append('after', newEvents(2), 'no-stream');
    await expectSealed();
  });
});

it('a second process goes on where the first one sealed', async () => {
  const [one, other] = [await besideTheEvents(), await besideTheEvents()];
  for (let n = 0; n < 300; n += 1) {
    const { store } = n % 3 === 0 ? one : other;
    await store.append(`s-${n}`, newEvents(2), 'no-stream');
  }
  const { roots } = treeOf((await everyEvent(one.store)).map(leafOf));
  for (const { merkle } of [one, other]) {
    expect(rootOf(suite, await merkle.frontier())).toEqual(roots.at(-1));
  }
  await one.close();
  await other.close();
});
