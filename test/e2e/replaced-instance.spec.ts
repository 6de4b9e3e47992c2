import { setTimeout as sleep } from 'node:timers/promises';

import { EventStoreDBEventStore } from '../../src/adapters/eventstoredb/event-store';
import type { RecordedEvent } from '../../src/engine/event-store';
import { listen } from '../support/http';
import { Servers } from '../support/servers';
import {
  body,
  describeBuilt,
  everyEvent,
  spawnService,
  until,
  type SpawnedService,
} from '../support/service';
import { DossierFile } from './dossier-file';
import { applicant, unitReviewer } from './people';

const secret = 'wq5uRzjB1xKpTn8Yd3Hf6Vm0Lc9Se2GaQoIiZbXk';
const lookupKey = 'Gh7Lr2Wm9Tz4Xb6Nk1Vq8Yd5Jc3Pf0Sa';

describeBuilt('Two processes on the same servers (stand-ins)', () => {
  let servers: Servers;
  let store: EventStoreDBEventStore;
  let receiver: Awaited<ReturnType<typeof listen>>;
  let instances: SpawnedService[];
  const posted: string[] = [];
  /** While it is held, the receiver takes messages and does not answer. */
  let held = false;

  beforeAll(async () => {
    receiver = await listen((request, response) => {
      posted.push(String(request.headers['x-notification-id']));
      request.resume().on('end', () => held || response.writeHead(204).end());
    });
    servers = await Servers.start();
    const env = {
      ...servers.env,
      LOOKUP_KEY: lookupKey,
      WEBHOOK_URL: receiver.url.href,
      WEBHOOK_SECRET: secret,
    };
    instances = await Promise.all([0, 1].map(() => spawnService(undefined, env)));
    store = await EventStoreDBEventStore.connect(servers.eventStore.url, {
      namespace: 'title_review.',
    });
  });
  afterAll(async () => {
    for (const instance of instances) instance.wake();
    for (const instance of instances) await instance.stop();
    await store.close();
    await servers.stop();
    await receiver.close();
  });

  const isAtWork = async (instance: SpawnedService): Promise<boolean> => {
    const { text } = await instance.as(null).get('/health/ready');
    return text.includes('"backgroundWork":"here"');
  };
  const worker = async (): Promise<[SpawnedService, SpawnedService]> => {
    const [one, other] = instances as [SpawnedService, SpawnedService];
    await until(async () => (await isAtWork(one)) || (await isAtWork(other)));
    return (await isAtWork(one)) ? [one, other] : [other, one];
  };
  const ofType = async (type: string): Promise<readonly RecordedEvent[]> =>
    (await everyEvent(store)).filter((event) => event.type === type);
  const delivered = (count: number): Promise<void> =>
    until(async () => (await ofType('DeliverySucceeded')).length === count);

  it('the one at work, paused in the middle of it, writes nothing when it wakes up', async () => {
    const [first, second] = await worker();
    held = true;
    const file = await DossierFile.filed(first, applicant('held'));
    await until(() => Promise.resolve(posted.length === 1));
    first.pause();
    await until(() => isAtWork(second));
    // Whether the first message was taken nobody knows: it comes once more, under the same id.
    held = false;
    await delivered(1);
    const before = await everyEvent(store);
    first.wake();
    await sleep(3_000);
    expect(await everyEvent(store)).toEqual(before);
    expect(await isAtWork(first)).toBe(false);
    expect(await isAtWork(second)).toBe(true);
    expect(new Set(posted).size).toBe(1);
    expect(posted).toHaveLength(2);
    // As a way in it serves as before.
    await body(first.as(file.applicant).get(file.path), 200);
  });

  it('the other takes over within seconds when the one at work is killed', async () => {
    const [first, second] = await worker();
    const before = posted.length;
    await first.kill();
    const from = performance.now();
    const file = await DossierFile.filed(second, applicant('after'));
    await until(() => isAtWork(second));
    expect(performance.now() - from).toBeLessThan(10_000);
    const queue = second.as(unitReviewer).get('/v1/queue').set('Read-After', file.position);
    expect(JSON.stringify(await body(queue, 200))).toContain(file.id);
    await delivered(2);
    expect(posted).toHaveLength(before + 1);
  });
});
