import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { parseKey } from '../../src/verify/checkpoints';
import { openSnapshot, type Snapshot } from '../../src/verify/snapshot';
import { verifyFolder } from '../../src/verify/verification';
import { seeded } from '../audit/support';
import { checkpointOf, copyOf, makeLog, removeFolder, removeFolders, settled } from './log';
import { logKey } from './running';
import { regrowTree, tampers } from './tampers';

/*
 * A sample in a usual run; `npm run tamper` runs this file alone, and takes
 *   AUDIT_TAMPER_EVENTS=10000   events in the log that is tampered with by people who know the format
 *   AUDIT_TAMPERS=1000          how often
 *   AUDIT_FLIPS=all             every byte of a log's file flipped, one after the other; or so many, anywhere
 *   AUDIT_FLIP_EVENTS=10000     events in that log
 *   AUDIT_PART=3/8              of those bytes every eighth, from the third on: eight parts are the whole
 */
const count = Number(process.env.AUDIT_TAMPER_EVENTS ?? 300);
const semantic = Number(process.env.AUDIT_TAMPERS ?? 1000);
const { AUDIT_FLIPS, AUDIT_FLIP_EVENTS } = process.env;
const asked = [AUDIT_FLIPS ?? '30', Number(AUDIT_FLIP_EVENTS ?? 10_000)] as const;
const usual = [
  ['200', 300],
  ['30', 10_000],
] as const;
const flipped = AUDIT_FLIPS === undefined && AUDIT_FLIP_EVENTS === undefined ? usual : [asked];
const [part = 1, parts = 1] = (process.env.AUDIT_PART ?? '1/1').split('/').map(Number);

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

function findingsIn(tampered: string, outside = note): readonly string[] {
  const key = parseKey(logKey);
  if (key === undefined) throw new Error('no key');
  const notes = [{ where: 'outside', note: outside }];
  const means = { keys: [key], notes, onProgress: () => undefined };
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

it.each(flipped)(
  'of %s bytes flipped all over a log of %i events, all that change anything a reader sees are found',
  async (flips, flipEvents) => {
    const large = await makeLog(flipEvents, { every: Math.ceil(flipEvents / 10) });
    const outside = await checkpointOf(large);
    const copy = settled(large);
    const original = seen(copy);
    const path = join(copy, 'events.db');
    const bytes = readFileSync(path);
    const missed: number[] = [];
    const started = performance.now();
    let told = started;
    let tried = 0;
    let invisible = 0;
    for (const place of placesIn(bytes.length, flips)) {
      const other = Buffer.of((bytes[place] ?? 0) ^ (1 + random(255)));
      write(path, other, place);
      if (findingsIn(copy, outside).length === 0) {
        if (seen(copy) === original) invisible += 1;
        else missed.push(place);
      }
      write(path, bytes.subarray(place, place + 1), place);
      tried += 1;
      if (performance.now() - told < 30_000) continue;
      told = performance.now();
      process.stderr.write(`${tried} flipped, at byte ${place} of ${bytes.length}\n`);
    }
    expect(missed).toEqual([]);
    // Free space, counters, and what only later writes would use.
    expect(invisible).toBeLessThan(tried / 2);
    if (flipped !== usual) {
      const seconds = (performance.now() - started) / 1000;
      const rate = (tried / seconds).toFixed(1);
      const whole = ((bytes.length / tried) * seconds) / 3600;
      process.stdout.write(
        `${tried} of ${bytes.length} bytes flipped, ${tried - invisible} found, ${invisible} change nothing that is read; ` +
          `${rate} a second, the whole file in ${whole.toFixed(1)} h\n`,
      );
    }
    expect(findingsIn(copy, outside)).toEqual([]);
  },
  360_000_000,
);

function* placesIn(length: number, flips: string): Generator<number> {
  if (flips === 'all') for (let place = part - 1; place < length; place += parts) yield place;
  else for (let number = 0; number < Number(flips); number += 1) yield random(length);
}

function write(path: string, bytes: Uint8Array, place: number): void {
  const file = openSync(path, 'r+');
  writeSync(file, bytes, 0, bytes.length, place);
  closeSync(file);
}
