import { auditTrail } from '../../src/projections/audit-trail';
import { dossiers } from '../../src/projections/dossiers';
import { verifyFolder } from '../../src/verify/verification';
import { measured } from '../harness/measurement';
import type { Part } from '../harness/part';
import { inFolder, seed, type SeededStore } from '../store/seeded-store';

/** What is compared with the log. */
const lists = [auditTrail, dossiers];

export const verify: Part = {
  name: 'verify',
  about: 'every event hashed again and compared with the sealed tree, as npm run verify does',

  async *run({ full }) {
    const [few, runs] = full ? [60, 3] : [6, 2];
    const [small, large]: [number[], number[]] = [[], []];
    await inFolder((first) =>
      inFolder(async (second) => {
        const less = await seed(first, { drafts: few }, { lists });
        const more = await seed(second, { drafts: few * 10 }, { lists });
        for (let run = 0; run < runs; run += 1) {
          small.push(less.events / seconds(less));
          large.push(more.events / seconds(more));
        }
      }),
    );
    yield measured('verify', 'events/s', large, { values: small, is: 'a log of a tenth' });
  },

  growth: {
    what: 'verifying an event',
    unit: 'µs',
    cost: (store) => Promise.resolve((seconds(store) / store.events) * 1e6),
  },
};

function seconds({ folder }: SeededStore): number {
  const started = performance.now();
  const { findings } = verifyFolder(folder, { keys: [], notes: [], onProgress: () => undefined });
  // No checkpoint was signed yet: that is the service's work, not that of a store.
  const [unsound] = findings.filter(({ what }) => what !== 'nothing-sealed');
  if (unsound !== undefined) throw new Error(`verify found ${JSON.stringify(unsound)}`);
  return (performance.now() - started) / 1000;
}
