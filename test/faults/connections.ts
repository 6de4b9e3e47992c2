import { setTimeout as sleep } from 'node:timers/promises';

import { asKey } from '../../src/secrets';
import { openStores } from '../../src/stores';
import { testConfig } from '../support/http';
import { Servers } from '../support/servers';
import { everyEvent, startService } from '../support/service';
import { newFolder, remove } from './folder';
import type { Part } from './part';
import { Portal } from './portal';
import { compareWithLog, compareWithRebuild, settle } from './soundness';
import { TcpProxy, type Weather } from './tcp-proxy';

const portals = 4;

const portOf = (url: string): number => Number(new URL(url.replace(/^\w+:/, 'http:')).port);

/** Connections to both servers break, slow down, or stand still half open, under load. */
export const connections: Part = {
  name: 'connections',
  what: 'connections to EventStoreDB and MongoDB (stand-ins) cut, delayed, half open, refused',
  rounds: 6,
  missing: () => null,
  run: async ({ random, goesOn, tally }) => {
    const servers = await Servers.start();
    const proxies = {
      eventStore: await TcpProxy.before(portOf(servers.env.EVENTSTORE_URL)),
      mongodb: await TcpProxy.before(portOf(servers.env.MONGODB_URL)),
    };
    const { namespace } = servers.settings.eventStore;
    const through = {
      eventStore: {
        url: asKey(`esdb://localhost:${proxies.eventStore.port}?tls=false`),
        namespace,
      },
      mongodb: {
        url: asKey(
          `mongodb://localhost:${proxies.mongodb.port}/?directConnection=true&minHeartbeatFrequencyMS=5`,
        ),
      },
    };
    const dataDir = newFolder();
    const service = await startService(through, dataDir);
    const portal = new Portal('cut-off');
    try {
      for (let round = 0; goesOn(round); round += 1) {
        const struck = random.pick(['eventStore', 'mongodb', 'both']);
        const hit = [
          ...(struck === 'mongodb' ? [] : [proxies.eventStore]),
          ...(struck === 'eventStore' ? [] : [proxies.mongodb]),
        ];
        let isEnough = false;
        const load = Array.from({ length: portals }, () => portal.file(service, () => isEnough));
        await sleep(random.between(50, 300));
        const fault = random.pick(['cut', 'slow', 'still', 'away']);
        for (const proxy of hit) {
          if (fault === 'cut') proxy.cut();
          else proxy.weather = fault as Weather;
        }
        tally.try(fault === 'still' ? 'half open' : fault);
        await sleep(random.between(100, 600));
        for (const proxy of hit) proxy.weather = 'fair';
        isEnough = true;
        await Promise.all(load);
        tally.try('commands cut off', portal.unanswered.size);
        tally.lose('never answered', await portal.repeat(service));
      }
      await settle(service, portal, tally);
      tally.try('commands acknowledged', portal.acknowledged.size);
      await service.stop();
      const stores = await openStores(testConfig({ dataDir, ...servers.settings }));
      const log = await everyEvent(stores.log);
      compareWithLog(log, portal, tally, { gapless: false });
      await compareWithRebuild(log, { events: stores.log, readModels: stores.readModels }, tally);
      await stores.close();
    } finally {
      await service.stop().catch(() => undefined);
      await proxies.eventStore.stop();
      await proxies.mongodb.stop();
      await servers.stop();
      remove(dataDir);
    }
  },
};
