import { dossiers } from '../../src/projections/dossiers';
import { reviewQueue } from '../../src/projections/review-queue';
import { stageCounts } from '../../src/projections/stage-counts';
import { measured } from '../harness/measurement';
import type { Part } from '../harness/part';
import { Service } from '../service/service';
import { inFolder, seed, type SeededStore } from '../store/seeded-store';

/** What a start, a queue and a closing look at; the other lists would take long to fill and are looked at by nobody. */
export const lists = [dossiers, reviewQueue, stageCounts];

export const start: Part = {
  name: 'start',
  about: 'from the start of the process until it accepts commands and every list is level',

  async *run({ full }) {
    const [many, runs] = full ? [500_000, 3] : [500, 1];
    const [small, large]: [number[], number[]] = [[], []];
    await inFolder((first) =>
      inFolder(async (second) => {
        const less = await seed(first, { filed: 5 }, { lists });
        const more = await seed(second, { filed: many }, { lists });
        // Once on each: reactions come up with the log, and files into the memory of the system.
        for (const store of [less, more]) await startedIn(store);
        for (let run = 0; run < runs; run += 1) {
          small.push(await startedIn(less));
          large.push(await startedIn(more));
        }
      }),
    );
    const limit = { values: small, is: 'an empty log' };
    yield measured(`start on ${many * 2} events`, 'ms', large, limit);
  },

  growth: { what: 'a start', unit: 'ms', cost: (store) => startedIn(store) },
};

async function startedIn({ folder }: SeededStore): Promise<number> {
  const service = await Service.start(folder);
  await service.stop();
  return service.startedIn;
}
