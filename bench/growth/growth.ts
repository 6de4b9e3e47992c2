import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { measured } from '../harness/measurement';
import type { Growth, Part } from '../harness/part';
import { inFolder, seed, type Amounts } from '../store/seeded-store';
import { plot, type Curve } from './plot';

const picture = join(__dirname, '../../docs/performance-growth.svg');

/** Each part's cost at one, ten and a hundred times as many dossiers. With `--full` it draws the picture in docs/. */
export function growthOf(parts: readonly Part[]): Part {
  const growing = parts.flatMap(({ name, growth }) =>
    growth === undefined ? [] : [{ name, growth }],
  );
  return {
    name: 'growth',
    about: 'what a piece of each work costs at 1, 10 and 100 times as many dossiers',

    async *run({ full }) {
      const [base, times, drafts] = full ? [300, [1, 10, 100], 150] : [10, [1, 10], 18];
      const sizes = times.map((factor) => base * factor);
      const curves = growing.map(({ name, growth: { what, unit } }): Curve => ({
        ...{ name, what: `${what} (${unit})`, values: [] },
      }));
      for (const filed of sizes) {
        const costs = await costsAt({ filed, drafts }, growing);
        for (const [n, { growth }] of growing.entries()) {
          const [cost = NaN, values = []] = [costs[n], curves[n]?.values];
          values.push(cost);
          const peer = { values: values.slice(0, 1), is: `at ${base}` };
          yield measured(`${growth.what}, at ${filed}`, growth.unit, [cost], peer);
        }
      }
      if (full) await writeFile(picture, plot(sizes, curves));
    },
  };
}

function costsAt(
  amounts: Amounts,
  growing: readonly { readonly growth: Growth }[],
): Promise<readonly number[]> {
  return inFolder(async (folder) => {
    const store = await seed(folder, amounts);
    const costs: number[] = [];
    for (const { growth } of growing) costs.push(await growth.cost(store));
    return costs;
  });
}
