import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { freePort } from '../../src/cli/season/service';
import type { Env } from '../../src/environment';
import { mintToken } from '../../src/cli/token';
import type { Caller } from '../../src/application/access';
import { readConfig } from '../../src/config';
import { now } from '../store/dossiers';

const main = join(__dirname, '../../dist/main.js');

/** Milliseconds. */
const longestStart = 600_000;
const betweenLooks = 10;

/**
 * The settings every service under measurement runs with: those of a real one, on its own folder, but for
 * the clock, which stands inside the windows of the sample round.
 */
export function serviceEnv(folder: string): Env {
  return {
    NODE_ENV: 'development',
    DATA_DIR: folder,
    HOST: '127.0.0.1',
    SIMULATED_NOW: now,
    READ_AFTER_TIMEOUT: '30000',
    // All clients are at one address, and are meant to be too many.
    RATE_LIMIT_PERSON: '0',
    RATE_LIMIT_ADDRESS: '0',
    RATE_LIMIT_FAILED_TOKENS: '0',
  };
}

export function tokenOf(folder: string, { subject, roles, organisation }: Caller): Promise<string> {
  const claims = organisation === null ? { subject, roles } : { subject, roles, organisation };
  return mintToken(readConfig(serviceEnv(folder)), claims);
}

/** What a process has used. */
export interface Usage {
  /** Seconds of processor time since it began. */
  readonly cpu: number;
  /** Milliseconds its event loop was late, at the 99th percentile, since this was last asked. */
  readonly loopDelay: number;
}

/** The built service as a process of its own. */
export class Service {
  private constructor(
    private readonly process: ChildProcess,
    readonly port: number,
    /** Milliseconds from its start until it accepted commands and every list was level with the log. */
    readonly startedIn: number,
  ) {}

  /** Starts it on a folder and waits until it is ready. Rejects with what it wrote where it ends. */
  static async start(folder: string, nodeOptions: readonly string[] = []): Promise<Service> {
    if (!existsSync(main)) throw new Error('The service is not built: npm run build.');
    const port = await freePort();
    const path = join(folder, 'service.log');
    const output = await open(path, 'a');
    const started = performance.now();
    const child = spawn(process.execPath, [...nodeOptions, main], {
      env: { ...process.env, ...serviceEnv(folder), PORT: String(port) },
      stdio: ['ignore', output.fd, output.fd],
    });
    await output.close();
    while (!(await isLevel(port))) {
      const late = performance.now() - started > longestStart;
      if (child.exitCode !== null || late) {
        child.kill('SIGKILL');
        throw new Error(`the service did not get ready:\n${await readFile(path, 'utf8')}`);
      }
      await sleep(betweenLooks);
    }
    return new Service(child, port, performance.now() - started);
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Numbers of `/metrics` without labels, by name. */
  async metrics(): Promise<ReadonlyMap<string, number>> {
    const text = await (await fetch(`${this.url}/metrics`)).text();
    const lines = text.split('\n').filter((line) => /^\w+ /.test(line));
    return new Map(
      lines.map((line) => {
        const [name = '', value] = line.split(' ');
        return [name, Number(value)] as const;
      }),
    );
  }

  async usage(): Promise<Usage> {
    const metrics = await this.metrics();
    const value = (name: string): number => metrics.get(name) ?? NaN;
    return {
      cpu: value('process_cpu_seconds_total'),
      loopDelay: value('nodejs_eventloop_lag_p99_seconds') * 1000,
    };
  }

  async stop(): Promise<void> {
    if (this.process.exitCode !== null) return;
    const ended = once(this.process, 'exit');
    this.process.kill('SIGTERM');
    await ended;
  }
}

interface Readiness {
  readonly projections?: readonly Follower[];
  readonly reactions?: readonly Follower[];
}
interface Follower {
  readonly lag: { readonly events: number } | null;
}

async function isLevel(port: number): Promise<boolean> {
  const response = await fetch(`http://127.0.0.1:${port}/health/ready`).catch(() => null);
  if (response === null) return false;
  const { projections = [], reactions = [] } = (await response.json()) as Readiness;
  return (
    response.status === 200 && [...projections, ...reactions].every(({ lag }) => lag?.events === 0)
  );
}
