import { join } from 'node:path';

import { SqliteReadModels } from '../../src/adapters/sqlite/read-models';
import { GetQueue, GetQueueHandler } from '../../src/application/list-queries';
import type { RecordedEvent } from '../../src/engine/event-store';
import { foldBatch } from '../../src/engine/fold-batch';
import type { Cursor, ReadModels } from '../../src/engine/read-models';
import { reviewQueue } from '../../src/projections/review-queue';
import { stageCounts } from '../../src/projections/stage-counts';
import { measured, percentile } from '../harness/measurement';
import type { Part } from '../harness/part';
import { chain, filed } from '../store/dossiers';
import { inFolder } from '../store/seeded-store';

const [unit] = chain;
/** So that a thousand dossiers have a hundred pages. */
const limit = 10;
const hundredth = 100;
const batchSize = 500;

export const queue: Part = {
  name: 'queue',
  about: 'p99 of the first and the hundredth page of one unit’s queue, by how much waits there',

  async *run({ full }) {
    const [few, more] = full ? [1_000, [100_000, 1_000_000]] : [1_000, [4_000]];
    const [looks, runs] = full ? [2_000, 5] : [300, 3];
    const base = await timed(few, looks, runs);
    for (const amount of more) {
      const times = await timed(amount, looks, runs);
      for (const [page, values] of times) {
        const peer = { values: base.get(page) ?? [], is: `where ${few} wait` };
        yield measured(`${page} page of ${amount}`, 'ms', values, peer);
      }
    }
  },

  growth: {
    what: 'hundredth page of a queue, p99',
    unit: 'ms',
    cost: async ({ filed: waiting }) => {
      const times = await timed(Math.max(limit * hundredth, waiting.length), 500, 1);
      return times.get('hundredth')?.[0] ?? NaN;
    },
  },
};

/** Milliseconds at the 99th percentile, of each run, by page. */
function timed(amount: number, looks: number, runs: number): Promise<Map<string, number[]>> {
  return inFolder(async (folder) => {
    const readModels = SqliteReadModels.open(join(folder, 'read-models.db'));
    await fill(readModels, amount);
    const handler = new GetQueueHandler(readModels);
    const look = async (after: Cursor | null): Promise<Cursor | null> => {
      const found = await handler.execute(new GetQueue(unit, {}, { limit, after }));
      if (found.items.length !== limit) throw new Error('a page is not full');
      return found.next;
    };
    let cursor: Cursor | null = null;
    for (let page = 1; page < hundredth; page += 1) cursor = await look(cursor);
    const times = new Map<string, number[]>([
      ['first', []],
      ['hundredth', []],
    ]);
    for (let run = 0; run < runs; run += 1) {
      for (const [page, values] of times) {
        values.push(await p99(looks, () => look(page === 'first' ? null : cursor)));
      }
    }
    await readModels.close();
    return times;
  });
}

async function p99(looks: number, look: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let n = 0; n < looks; n += 1) {
    const started = performance.now();
    await look();
    times.push(performance.now() - started);
  }
  return percentile(times, 0.99);
}

/** Everything that waits was filed by somebody else, with one unit. */
async function fill(readModels: ReadModels, amount: number): Promise<void> {
  for (const projection of [reviewQueue, stageCounts]) {
    let checkpoint = await readModels.open(projection);
    for (let from = 0; from < amount; from += batchSize) {
      const size = Math.min(batchSize, amount - from);
      const batch = Array.from({ length: size }, (_, n) => filing(from + n));
      ({ checkpoint } = await foldBatch(projection, readModels, checkpoint, batch));
    }
  }
}

function filing(nth: number): RecordedEvent {
  const [, submitted] = filed(`filed-${nth}`, nth);
  if (submitted === undefined) throw new Error('nothing was filed');
  const stream = `dossier-2022-${String(nth).padStart(32, '0')}`;
  return { ...submitted, stream, revision: 1, position: String(nth + 1).padStart(16, '0') };
}
