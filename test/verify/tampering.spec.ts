import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { parseKey } from '../../src/verify/checkpoints';
import { openSnapshot, type Snapshot } from '../../src/verify/snapshot';
import { verifyFolder } from '../../src/verify/verification';
import { seeded } from '../audit/support';
import { checkpointOf, copyOf, makeLog, removeFolder, removeFolders, settled } from './log';
import { logKey } from './running';
import { regrowTree, tampers } from './tampers';

/** Small in a usual run; AUDIT_TAMPER_EVENTS=10000 AUDIT_TAMPERS=1000 AUDIT_FLIPS=all ask for more. */
const count = Number(process.env.AUDIT_TAMPER_EVENTS ?? 300);
const semantic = Number(process.env.AUDIT_TAMPERS ?? 100);
const flips = process.env.AUDIT_FLIPS ?? '200';

const random = seeded(1978);
let folder: string;
let older: string;
let note: string;

beforeAll(async () => {
  folder = await makeLog(count, { every: Math.ceil(count / 5) });
  older = await makeLog(Math.floor(count / 2), { every: Math.ceil(count / 5) });
  note = await checkpointOf(folder);
}, 600_000);

afterAll(removeFolders);

function findingsIn(tampered: string): readonly string[] {
  const key = parseKey(logKey);
  if (key === undefined) throw new Error('no key');
  const means = { keys: [key], notes: [{ where: 'outside', note }], onProgress: () => undefined };
  return verifyFolder(tampered, means).findings.map(({ what }) => what);
}

/** All that a reader of the log can see, by position and by stream; or that nothing can be read. */
function seen(tampered: string): string {
  let snapshot: Snapshot | undefined;
  try {
    snapshot = openSnapshot(join(tampered, 'events.db'));
    const { database } = snapshot;
    const inOrder = database.prepare('SELECT * FROM events NOT INDEXED ORDER BY position').all();
    const streams = database.prepare('SELECT DISTINCT stream FROM events ORDER BY stream').all();
    const read = database.prepare('SELECT * FROM events WHERE stream = ? ORDER BY revision');
    const byStream = (streams as { stream: string }[]).map(({ stream }): unknown =>
      read.all(stream),
    );
    return JSON.stringify([inOrder, byStream]);
  } catch (error) {
    return String(error);
  } finally {
    snapshot?.close();
  }
}

it('a sound log is found sound, or nothing below would mean anything', () => {
  expect(findingsIn(folder)).toEqual([]);
});

describe(`of ${semantic} tampers by someone who knows the format, all are found`, () => {
  const kinds = Object.entries(tampers);
  const each = Math.ceil(semantic / (kinds.length + 1));

  it.each(kinds)(
    '%s',
    async (_, tamper) => {
      const original = seen(folder);
      for (let number = 0; number < each; number += 1) {
        const copy = copyOf(folder);
        await tamper(copy, random);
        if (random(2) === 0) await regrowTree(copy);
        expect(seen(copy)).not.toBe(original);
        expect(findingsIn(copy)).not.toEqual([]);
        removeFolder(copy);
      }
    },
    3_600_000,
  );

  it('roll back to an older copy', async () => {
    expect(seen(older)).not.toBe(seen(folder));
    expect(findingsIn(older)).toContain('too-short');
    const copy = copyOf(older);
    await regrowTree(copy);
    expect(findingsIn(copy)).toContain('too-short');
  });
});

it(`of ${flips} bytes flipped all over the file, all that change anything a reader sees are found`, () => {
  const copy = settled(folder);
  const original = seen(copy);
  const path = join(copy, 'events.db');
  const bytes = readFileSync(path);
  const places =
    flips === 'all'
      ? Array.from(bytes.keys())
      : Array.from({ length: Number(flips) }, () => random(bytes.length));
  const missed: number[] = [];
  let invisible = 0;
  for (const place of places) {
    const flipped = Buffer.of((bytes[place] ?? 0) ^ (1 + random(255)));
    write(path, flipped, place);
    if (findingsIn(copy).length === 0) {
      if (seen(copy) === original) invisible += 1;
      else missed.push(place);
    }
    write(path, bytes.subarray(place, place + 1), place);
  }
  expect(missed).toEqual([]);
  // Free space, counters, and what only later writes would use.
  expect(invisible).toBeLessThan(places.length / 2);
  if (process.env.AUDIT_FLIPS !== undefined) {
    process.stdout.write(`${places.length} flips: ${invisible} change nothing that is read\n`);
  }
  expect(findingsIn(copy)).toEqual([]);
}, 36_000_000);

function write(path: string, bytes: Uint8Array, place: number): void {
  const file = openSync(path, 'r+');
  writeSync(file, bytes, 0, bytes.length, place);
  closeSync(file);
}
