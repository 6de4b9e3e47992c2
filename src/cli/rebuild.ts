import { parseArgs } from 'node:util';

import { ConfigError, readConfig } from '../config';
import { rebuild } from '../engine/rebuild';
import type { Projection } from '../engine/projection';
import { projections } from '../projections';
import { openEventStore, openReadModels } from '../stores';
import { eventCount } from './event-count';
import { Progress } from './progress';

const names = projections.map(({ name }) => name).join(', ');
const usage = `npm run rebuild [-- <projection> …]     rebuilds all, or those named: ${names}`;

/**
 * Builds projections anew from the log, beside a running service: it goes on answering from the old
 * ones and takes up each new one as it is done.
 */
async function main(): Promise<void> {
  const chosen = choose(parseArgs({ allowPositionals: true }).positionals);
  const config = readConfig(process.env);
  const store = await openEventStore(config);
  const readModels = openReadModels(config);
  try {
    const progress = new Progress((await eventCount(store)) * chosen.length);
    // Side by side, so that what one has read of the log is at hand for the others.
    const outcomes = await Promise.allSettled(
      chosen.map(async (projection) => {
        let done = 0;
        const { position } = await rebuild(projection, store, readModels, ({ events }) => {
          progress.add(events - done);
          done = events;
        });
        process.stdout.write(`${projection.name}: rebuilt up to ${position ?? 'the empty log'}\n`);
      }),
    );
    progress.stop();
    for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
  } finally {
    await readModels.close();
    await store.close();
  }
}

function choose(wanted: readonly string[]): readonly Projection[] {
  if (wanted.length === 0) return projections;
  return wanted.map((name) => {
    const found = projections.find((projection) => projection.name === name);
    if (found === undefined) throw new ConfigError([`There is no projection "${name}".`]);
    return found;
  });
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n${usage}\n`);
  process.exitCode = 1;
});
