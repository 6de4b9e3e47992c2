import { readConfig, type Config } from '../../config';
import { Progress } from '../progress';
import { mintToken } from '../token';
import type { Caller } from './act';
import { ofTheRound } from './applicant';
import { castOf } from './cast';
import { Client, field, ServiceClock } from './client';
import { startEngines, type Engines } from './engines';
import { compareAll, comparisonsOf } from './final-comparison';
import { parseOptions, usage, type SeasonOptions } from './options';
import { nextYear } from './next-year';
import { play, stepsOf } from './play';
import { compareProgress } from './progress-report';
import { Referee } from './referee';
import { reportOf } from './report';
import { freePort, Service } from './service';
import { auditor } from './stocktaking';
import { seasonStart } from './timeline';

const exitCode = { fine: 0, different: 1, wrongUse: 2, interrupted: 130 } as const;

/** Plays one season against a service of its own. Answers the exit code. */
async function run(options: SeasonOptions, signal: AbortSignal): Promise<number> {
  const engines = await startEngines(options.engines, process.env);
  try {
    return await playOn(engines, options, signal);
  } finally {
    engines.stop();
  }
}

async function playOn(
  engines: Engines,
  options: SeasonOptions,
  signal: AbortSignal,
): Promise<number> {
  if (engines.description !== undefined) process.stdout.write(`On ${engines.description}.\n`);
  const env = {
    ...process.env,
    ...engines.env,
    NODE_ENV: 'development',
    HOST: '127.0.0.1',
    LOG_LEVEL: 'warn',
    SIMULATED_NOW: seasonStart,
    // Tokens are signed here, with the key the service keeps in its data folder.
    JWKS_URL: '',
    JWT_ALGORITHM: '',
  };
  const config = readConfig(env);
  const clock = new ServiceClock(Date.parse(seasonStart));
  const service = await Service.start(env, options.port ?? (await freePort()), signal);
  try {
    const client = new Client(service.base, mintWith(config), clock, signal);
    if (await alreadyPlayed(client)) {
      process.stderr.write(
        options.engines === 'embedded'
          ? `${config.dataDir} already holds dossiers of 2022: choose another DATA_DIR, or delete it.\n`
          : 'The log already holds dossiers of 2022: choose another EVENTSTORE_NAMESPACE, and another ' +
              'database in MONGODB_URL.\n',
      );
      return exitCode.wrongUse;
    }
    return await playAll(options, client, clock);
  } catch (error) {
    if (service.ended && !signal.aborted) {
      process.stderr.write(`the service ended:\n${service.output}\n`);
    }
    throw error;
  } finally {
    await service.stop();
  }
}

async function playAll(
  options: SeasonOptions,
  client: Client,
  clock: ServiceClock,
): Promise<number> {
  const startedAt = performance.now();
  const referee = new Referee();
  const parts = await castOf(options, client, referee);
  const cast = parts.map(({ applicant }) => applicant);
  const season = { cast, client, clock, referee };
  const progress = new Progress(stepsOf(parts) + comparisonsOf(cast));
  try {
    await play(parts, season, progress);
    await nextYear(season, progress);
    await compareAll(season, progress);
  } finally {
    progress.stop();
  }
  const closing = await compareProgress(season);
  const seconds = (performance.now() - startedAt) / 1000;
  const { requests } = client;
  process.stdout.write(`\n${reportOf(cast, referee, { closing, requests, seconds })}`);
  return referee.differences.length === 0 ? exitCode.fine : exitCode.different;
}

function mintWith(config: Config): (caller: Caller) => Promise<string> {
  return ({ subject, roles, organisation }) =>
    mintToken(config, { subject, roles, organisation: organisation ?? undefined });
}

/** Drafts count too: a season that was broken off cannot be played on. */
async function alreadyPlayed(client: Client): Promise<boolean> {
  const { items } = await client.list('/v1/audit/events?type=DossierOpened', auditor, 200);
  return items.some((event) => ofTheRound(field(event, 'dossier')));
}

async function main(): Promise<number> {
  let options: SeasonOptions | null;
  try {
    options = parseOptions(process.argv.slice(2));
  } catch (error) {
    process.stderr.write(`${messageOf(error)}\n\n${usage}`);
    return exitCode.wrongUse;
  }
  if (options === null) {
    process.stdout.write(usage);
    return exitCode.fine;
  }
  const interrupted = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      interrupted.abort();
    });
  }
  try {
    return await run(options, interrupted.signal);
  } catch (error) {
    if (interrupted.signal.aborted) return exitCode.interrupted;
    process.stderr.write(`${messageOf(error)}\n`);
    return exitCode.different;
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

void main().then((code) => {
  process.exitCode = code;
});
