import { measured } from '../harness/measurement';
import type { Part } from '../harness/part';
import { send, type Request } from '../service/load';
import { identified, reviewerToken, withService } from '../service/under-load';
import { inFolder, seed, type SeededStore } from '../store/seeded-store';
import { saveOf } from './commands';
import { lists } from './start';

const drafts = 30;
const mebibyte = 1024 * 1024;

export const memory: Part = {
  name: 'memory',
  about: 'resident set of the service after load, by how many dossiers there are',

  async *run({ full }) {
    const [few, many, runs] = full ? [1_000, 1_000_000, 2] : [200, 1_000, 1];
    const [small, large]: [number[], number[]] = [[], []];
    await inFolder((first) =>
      inFolder(async (second) => {
        const less = await seed(first, { filed: few, drafts }, { lists });
        const more = await seed(second, { filed: many, drafts }, { lists });
        for (let run = 0; run < runs; run += 1) {
          small.push(await residentAfterLoad(less));
          large.push(await residentAfterLoad(more));
        }
      }),
    );
    yield measured(`memory at ${many} dossiers`, 'MiB', large, { values: small, is: `at ${few}` });
  },

  growth: {
    what: 'resident set after load',
    unit: 'MiB',
    cost: (store) => residentAfterLoad(store),
  },
};

function residentAfterLoad(store: SeededStore): Promise<number> {
  return withService(store, async (service, folder) => {
    const writing = await identified(folder, store.drafts);
    const token = await reviewerToken(folder);
    const saving = [1, 2, 3].flatMap((time) => writing.map((draft) => saveOf(draft, `${time}`)));
    const looking = ['/v1/queue?limit=200', '/v1/dossiers?limit=200'].map((path) => ({
      path,
      token,
    }));
    const requests = saving.flatMap((save): Request[] => [
      save,
      ...looking.map(({ path }) => ({ method: 'GET' as const, path, token })),
    ]);
    await send(service.port, { requests, connections: 16, status: 200 });
    return ((await service.metrics()).get('process_resident_memory_bytes') ?? NaN) / mebibyte;
  });
}
