import { spawnSync } from 'node:child_process';
import { rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { officer } from '../e2e/people';
import { spawnService, until, type SpawnedService } from '../support/service';
import { newFolder, remove } from './folder';
import type { Part } from './part';
import { Portal } from './portal';
import { compareWithData, keyOf, settle } from './soundness';

const portals = 4;
/** Bytes: of the disk, and how many are left beside what fills it. */
const size = 48 * 1024 * 1024;
const left = 3 * 1024 * 1024;

function mount(folder: string): { readonly problem: string | null } {
  const args = ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', folder];
  const { status, stderr, error } = spawnSync('mount', args, { encoding: 'utf8' });
  if (error !== undefined) return { problem: error.message };
  return { problem: status === 0 ? null : stderr.trim() };
}

function unmount(folder: string): void {
  // A closed database may hold its file until memory is tidied.
  spawnSync('umount', ['--lazy', folder]);
  remove(folder);
}

/** A small disk that fills up under load, is given room again, and fills up again. */
export const full: Part = {
  name: 'full',
  what: 'a disk that fills up (a small tmpfs), and is given room again',
  rounds: 1,
  missing: () => {
    const folder = newFolder();
    const { problem } = mount(folder);
    unmount(folder);
    return problem === null ? null : `a tmpfs cannot be mounted here: ${problem}`;
  },
  run: async ({ goesOn, tally }) => {
    const folder = newFolder();
    mount(folder);
    const dataDir = join(folder, 'data');
    const ballast = join(folder, 'ballast');
    const portal = new Portal('full');
    let service: SpawnedService | undefined;
    try {
      service = await spawnService(dataDir, { LOG_LEVEL: 'info' });
      const running = service;
      const key = await keyOf(service);
      for (let round = 0; goesOn(round); round += 1) {
        const { bavail, bsize } = statfsSync(folder);
        if (bavail * bsize < left) break;
        writeFileSync(ballast, Buffer.alloc(bavail * bsize - left));
        const isFull = () => portal.unanswered.size >= portals * 5;
        await Promise.all(Array.from({ length: portals }, () => portal.file(running, isFull)));
        tally.try('disks filled');
        tally.try('commands refused with 503', portal.unanswered.size);
        const reads = await service.as(officer).get('/v1/rounds/2022');
        tally.lose('reads refused on a full disk', reads.ok ? [] : [reads.text]);
        rmSync(ballast);
        await settle(service, portal, tally);
      }
      await until(async () => (await running.as(null).get('/health/ready')).status === 200);
      await service.kill();
      service = undefined;
      await compareWithData(dataDir, portal, tally, key);
    } finally {
      await service?.kill();
      unmount(folder);
    }
  },
};
