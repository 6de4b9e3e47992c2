import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';

import { until } from '../support/service';

/** Why strace cannot be used here; null where it can. */
export function straceMissing(): string | null {
  const tried = spawnSync('strace', ['-f', '-o', '/dev/null', 'true'], { encoding: 'utf8' });
  if (tried.error !== undefined) return 'strace is not installed (Debian: apt-get install strace)';
  return tried.status === 0 ? null : `strace may not trace here: ${tried.stderr.trim()}`;
}

export interface Injection {
  readonly call: 'pwrite64' | 'fsync' | 'fdatasync';
  readonly error: 'EIO' | 'ENOSPC';
  /** Of each thread, counted from 1. */
  readonly nth: number;
  /** This one alone, or every one from there on. */
  readonly andLater: boolean;
}

export function described({ call, error, nth, andLater }: Injection): string {
  return `${error} at ${call} ${nth}${andLater ? '+' : ''}`;
}

/** Has a running process's calls fail; what is answered ends that. */
export async function inject(pid: number, injection: Injection): Promise<() => Promise<void>> {
  const { call, error, nth, andLater } = injection;
  const rule = `${call}:error=${error}:when=${nth}${andLater ? '+' : ''}`;
  const args = ['-f', '-qq', '-o', '/dev/null', '-e', `trace=${call}`, '-e', `inject=${rule}`];
  const strace = spawn('strace', [...args, '-p', String(pid)], { stdio: 'ignore' });
  const ended = once(strace, 'exit');
  await until(() => Promise.resolve(isTraced(pid)));
  return async () => {
    // It lets the process go before it ends.
    strace.kill('SIGTERM');
    await ended;
  };
}

/** Whether every thread is. */
function isTraced(pid: number): boolean {
  return readdirSync(`/proc/${pid}/task`).every((thread) => {
    const status = readFileSync(`/proc/${pid}/task/${thread}/status`, 'utf8');
    return !/^TracerPid:\t0$/m.test(status);
  });
}
