import type { Health } from '../../src/application/health';
import { body, startService, until, type ServiceInProcess } from '../support/service';
import { Servers } from '../support/servers';
import { refused, when, type Call } from '../support/stand-ins/mongodb/faults';
import { DossierFile } from '../e2e/dossier-file';
import { alice, officer } from '../e2e/people';

describe('/health/ready', () => {
  let servers: Servers;
  let service: ServiceInProcess;
  let file: DossierFile;
  beforeAll(async () => {
    servers = await Servers.start();
    service = await startService(servers.settings);
    file = await DossierFile.open(service, alice);
  });
  afterEach(() => {
    servers.mongodb.fault = undefined;
  });
  afterAll(async () => {
    await service.stop();
    await servers.stop();
  });

  async function health(): Promise<Health & { readonly code: number }> {
    const answer = await service.as(null).get('/health/ready');
    return { code: answer.status, ...(answer.body as Health) };
  }

  async function becomes(expected: object): Promise<Health> {
    await until(async () => {
      try {
        expect(await health()).toMatchObject(expected);
        return true;
      } catch {
        return false;
      }
    });
    return health();
  }

  it('is ready once every projection and reaction is level with the log', async () => {
    const { position } = file;
    const report = await becomes({ code: 200, status: 'ready', eventStore: { head: position } });
    expect(report).toMatchObject({
      eventStore: { status: 'up' },
      readModels: { status: 'up' },
      evidence: { status: 'up' },
      personKeys: { status: 'up' },
      backgroundWork: 'here',
    });
    expect(report.projections.length).toBeGreaterThan(5);
    await until(async () => {
      const { projections, reactions } = await health();
      return [...projections, ...reactions].every(({ lag }) => lag?.events === 0);
    });
  });

  it('is 503 while the event store is down, which nothing can be accepted without', async () => {
    await servers.eventStore.stop();
    const report = await becomes({
      code: 503,
      status: 'not-ready',
      eventStore: { status: 'down' },
    });
    expect(report.readModels).toEqual({ status: 'up' });
    for (const { lag } of report.projections) expect(lag).toBeNull();
    await body(service.as(null).get('/health/live'), 200);
    await servers.eventStore.start();
    await becomes({ code: 200, eventStore: { status: 'up' } });
  });

  it('is 503 after an append that failed, also where the event store can be read', async () => {
    servers.eventStore.fail('append', 'hang', 1000);
    await expect(file.summarise('第一稿')).rejects.toThrow('503');
    await becomes({ code: 503, status: 'not-ready', eventStore: { status: 'read-only' } });
    servers.eventStore.heal();
    await file.summarise('第一稿');
    await becomes({ code: 200, eventStore: { status: 'up' } });
  });

  it('stays 200 while MongoDB is down: commands go on, lists answer 503', async () => {
    await servers.mongodb.stop();
    const report = await becomes({ code: 200, status: 'degraded', readModels: { status: 'down' } });
    expect(report).toMatchObject({
      eventStore: { status: 'up' },
      evidence: { status: 'down' },
      deliveries: null,
    });
    await body(service.as(alice).get('/v1/dossiers'), 503);
    await file.summarise('第二稿');
    expect(await file.seenBy(alice)).toMatchObject({ status: 'draft' });
    await servers.mongodb.start();
    await becomes({ code: 200, readModels: { status: 'up' } });
  });

  it('says how many events and seconds each is behind, and why it waits', async () => {
    await becomes({ status: 'ready' });
    // That list alone: without its lease the instance would leave all of them to another.
    const ofDossiers = ({ name, command }: Call) => /\.dossiers\./.test(String(command[name]));
    servers.mongodb.fault = when(ofDossiers, refused(13, 'not authorized'));
    await file.summarise('第三稿');
    await file.summarise('第四稿');
    const lagging = expect.objectContaining({ events: expect.any(Number) as number }) as object;
    const waiting = { state: 'waiting', reason: expect.any(String) as string, lag: lagging };
    await becomes({
      code: 200,
      status: 'degraded',
      projections: expect.arrayContaining([
        expect.objectContaining({ name: 'dossiers', ...waiting }),
      ]) as unknown,
    });
    await until(async () => {
      const { lag } = (await health()).projections.find(({ name }) => name === 'dossiers') ?? {};
      return (lag?.events ?? 0) >= 2 && (lag?.seconds ?? 0) > 0;
    });
    servers.mongodb.fault = undefined;
    await until(async () => {
      const { projections } = await health();
      return projections.every((projection) => projection.lag?.events === 0);
    });
    await body(service.as(officer).get('/v1/dossiers').set('Read-After', file.position), 200);
  });

  it('is the same on an instance that has not the background work, which it leaves to the other', async () => {
    const other = await startService(servers.settings);
    try {
      const { position } = file;
      await until(async () => {
        const report = await body<Health>(other.as(null).get('/health/ready'), 200);
        return (
          report.backgroundWork === 'elsewhere' &&
          report.projections.every(
            (one) => one.state === 'elsewhere' && one.position !== null && one.position >= position,
          )
        );
      });
    } finally {
      await other.stop();
    }
  });
});
