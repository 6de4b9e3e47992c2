import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { measured, type Measurement } from '../harness/measurement';
import type { Part } from '../harness/part';
import { inFolder, seed } from '../store/seeded-store';
import { plot, type Curve } from './plot';

const drafts = 45;
const picture = join(__dirname, '../../docs/performance-growth.svg');

/** Each part's cost at one, ten and a hundred times as many dossiers. With `--full` it draws the picture in docs/. */
export function growthOf(parts: readonly Part[]): Part {
  return {
    name: 'growth',
    about: 'what a piece of each work costs at 1, 10 and 100 times as many dossiers',

    async *run({ full }) {
      const base = full ? 1_000 : 5;
      const sizes = [base, base * 10, base * 100];
      const costs = new Map<Part, number[]>();
      for (const filed of sizes) {
        yield* inFolderOf(filed, async function* (store) {
          for (const part of parts) {
            if (part.growth === undefined) continue;
            const cost = await part.growth.cost(store);
            const before = costs.get(part) ?? [];
            costs.set(part, [...before, cost]);
            const peer = { values: [before[0] ?? cost], is: `at ${base}` };
            const name = `${part.growth.what}, at ${filed}`;
            yield measured(name, part.growth.unit, [cost], peer);
          }
        });
      }
      if (full) await writeFile(picture, plot(sizes, curvesOf(costs)));
    },
  };
}

type Seeded = Awaited<ReturnType<typeof seed>>;

async function* inFolderOf(
  filed: number,
  work: (store: Seeded) => AsyncGenerator<Measurement>,
): AsyncGenerator<Measurement> {
  const figures = await inFolder(async (folder) => {
    const store = await seed(folder, { filed, drafts });
    const found: Measurement[] = [];
    for await (const figure of work(store)) found.push(figure);
    return found;
  });
  yield* figures;
}

function curvesOf(costs: ReadonlyMap<Part, readonly number[]>): Curve[] {
  return [...costs].map(([{ name, growth }, values]) => ({
    name,
    what: growth === undefined ? '' : `${growth.what} (${growth.unit})`,
    values,
  }));
}
