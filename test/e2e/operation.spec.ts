import { once } from 'node:events';
import { connect } from 'node:net';

import { body, refusal, startService, until, type ServiceInProcess } from '../support/service';
import { DossierFile } from './dossier-file';
import { alice } from './people';

describe('In operation', () => {
  let service: ServiceInProcess;
  beforeAll(async () => {
    service = await startService();
  });
  afterAll(() => service.stop());

  it('the process says that it lives', async () => {
    const health = await body(service.as(null).get('/health/live'), 200);
    expect(health).toEqual({ status: 'up' });
  });

  it('the service says how far every projection has come', async () => {
    const { position } = await DossierFile.filed(service, alice);
    // Waits for the lists, so that readiness has nothing to catch up with.
    await service.as(alice).get('/v1/dossiers').set('Read-After', position);
    const health = await body<{ projections: { name: string; state: string }[] }>(
      service.as(null).get('/health/ready'),
      200,
    );
    expect(health).toMatchObject({
      status: 'ready',
      eventStore: { status: 'up', head: position },
    });
    const { projections } = health;
    expect(projections.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['dossiers', 'caseload', 'review-queue', 'audit-trail']),
    );
    for (const { state } of projections) expect(['running', 'catching-up']).toContain(state);
  });

  it.each([
    ['GET', '/'],
    ['GET', '/v1/nothing-here'],
    ['GET', '/v1/dossiers/'],
    ['DELETE', '/v1/dossiers/2022-00000000000000000000000000000000'],
    ['PATCH', '/v1/organisations/title-office'],
  ])('%s %s is a 404 like any other', async (method, path) => {
    const answer = await fetch(`${service.url}${path}`, { method });
    expect(answer.status).toBe(404);
    expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(await answer.json()).toMatchObject({ code: 'not-found', status: 404 });
  });

  it('gives the answers under way when it ends, each the last of its connection', async () => {
    const ending = await startService();
    const { hostname, port } = new URL(ending.url);
    const socket = connect(Number(port), hostname);
    let received = '';
    socket.on('data', (chunk) => (received += chunk.toString()));
    const request = ['POST /v1/dossiers HTTP/1.1', 'Host: localhost', 'Content-Length: 2'];
    const type = ['Content-Type: application/json', 'Expect: 100-continue', '', ''];
    socket.write([...request, ...type].join('\r\n'));
    await until(() => Promise.resolve(received.includes('100 Continue')));
    const stopped = ending.stop();
    await until(() => isRefused(ending.url));
    const closed = once(socket, 'close');
    socket.write('{}');
    await closed;
    expect(received).toMatch(/HTTP\/1\.1 401 [^]*\bconnection: close\b/i);
    await stopped;
  });

  it.each([
    ['never says anything', ''],
    ['stops half way through its headers', 'GET /health/live HTTP/1.1\r\nHost: loc'],
    ['was answered and is kept', 'GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n'],
  ])('ends at once a connection that %s', async (_, sent) => {
    const ending = await startService();
    const { hostname, port } = new URL(ending.url);
    const socket = connect(Number(port), hostname);
    let received = '';
    socket.on('data', (chunk) => (received += chunk.toString()));
    await once(socket, 'connect');
    socket.write(sent);
    await until(() => Promise.resolve(!sent.endsWith('\r\n\r\n') || received.includes('"up"')));
    // Until the service has taken notice of it, too.
    await fetch(`${ending.url}/health/live`);
    const closed = once(socket, 'close');
    const from = performance.now();
    await ending.stop();
    await closed;
    expect(performance.now() - from).toBeLessThan(5_000);
  });

  it('answers in Chinese, and in English where that is preferred', async () => {
    const ask = () => service.as(alice).get('/v1/dossiers/nothing');
    const chinese = await ask();
    const english = await ask().set('Accept-Language', 'en-GB,en;q=0.9,zh;q=0.1');
    expect(chinese.headers['content-language']).toBe('zh-CN');
    expect(chinese.body).toMatchObject({ detail: expect.stringMatching(/没有找到/) as string });
    expect(english.headers['content-language']).toBe('en');
    expect(english.body).toMatchObject({ detail: expect.stringMatching(/^[ -~]+$/) as string });
    expect(await refusal(Promise.resolve(english))).toEqual(
      await refusal(Promise.resolve(chinese)),
    );
  });

  it.each(['/health/live', '/v1/dossiers', '/v1/rounds/none', '/openapi.json'])(
    '%s is neither cached, framed nor sniffed',
    async (path) => {
      const { headers } = await service.as(alice).get(path);
      expect(headers).toMatchObject({
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'content-security-policy': expect.stringContaining("default-src 'none'") as string,
      });
      expect(headers).not.toHaveProperty('x-powered-by');
    },
  );
});

/** Nobody listens there any more. */
async function isRefused(url: string): Promise<boolean> {
  return fetch(`${url}/health/live`, { headers: { connection: 'close' } }).then(
    () => false,
    () => true,
  );
}
