import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { rebuild } from '../../src/engine/rebuild';
import type { Page } from '../../src/http/answers';
import { projections } from '../../src/projections';
import { openEventStore, openReadModels } from '../../src/stores';
import { testConfig } from '../support/http';
import { Servers } from '../support/servers';
import { body, startService, type ServiceInProcess, type ServiceOptions } from '../support/service';
import { DossierFile, pdf, reasonAbout } from './dossier-file';
import { alice, auditor, bob, officer, unitReviewer } from './people';

const scan = pdf('聘书');

type Engines = Pick<ServiceOptions, 'eventStore' | 'mongodb'>;
interface Listed {
  readonly id: string;
  readonly status: string;
}

describe.each<[string, (servers: Servers) => Engines]>([
  ['EventStoreDB and MongoDB', ({ settings }) => settings],
  ['EventStoreDB alone', ({ settings: { eventStore } }) => ({ eventStore })],
  ['MongoDB alone', ({ settings: { mongodb } }) => ({ mongodb })],
])('On %s (stand-ins)', (_, enginesOf) => {
  let servers: Servers;
  let service: ServiceInProcess;
  let accepted: DossierFile;
  let evidence: string;

  const list = (path: string, person = officer) =>
    body<Page<Listed>>(service.as(person).get(path).set('Read-After', accepted.position), 200);

  beforeAll(async () => {
    servers = await Servers.start();
    service = await startService(enginesOf(servers));
    evidence = (await (await DossierFile.open(service, bob)).attach(scan)).id;
    accepted = await DossierFile.filed(service, alice);
    await accepted.giveBack(unitReviewer, reasonAbout('workSummary'));
    await accepted.summarise('第二稿');
    await accepted.submit();
    await accepted.pass();
    await accepted.accept();
  });
  afterAll(async () => {
    await service.stop();
    await servers.stop();
  });

  it('a dossier comes from its opening to its acceptance, and every list shows it', async () => {
    expect(await accepted.seenBy(alice)).toMatchObject({ status: 'accepted' });
    const { items } = await list('/v1/dossiers');
    expect(items).toEqual([expect.objectContaining({ id: accepted.id, status: 'accepted' })]);
    const told = await list('/v1/notifications', alice);
    expect(told.items.length).toBeGreaterThan(2);
    const trail = await list(`/v1/audit/events?dossier=${accepted.id}`, auditor);
    expect(trail.items.length).toBeGreaterThan(20);
  });

  it('the sample organisations and the 2022 round are there from the start', async () => {
    const units = await body<Page<unknown>>(service.as(alice).get('/v1/organisations'), 200);
    expect(units.items.length).toBeGreaterThan(10);
    await body(service.as(alice).get('/v1/rounds/2022/policy'), 200);
  });

  it('a scan comes back as it was sent, from where it is kept', async () => {
    const answer = await service.as(bob).get(`/v1/evidence/${evidence}`).buffer(true);
    expect(answer.status).toBe(200);
    expect(Buffer.from(answer.body as Buffer)).toEqual(scan);
    const isOnMongoDB = enginesOf(servers).mongodb !== undefined;
    expect(existsSync(join(service.dataDir, 'evidence'))).toBe(!isOnMongoDB);
  });

  it('the service says that it is ready, and how far each list has come', async () => {
    await list('/v1/dossiers');
    const health = await body(service.as(null).get('/health/ready'), 200);
    expect(health).toMatchObject({ status: 'ready', eventStore: { status: 'up' } });
  });

  it('what is built anew from the log is what was there', async () => {
    const before = await list('/v1/dossiers');
    const config = testConfig({ ...enginesOf(servers), dataDir: service.dataDir });
    const store = await openEventStore(config);
    const readModels = openReadModels(config);
    for (const projection of projections) await rebuild(projection, store, readModels);
    await readModels.close();
    await store.close();
    expect(await list('/v1/dossiers')).toEqual(before);
  });

  it('everything is there again after a restart', async () => {
    const before = await list('/v1/dossiers');
    service = await service.restart();
    expect(await list('/v1/dossiers')).toEqual(before);
    const filed = service.as(alice).get(`${accepted.path}/submissions/2`);
    expect(await body(filed, 200)).toMatchObject({ number: 2 });
  });

  it('the practice round is open where time is not simulated', async () => {
    service = await service.restart({ ...enginesOf(servers), simulatedNow: null });
    await body(service.as(alice).get('/v1/rounds/practice/policy'), 200);
  });
});
