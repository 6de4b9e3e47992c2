import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request as post } from 'node:http';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';

import {
  body,
  claimsOf,
  Client,
  problemIn,
  startService,
  tokenOf,
  until,
  type Person,
  type ServiceInProcess,
} from '../support/service';
import { Servers } from '../support/servers';
import { DossierFile, pdf, summary } from '../e2e/dossier-file';
import { alice, bob, officer } from '../e2e/people';

const conf = readFileSync(resolve(__dirname, '../../deploy/nginx.conf'), 'utf8');
const nginx = process.env.NGINX_BINARY ?? 'nginx';
const isThere = spawnSync(nginx, ['-v']).error === undefined;

/** The configuration of the cluster, for two services of this machine. */
function confFor(folder: string, port: number, [one, two]: readonly [string, string]): string {
  const paths = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  const changes: readonly [string, string][] = [
    ['worker_processes auto;', `worker_processes 1;\npid ${folder}/pid;`],
    ['title-review-1:3000', one],
    ['title-review-2:3000', two],
    ['listen 8080;', `listen 127.0.0.1:${port};`],
    ['/dev/stdout', join(folder, 'access.log')],
    ['/dev/stderr', join(folder, 'error.log')],
    ['http {', `http {\n${paths.map((name) => `${name}_temp_path ${folder}/${name};`).join('\n')}`],
  ];
  return changes.reduce((text, [from, to]) => {
    if (!text.includes(from)) throw new Error(`deploy/nginx.conf has no ${from}`);
    return text.replace(from, to);
  }, conf);
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}

if (!isThere) console.warn('skipped: nginx is not on this machine; NGINX_BINARY may name it');

(isThere ? describe : describe.skip)('nginx in front of two instances', () => {
  const folder = mkdtempSync(join(tmpdir(), 'title-review-nginx-'));
  let servers: Servers;
  let instances: [ServiceInProcess, ServiceInProcess];
  let proxy: ChildProcess;
  let url: string;

  let file: DossierFile;

  const as = (person: Person | null) => new Client(url, person && tokenOf(claimsOf(person)));

  beforeAll(async () => {
    servers = await Servers.start();
    const options = { ...servers.settings, trustProxy: ['loopback'] };
    instances = [await startService(options), await startService(options)];
    const port = await freePort();
    const [one, two] = instances.map((instance) => new URL(instance.url).host);
    const written = join(folder, 'nginx.conf');
    writeFileSync(written, confFor(folder, port, [one ?? '', two ?? '']));
    proxy = spawn(
      nginx,
      ['-p', folder, '-c', written, '-e', join(folder, 'error.log'), '-g', 'daemon off;'],
      {
        stdio: 'inherit',
      },
    );
    url = `http://127.0.0.1:${port}`;
    await until(() =>
      fetch(`${url}/health/live`).then(
        ({ ok }) => ok,
        () => false,
      ),
    );
    file = await DossierFile.open({ url, as, stop: () => Promise.resolve() }, bob);
  });
  afterAll(async () => {
    const ended = new Promise((done) => proxy.once('exit', done));
    proxy.kill('SIGTERM');
    await ended;
    await servers.stop();
    rmSync(folder, { recursive: true });
  });

  it('a dossier is filed through both of them, and everybody reads their own writes', async () => {
    const service = { url, as, stop: () => Promise.resolve() };
    const { id, position } = await DossierFile.filed(service, alice);
    const list = as(officer).get('/v1/dossiers').set('Read-After', position);
    const { items } = await body<{ items: unknown[] }>(list, 200);
    expect(items).toContainEqual(expect.objectContaining({ id }));
    const log = readFileSync(join(folder, 'access.log'), 'utf8');
    for (const instance of instances) expect(log).toContain(new URL(instance.url).host);
    expect(log).not.toContain(id);
  });

  it('what a client says of its own address does not reach the audit trail', async () => {
    const before = await instances[0].acts();
    const spoofed = as(bob).put(`${file.path}/sections/workSummary`, summary('甲'));
    await body(spoofed.set('X-Forwarded-For', '203.0.113.9'), 200);
    const [added] = (await instances[0].acts()).slice(before.length);
    expect(added?.metadata.address).toBe('127.0.0.1');
  });

  it('a scan larger than the service takes is refused by it, one larger still by nginx, both as a problem', async () => {
    const tooLarge = { status: 413, code: 'too-large' };
    const refused = await as(bob).upload(file.id, pdf('x'.repeat(70_000)));
    expect(problemIn(refused)).toMatchObject({ status: 413, code: 'evidence-too-large' });
    const headers = { 'content-type': 'application/pdf', 'content-length': '23000000' };
    const [status, type, text] = await declared(new URL(`${url}/v1/evidence`), headers);
    expect([status, type]).toEqual([413, 'application/problem+json']);
    expect(JSON.parse(text)).toMatchObject(tooLarge);
  });

  it('an event reaches who listens at once', async () => {
    const listening = new AbortController();
    const headers = {
      authorization: `Bearer ${tokenOf(claimsOf(alice))}`,
      accept: 'text/event-stream',
    };
    const stream = await fetch(`${url}/v1/notifications`, { headers, signal: listening.signal });
    const first = await stream.body?.getReader().read();
    expect(Buffer.from(first?.value as Uint8Array).toString()).toContain('retry:');
    listening.abort();
  });

  it('nobody reads the metrics from outside', async () => {
    expect((await as(null).get('/metrics')).status).toBe(404);
    expect((await instances[0].as(null).get('/metrics')).status).toBe(200);
  });

  it('commands go on while lists answer 503, as often as one asks for them', async () => {
    await servers.mongodb.stop();
    for (let n = 0; n < 6; n += 1) {
      const answer = await as(bob).get('/v1/dossiers');
      expect(problemIn(answer)).toMatchObject({ status: 503, code: 'store-unavailable' });
      await file.summarise(`第${n}稿`);
    }
    await servers.mongodb.start();
  });

  it('nothing is refused while one of them ends', async () => {
    const statuses: number[] = [];
    const ended = new AbortController();
    const asking = (async () => {
      while (!ended.signal.aborted || statuses.length < 20) {
        const path = `${file.path}/sections/workSummary`;
        statuses.push((await as(bob).put(path, summary('乙'))).status);
      }
    })();
    await instances[0].stop();
    ended.abort();
    await asking;
    expect(new Set(statuses)).toEqual(new Set([200]));
  });

  it('who asks while none is there is told by a problem to come back', async () => {
    await instances[1].stop();
    const answer = await as(alice).get('/v1/dossiers');
    expect(problemIn(answer)).toMatchObject({ status: 503, code: 'unavailable' });
    expect(answer.headers['retry-after']).toBe('2');
  });
});

/** The answer to a request of which only the head is sent. */
function declared(
  url: URL,
  headers: Record<string, string>,
): Promise<readonly [number | undefined, string | undefined, string]> {
  return new Promise((answered, failed) => {
    const asked = post(url, { method: 'POST', headers }, (answer) => {
      text(answer).then((body) => {
        asked.destroy();
        answered([answer.statusCode, answer.headers['content-type'], body]);
      }, failed);
    });
    asked.on('error', failed);
    asked.flushHeaders();
  });
}
