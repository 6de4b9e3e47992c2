import { setTimeout as sleep } from 'node:timers/promises';

import { spawnService } from '../support/service';
import { newFolder, remove } from './folder';
import type { Part } from './part';
import { Portal } from './portal';
import { compareWithData, keyOf, settle } from './soundness';
import { described, inject, straceMissing, type Injection } from './strace';

const portals = 4;
/** Milliseconds of load while calls fail, and after they do no more. */
const failing = 400;

const kinds = [
  ['pwrite64', 'EIO'],
  ['fdatasync', 'EIO'],
  ['pwrite64', 'ENOSPC'],
  ['fsync', 'EIO'],
  ['fdatasync', 'ENOSPC'],
  ['fsync', 'ENOSPC'],
] as const satisfies readonly (readonly [Injection['call'], Injection['error']])[];

/** Writes and flushes that fail, at the first, the second … of the workload; the process goes on. */
export const disk: Part = {
  name: 'disk',
  what: 'I/O errors and "no space" at every write and flush (strace)',
  rounds: 6,
  missing: straceMissing,
  run: async ({ random, goesOn, tally }) => {
    const dataDir = newFolder();
    const portal = new Portal('unwritten');
    const service = await spawnService(dataDir, { LOG_LEVEL: 'info' });
    try {
      const key = await keyOf(service);
      for (let round = 0; goesOn(round); round += 1) {
        const [call, error] = kinds[round % kinds.length] ?? kinds[0];
        const nth = 1 + Math.floor(round / kinds.length);
        const injection = { call, error, nth, andLater: random.chance(0.5) };
        let isEnough = false;
        const before = portal.acknowledged.size;
        const stop = await inject(service.pid, injection);
        const load = Array.from({ length: portals }, () => portal.file(service, () => isEnough));
        await sleep(failing);
        isEnough = true;
        await Promise.all(load);
        await stop();
        tally.try('injections');
        tally.try('commands refused with 503', portal.unanswered.size);
        tally.try('commands done meanwhile', portal.acknowledged.size - before);
        const never = await portal.repeat(service);
        tally.lose(
          'services that did not recover by themselves',
          never.length > 0 ? [described(injection)] : [],
        );
      }
      await settle(service, portal, tally);
      await service.kill();
      await compareWithData(dataDir, portal, tally, key);
    } finally {
      await service.kill();
      remove(dataDir);
    }
  },
};
