import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder of the run's own, which stays when a service on it is stopped. */
export function newFolder(): string {
  return mkdtempSync(join(tmpdir(), 'title-review-faults-'));
}

export function remove(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}
