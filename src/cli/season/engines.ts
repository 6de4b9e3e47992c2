import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

import type { Env } from '../../environment';

export const engineKinds = ['embedded', 'production'] as const;
export type EngineKind = (typeof engineKinds)[number];

/** What the service of a season keeps its data on. */
export interface Engines {
  /** Settings of the service. */
  readonly env: { readonly EVENTSTORE_URL: string; readonly MONGODB_URL: string };
  /** What they are, in a line for the reader; undefined for the usual ones. */
  readonly description?: string;
  stop(): void;
}

const standIns = join(__dirname, '../../../test/support/stand-ins');

/** The configured servers; in place of one that is not configured, a stand-in of the tests. */
export async function startEngines(kind: EngineKind, env: Env): Promise<Engines> {
  const { EVENTSTORE_URL = '', MONGODB_URL = '' } = kind === 'embedded' ? {} : env;
  const given = { EVENTSTORE_URL, MONGODB_URL };
  if (kind === 'embedded') return { env: given, stop: () => undefined };
  const missing = [
    ...(EVENTSTORE_URL === '' ? ['EventStoreDB'] : []),
    ...(MONGODB_URL === '' ? ['MongoDB'] : []),
  ];
  if (missing.length === 0) {
    const description = 'EventStoreDB and MongoDB, the servers in EVENTSTORE_URL and MONGODB_URL';
    return { env: given, description, stop: () => undefined };
  }
  const { env: standing, stop } = await startStandIns();
  return {
    env: {
      EVENTSTORE_URL: EVENTSTORE_URL || standing.EVENTSTORE_URL,
      MONGODB_URL: MONGODB_URL || standing.MONGODB_URL,
    },
    description:
      `stand-ins of the tests for ${missing.join(' and ')}, in memory: what they keep is gone ` +
      'afterwards. Set EVENTSTORE_URL and MONGODB_URL to play on real servers',
    stop,
  };
}

/** They are no part of the built service: it must lie where it was built. */
async function startStandIns(): Promise<Pick<Engines, 'env' | 'stop'>> {
  if (!existsSync(standIns)) {
    throw new Error('There are no stand-ins here: set EVENTSTORE_URL and MONGODB_URL.');
  }
  const child = spawn(
    process.execPath,
    [join(standIns, 'run.cjs'), join(standIns, 'serve.ts')],
    // Compiled by the settings in the folder of the project.
    { cwd: join(standIns, '../../..'), stdio: ['pipe', 'pipe', 'inherit'] },
  );
  const stop = (): void => {
    child.stdin.end();
  };
  for await (const line of createInterface(child.stdout)) {
    return { env: JSON.parse(line) as Engines['env'], stop };
  }
  throw new Error('The stand-ins did not start.');
}
