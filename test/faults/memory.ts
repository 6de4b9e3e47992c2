import { readFileSync } from 'node:fs';

/** Resident set of a process, in megabytes; 0 where the system does not tell. */
export function residentSet(pid: number): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return Math.round(Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0) / 1024);
  } catch {
    return 0;
  }
}
