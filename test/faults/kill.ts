import { setTimeout as sleep } from 'node:timers/promises';

import { spawnService, until, type SpawnedService } from '../support/service';
import { newFolder, remove } from './folder';
import { timesOf, type Part } from './part';
import { Portal } from './portal';
import { compareWithData, keyOf, settle } from './soundness';

const portals = 8;

/** kill -9 at any moment under load, over and over, on one data folder. */
export const kill: Part = {
  name: 'kill',
  what: 'kill -9 of the built service at random under load',
  rounds: 3,
  missing: () => null,
  run: async ({ random, goesOn, tally }) => {
    const dataDir = newFolder();
    const portal = new Portal('killed');
    const starts: number[] = [];
    const start = async () => {
      const from = performance.now();
      const service = await spawnService(dataDir, { LOG_LEVEL: 'info' });
      await until(async () => (await service.as(null).get('/health/ready')).status === 200);
      starts.push(performance.now() - from);
      return service;
    };
    let service: SpawnedService | undefined;
    try {
      service = await start();
      const key = await keyOf(service);
      for (let round = 0; goesOn(round); round += 1) {
        let dead = false;
        const { sent } = portal;
        const running = service;
        const load = Array.from({ length: portals }, () => portal.file(running, () => dead));
        await until(() => Promise.resolve(portal.sent > sent + 20));
        await sleep(random.between(0, 700));
        dead = true;
        await service.kill();
        await Promise.all(load);
        tally.try('kills');
        tally.try('commands cut off', portal.unanswered.size);
        service = await start();
        // Every other time the projections are cut off again while they catch up.
        if (random.chance(0.5)) await settle(service, portal, tally);
        else tally.lose('never answered', await portal.repeat(service));
      }
      await settle(service, portal, tally);
      await service.kill();
      service = undefined;
      tally.try('commands acknowledged', portal.acknowledged.size);
      await compareWithData(dataDir, portal, tally, key);
      tally.note(`restart to ready: ${timesOf(starts.slice(1))}`);
    } finally {
      await service?.kill();
      remove(dataDir);
    }
  },
};
