import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { GridFSBucket, MongoClient } from 'mongodb';
import { GridFsBlobStore } from '../../../src/adapters/mongodb/blob-store';
import type { Through } from '../../../src/engine/blob-store';
import { pdfOf, samples, sha256 } from '../../contract/evidence-store.contract';
import { eventually } from '../../engine/tally';
import {
  type Call,
  failingAt,
  hanging,
  lost,
  refused,
  unheard,
  when,
} from '../../support/stand-ins/mongodb/faults';
import type { Doc } from '../../support/stand-ins/mongodb/wire';
import { Lab, succeeds, unavailable } from './support';

const evidence = 'title_review_evidence';
const folder = 'ab'.repeat(32);
const { 'application/pdf': pdf } = samples;
const large = pdfOf(3_500_000);

let lab: Lab;
let store: GridFsBlobStore;

beforeEach(async () => {
  lab = await Lab.start();
  store = new GridFsBlobStore(lab.connect());
});
afterEach(async () => {
  jest.restoreAllMocks();
  await lab.close();
});

const files = (): Doc[] => lab.standIn.data.made(evidence, 'evidence.files').find({});
const chunks = (): Doc[] => lab.standIn.data.made(evidence, 'evidence.chunks').find({});

function nameOf(bytes: Buffer): string {
  return `${folder}/${sha256(bytes)}`;
}

/** Under the hash of what has passed; refuses text. */
function put(into: GridFsBlobStore, content: Readable): Promise<void> {
  const hash = createHash('sha256');
  const hashing: Through = async function* (chunks) {
    for await (const chunk of chunks) {
      hash.update(chunk);
      yield chunk;
    }
  };
  return into.put(content, hashing, () => `${folder}/${hash.digest('hex')}`);
}

/** Whether just these bytes are found at their address. */
async function isStored(bytes: Buffer): Promise<boolean> {
  const content = await store.get(nameOf(bytes));
  return content !== undefined && (await buffer(content)).equals(bytes);
}

it('keeps a file in pieces of a mebibyte, as GridFS lays it out', async () => {
  await put(store, Readable.from([large.subarray(0, 1_500_000), large.subarray(1_500_000)]));
  expect(await isStored(large)).toBe(true);
  expect(files()).toMatchObject([{ filename: nameOf(large), length: large.length }]);
  expect(chunks().map(({ n }) => n)).toEqual([0, 1, 2, 3]);

  const client = await MongoClient.connect(lab.standIn.url);
  const bucket = new GridFSBucket(client.db(evidence), { bucketName: 'evidence' });
  const downloaded = await buffer(bucket.openDownloadStreamByName(nameOf(large)));
  expect(downloaded.equals(large)).toBe(true);
  await client.close();
});

it('keeps the same bytes once, put at once by two processes', async () => {
  const other = new GridFsBlobStore(lab.connect());
  const puts = Array.from({ length: 8 }, (_, n) =>
    put(n % 2 ? store : other, Readable.from([large])),
  );
  await Promise.all(puts);
  expect(files()).toHaveLength(1);
  expect(chunks()).toHaveLength(4);
  expect(await isStored(large)).toBe(true);
});

it.each<[string, Through, () => string]>([
  [
    'is refused on its way',
    async function* (chunks) {
      for await (const chunk of chunks) {
        yield chunk;
        if (chunk.length > 1000) throw new Error('too large');
      }
    },
    () => nameOf(large),
  ],
  [
    'is refused at its end',
    (chunks) => chunks,
    () => {
      throw new Error('of unknown type');
    },
  ],
  ['has no proper name', (chunks) => chunks, () => '../evidence'],
])('leaves nothing of what %s', async (_, through, name) => {
  const source = Readable.from([large]);
  await expect(store.put(source, through, name)).rejects.toThrow();
  expect([...files(), ...chunks()]).toEqual([]);
  expect(source.destroyed).toBe(true);
});

it('leaves nothing of what breaks off', async () => {
  const breaking = Readable.from(
    (function* () {
      yield large;
      throw new Error('client gone');
    })(),
  );
  await expect(put(store, breaking)).rejects.toThrow('client gone');
  expect([...files(), ...chunks()]).toEqual([]);
});

it('lists what it keeps, and removes a folder with all that is in it', async () => {
  await put(store, Readable.from([large]));
  const other = `${'cd'.repeat(32)}/${'ef'.repeat(32)}`;
  await store.put(
    Readable.from([pdf]),
    (given) => given,
    () => other,
  );
  expect([...(await store.list())].sort()).toEqual([nameOf(large), other]);
  await store.removeFolder(folder);
  await store.removeFolder(folder);
  expect([await store.list(), files().length, chunks().length]).toEqual([[other], 1, 1]);
  await expect(store.removeFolder('../')).rejects.toThrow('no folder');
});

it('goes on removing a folder where a crash broke it off', async () => {
  await put(store, Readable.from([large]));
  const unlucky = lab.connect({ timeout: 150 }, '&retryWrites=false&retryReads=false');
  await unlucky.check();
  // The look, the giving up, twice, and then the pieces.
  lab.standIn.fault = failingAt(4, lost);
  await expect(new GridFsBlobStore(unlucky).removeFolder(folder)).rejects.toMatchObject(
    unavailable,
  );
  lab.standIn.fault = undefined;
  await store.removeFolder(folder);
  expect(await store.list()).toEqual([]);
  jest.spyOn(Date, 'now').mockReturnValue(Date.now() + 25 * 3_600_000);
  await put(new GridFsBlobStore(lab.connect()), Readable.from([pdf]));
  expect([files().length, chunks().length]).toEqual([1, 1]);
});

it('shows nothing at the address before all of it is there', async () => {
  const slow = new Readable({ read: () => undefined });
  slow.push(pdf);
  const putting = put(store, slow);
  await eventually(() => files().length > 0);
  expect(await isStored(pdf)).toBe(false);
  slow.push(null);
  await putting;
  expect(await isStored(pdf)).toBe(true);
});

// Two indexes, the look for what a crash left, the record, four pieces, the address.
const commands = 9;

const numbers = Array.from({ length: commands }, (_, n) => n + 1);

describe.each([
  ['lost', lost],
  ['unheard', unheard],
])('a call that is %s', (_, fault) => {
  it.each(numbers.slice(2))('is made again by the driver, number %i', async (nth) => {
    lab.standIn.fault = failingAt(nth, fault);
    await put(store, Readable.from([large]));
    expect(await isStored(large)).toBe(true);
    expect([files().length, chunks().length]).toEqual([1, 4]);
  });
});

describe.each([
  ['lost', lost],
  ['unheard', unheard],
  ['unanswered', hanging],
])('a call that stays %s', (_, fault) => {
  it.each(numbers)('rejects and lets go of the source, number %i', async (nth) => {
    const unlucky = lab.connect({ timeout: 100 }, '&retryWrites=false&retryReads=false');
    await eventually(() => succeeds(() => unlucky.check()));
    lab.standIn.fault = failingAt(nth, fault);
    const source = Readable.from([large]);
    const putting = put(new GridFsBlobStore(unlucky), source);
    await expect(putting).rejects.toMatchObject(unavailable);
    expect(source.destroyed).toBe(true);
    lab.standIn.fault = undefined;
    await put(store, Readable.from([large]));
    expect(await isStored(large)).toBe(true);
  });
});

it('removes what a crash left half received a day ago, and nothing younger', async () => {
  await put(store, Readable.from([pdf]));
  const dying = new GridFsBlobStore(lab.connect({}, '&retryWrites=false'));
  const records = lab.standIn.data.made(evidence, 'evidence.files');
  const young = { length: 0, uploadDate: { $gt: new Date(Date.now() - 3_600_000) } };
  for (const hoursAgo of [23, 25]) {
    const inserting = ({ name }: Call): boolean => name === 'insert';
    lab.standIn.fault = when(inserting, failingAt(4, lost));
    await expect(put(dying, Readable.from([large]))).rejects.toMatchObject(unavailable);
    const uploadDate = new Date(Date.now() - hoursAgo * 3_600_000);
    records.update(young, { $set: { uploadDate } }, {});
  }
  lab.standIn.fault = undefined;
  expect([files().length, chunks().length]).toEqual([3, 1 + 2 + 2]);
  expect(await isStored(large)).toBe(false);

  const restarted = new GridFsBlobStore(lab.connect());
  await put(restarted, Readable.from([pdf]));
  expect([files().length, chunks().length]).toEqual([2, 1 + 2]);
  expect(await isStored(pdf)).toBe(true);

  // And without a restart, once the other is as old.
  const tomorrow = Date.now() + 25 * 3_600_000;
  jest.spyOn(Date, 'now').mockReturnValue(tomorrow);
  await put(restarted, Readable.from([pdf]));
  expect([files().length, chunks().length]).toEqual([1, 1]);
});

it('gives no address to what was given up meanwhile', async () => {
  const slow = new Readable({ read: () => undefined });
  slow.push(pdf);
  const putting = put(store, slow);
  await eventually(() => files().length > 0);
  const yesterday = new Date(Date.now() - 25 * 3_600_000);
  const records = lab.standIn.data.made(evidence, 'evidence.files');
  records.update({}, { $set: { uploadDate: yesterday } }, {});
  await put(new GridFsBlobStore(lab.connect()), Readable.from([large]));
  slow.push(null);
  await expect(putting).rejects.toThrow('given up');
  expect(await isStored(pdf)).toBe(false);
  expect(files()).toHaveLength(1);
});

it('asks the server for a majority in every write, whatever the connection string says', async () => {
  const writes: [string, unknown][] = [];
  lab.standIn.fault = ({ name, command, apply }) => {
    if (name !== 'find') writes.push([name, command.writeConcern]);
    return apply();
  };
  const weak = new GridFsBlobStore(lab.connect({}, '&w=1&journal=false'));
  await put(weak, Readable.from([pdf]));
  await put(weak, Readable.from([pdf]));
  const names = new Set(writes.map(([name]) => name));
  expect([...names]).toEqual(['createIndexes', 'insert', 'update', 'delete']);
  for (const [name, concern] of writes)
    expect([name, concern]).toMatchObject([name, { w: 'majority', j: true }]);
});

it('is unavailable, and lets go of the source, while the server is down', async () => {
  await lab.standIn.stop();
  const down = new GridFsBlobStore(lab.connect({ selectionTimeout: 50 }));
  const source = Readable.from([pdf]);
  await expect(put(down, source)).rejects.toMatchObject(unavailable);
  expect(source.destroyed).toBe(true);
  await expect(down.get(nameOf(pdf))).rejects.toMatchObject(unavailable);
});

it('tells in the stream that the server went away, or that a piece is missing', async () => {
  await put(store, Readable.from([large]));
  const content = (await store.get(nameOf(large))) ?? Readable.from([]);
  lab.standIn.fault = refused(189, 'the primary stepped down');
  await expect(buffer(content)).rejects.toMatchObject(unavailable);
  lab.standIn.fault = undefined;
  lab.standIn.data.made(evidence, 'evidence.chunks').delete({ n: 2 }, 1);
  await expect(isStored(large)).rejects.toThrow('missing');
});
