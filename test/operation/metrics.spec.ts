import type { Health } from '../../src/application/health';
import { Metrics } from '../../src/metrics/metrics';
import { StateMetrics } from '../../src/metrics/state-metrics';
import { readConfig } from '../../src/config';
import { asKey } from '../../src/secrets';
import {
  claimsOf,
  refusal,
  startService,
  tokenOf,
  until,
  type ServiceInProcess,
} from '../support/service';
import { Servers } from '../support/servers';
import { DossierFile } from '../e2e/dossier-file';
import { alice } from '../e2e/people';

/** Values of a metric, by its labels as they are written. */
function samples(text: string, name: string): Readonly<Record<string, number>> {
  const lines = text.matchAll(new RegExp(`^${name}(?:\\{(.*)\\})? (\\S+)$`, 'gm'));
  return Object.fromEntries([...lines].map(([, labels = '', value]) => [labels, Number(value)]));
}

const scrape = async (service: ServiceInProcess): Promise<string> => {
  const answer = await service.as(null).get('/metrics');
  expect(answer.status).toBe(200);
  expect(answer.headers['content-type']).toMatch(/^text\/plain; version=0\.0\.4/);
  return answer.text;
};

describe('/metrics', () => {
  let service: ServiceInProcess;
  let file: DossierFile;
  beforeAll(async () => {
    service = await startService({ logLevel: 'info' });
    file = await DossierFile.filed(service, alice);
  });
  afterAll(() => service.stop());

  it('counts commands by type and outcome, also those the service gives itself', async () => {
    const submit = () => service.as(alice).post(`${file.path}/submissions`, { confirmed: true });
    expect((await submit()).status).toBe(422);
    expect((await submit().set('If-Match', '"1"')).status).toBe(412);
    await service.as(alice).post('/v1/dossiers/2022-0123456789abcdef0123456789abcdef/submissions', {
      confirmed: true,
    });
    const counted = samples(await scrape(service), 'title_review_commands_total');
    expect(counted).toMatchObject({
      'type="OpenDossier",outcome="accepted"': 1,
      'type="Submit",outcome="accepted"': 1,
      'type="Submit",outcome="refused"': 1,
      'type="Submit",outcome="stale"': 1,
      'type="Submit",outcome="unknown"': 1,
      'type="ChangeRound",outcome="accepted"': expect.any(Number) as number,
      'type="DescribeOrganisation",outcome="accepted"': expect.any(Number) as number,
    });
    expect(counted['type="SaveSection",outcome="accepted"']).toBeGreaterThan(10);
  });

  it('measures how long the log takes to take events', async () => {
    const text = await scrape(service);
    const written = samples(text, 'title_review_append_seconds_count')['outcome="written"'] ?? 0;
    expect(written).toBeGreaterThan(20);
    const sum = samples(text, 'title_review_append_seconds_sum')['outcome="written"'] ?? 0;
    expect(sum).toBeGreaterThan(0);
  });

  it('measures requests by the pattern of their route', async () => {
    await service.as(alice).get(file.path);
    const counted = samples(await scrape(service), 'title_review_http_request_seconds_count');
    expect(counted['method="GET",route="/v1/dossiers/:id",status="200"']).toBeGreaterThan(0);
    expect(counted['method="POST",route="/v1/dossiers",status="201"']).toBe(1);
  });

  it('says where every projection and reaction stands', async () => {
    await until(async () => {
      const text = await scrape(service);
      const head = samples(text, 'title_review_log_position')[''] ?? 0;
      const positions = samples(text, 'title_review_follower_position');
      const lags = samples(text, 'title_review_follower_lag_events');
      expect(head).toBeGreaterThan(20);
      expect(Object.keys(positions)).toEqual(
        expect.arrayContaining([
          'kind="projection",name="dossiers"',
          'kind="reaction",name="reaction-falsification-consequences"',
        ]),
      );
      expect(Object.keys(lags)).toEqual(Object.keys(positions));
      return (
        Object.values(positions).every((position) => position === head) &&
        Object.values(lags).every((lag) => lag === 0)
      );
    });
    const text = await scrape(service);
    expect(samples(text, 'title_review_accepting_commands')).toEqual({ '': 1 });
    expect(samples(text, 'title_review_background_work')).toEqual({ '': 1 });
    expect(samples(text, 'title_review_store_up')).toEqual({
      'store="event-store"': 1,
      'store="read-models"': 1,
      'store="evidence"': 1,
      'store="person-keys"': 1,
    });
  });

  it('holds no label out of what people send, however much they send', async () => {
    const ask = async (count: number): Promise<number> => {
      for (let n = 0; n < count; n += 1) {
        await fetch(`${service.url}/v1/nothing/${n}-${alice.subject}`);
        await fetch(`${service.url}/v1/dossiers/${file.id}-${n}`);
        await fetch(`${service.url}/v1/nothing`, { method: n % 2 ? 'PUT' : 'DELETE' });
      }
      return (await scrape(service)).split('\n').length;
    };
    const before = await ask(3);
    expect(await ask(30)).toBe(before);
  });

  it('names nobody and no dossier', async () => {
    const text = await scrape(service);
    const [, hash = ''] = file.id.split('-');
    for (const secret of [file.id, hash, alice.subject, '127.0.0.1', service.dataDir]) {
      expect(text).not.toContain(secret);
    }
    const labels = [...text.matchAll(/="([^"]*)"/g)].map(([, value = '']) => value);
    for (const value of labels) expect(value).not.toMatch(/[0-9a-f]{16}|\d{6}|[\u4e00-\u9fff]/);
  });

  it('does not measure a stream of events, which lasts as long as somebody listens', async () => {
    const listening = new AbortController();
    const authorization = `Bearer ${tokenOf(claimsOf(alice))}`;
    const headers = { authorization, accept: 'text/event-stream' };
    const { signal } = listening;
    const stream = await fetch(`${service.url}/v1/notifications`, { headers, signal });
    expect(stream.headers.get('content-type')).toMatch(/^text\/event-stream/);
    listening.abort();
    const isOver = () => service.logged.some((line) => line.includes('"/v1/notifications"'));
    await until(() => Promise.resolve(isOver()));
    const counted = samples(await scrape(service), 'title_review_http_request_seconds_count');
    expect(Object.keys(counted).filter((labels) => labels.includes('notifications'))).toEqual([]);
  });
});

const token = 'Q8dVn3rYkT0wZ5bJx7LmHc2PfSg9AuEi4oRt6N1C';

describe('Who may read /metrics, by the settings', () => {
  it.each([
    [{ NODE_ENV: 'production' }, 'nobody'],
    [{}, 'everybody'],
    [{ NODE_ENV: 'production', METRICS_TOKEN: token }, expect.anything() as unknown],
    [{ METRICS_TOKEN: token }, expect.anything() as unknown],
  ])('follows from the settings %j', (given, readers) => {
    const names = ['JWT_KEY', 'LOOKUP_KEY', 'MASTER_KEY', 'AUDIT_KEY'];
    const keys = Object.fromEntries(names.map((name, n) => [name, `${n}${token}`]));
    const { metricsReaders } = readConfig({ ...keys, ...given });
    expect(metricsReaders).toEqual(readers);
    if (typeof metricsReaders !== 'string') expect(metricsReaders.export().toString()).toBe(token);
  });
});

describe('Who may read /metrics', () => {
  let service: ServiceInProcess;
  afterEach(() => service.stop());
  const ask = (authorization?: string) => {
    const asked = service.as(null).get('/metrics');
    return authorization === undefined ? asked : asked.set('Authorization', authorization);
  };

  it('is whoever has the token, where one is set', async () => {
    service = await startService({ metricsReaders: asKey(token) });
    expect((await ask(`Bearer ${token}`)).status).toBe(200);
    expect(await refusal(ask())).toEqual([401, 'token-missing']);
    for (const wrong of [`Bearer ${token}x`, `Bearer ${token.slice(1)}`, `Basic ${token}`]) {
      expect(await refusal(ask(wrong))).toEqual([401, 'token-invalid']);
    }
    expect(await refusal(service.as(alice).get('/metrics'))).toEqual([401, 'token-invalid']);
  });

  it('is nobody in production without a token: there is nothing at that address', async () => {
    service = await startService({ metricsReaders: 'nobody' });
    expect(await refusal(ask())).toEqual([404, 'not-found']);
    expect(await refusal(ask(`Bearer ${token}`))).toEqual([404, 'not-found']);
  });
});

describe('While the event store is down', () => {
  let servers: Servers;
  let service: ServiceInProcess;
  beforeAll(async () => {
    servers = await Servers.start();
    service = await startService(servers.settings);
  });
  afterAll(async () => {
    await service.stop();
    await servers.stop();
  });

  it('what is asked for is counted as unavailable, and what is not known is left out', async () => {
    const file = await DossierFile.open(service, alice);
    await servers.eventStore.stop();
    await expect(file.summarise('第一稿')).rejects.toThrow('503');
    const text = await scrape(service);
    const commands = samples(text, 'title_review_commands_total');
    expect(commands['type="SaveSection",outcome="unavailable"']).toBe(1);
    expect(samples(text, 'title_review_store_up')).toMatchObject({ 'store="event-store"': 0 });
    expect(samples(text, 'title_review_accepting_commands')).toEqual({ '': 0 });
    expect(samples(text, 'title_review_log_position')).toEqual({});
    expect(samples(text, 'title_review_follower_lag_events')).toEqual({});
    expect(Object.keys(samples(text, 'title_review_follower_position')).length).toBeGreaterThan(5);
  });
});

describe('The metrics of how things stand', () => {
  const follower = {
    name: 'dossiers',
    state: 'running',
    position: '0000000000000000042-0000000000000000042',
    lag: { events: 7, seconds: 1.5 },
  } as const;
  const failure = { position: '43', stream: 's', type: 't', message: 'm' };
  const report: Health = {
    status: 'degraded',
    eventStore: { status: 'up', head: '0000000000000000050-0000000000000000049' },
    readModels: { status: 'up' },
    evidence: { status: 'down' },
    personKeys: { status: 'up' },
    backgroundWork: 'elsewhere',
    projections: [follower, { ...follower, name: 'caseload', state: 'stopped', failure }],
    reactions: [],
    deliveries: [{ channel: 'webhook', pending: 3, delivered: 20, dead: 2 }],
  };
  const waiting = { submissions: 3, commands: 2, uploads: 0, reads: 1 };
  const shown = async (...reports: readonly Health[]): Promise<string> => {
    const metrics = new Metrics();
    for (const one of reports) {
      const check = { report: () => Promise.resolve(one) };
      await new StateMetrics(check, metrics, { waiting: () => waiting }).refresh();
    }
    return metrics.registry.metrics();
  };

  it('are lags, positions, who has stopped, and dead letters', async () => {
    const text = await shown(report);
    const dossiers = 'kind="projection",name="dossiers"';
    const caseload = 'kind="projection",name="caseload"';
    expect(samples(text, 'title_review_follower_position')).toMatchObject({ [dossiers]: 42 });
    expect(samples(text, 'title_review_log_position')).toEqual({ '': 50 });
    expect(samples(text, 'title_review_follower_lag_events')).toMatchObject({ [dossiers]: 7 });
    expect(samples(text, 'title_review_follower_lag_seconds')).toMatchObject({ [dossiers]: 1.5 });
    expect(samples(text, 'title_review_follower_stopped')).toEqual({
      [dossiers]: 0,
      [caseload]: 1,
    });
    expect(samples(text, 'title_review_background_work')).toEqual({ '': 0 });
    expect(samples(text, 'title_review_deliveries')).toEqual({
      'channel="webhook",state="pending"': 3,
      'channel="webhook",state="delivered"': 20,
      'channel="webhook",state="dead"': 2,
    });
  });

  it('are gone when they are not known any more', async () => {
    const text = await shown(report, {
      ...report,
      eventStore: { status: 'down' },
      deliveries: null,
    });
    expect(samples(text, 'title_review_log_position')).toEqual({});
    expect(samples(text, 'title_review_deliveries')).toEqual({});
  });
});
