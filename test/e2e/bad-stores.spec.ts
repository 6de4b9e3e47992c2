import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { inspect } from 'node:util';

import { ConfigError } from '../../src/config';
import { asKey } from '../../src/secrets';
import { openStores } from '../../src/stores';
import { jwtKey, testConfig } from '../support/http';
import { describeBuilt } from '../support/service';
import { errors } from '../support/stand-ins/eventstoredb/faults';
import { EventStoreDBStandIn } from '../support/stand-ins/eventstoredb/server';
import { refused, when } from '../support/stand-ins/mongodb/faults';
import { MongoStandIn } from '../support/stand-ins/mongodb/server';

const main = resolve(__dirname, '../../dist/main.js');
const password = 's3cret-Pa55';
const nothing = { eventStore: null, mongodb: null };
const eventStore = (url: string) => ({
  ...nothing,
  eventStore: { url: asKey(url), namespace: 'ours' },
});
const mongodb = (url: string) => ({ ...nothing, mongodb: { url: asKey(url) } });

let dataDir: string;
const opened: { stop(): Promise<unknown> }[] = [];

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'stores-'));
});
afterEach(async () => {
  for (const server of opened.splice(0)) await server.stop();
  rmSync(dataDir, { recursive: true });
});

async function started<Server extends { start(): Promise<Server>; stop(): Promise<unknown> }>(
  server: Server,
): Promise<Server> {
  opened.push(server);
  return server.start();
}

interface Told {
  /** Why the service does not start; null where it does. */
  readonly refusal: string | null;
  readonly warnings: readonly string[];
}

/** What the start says; each a sentence, and none with a password. */
async function start(settings: object): Promise<Told> {
  const warnings: string[] = [];
  const warned = jest.spyOn(console, 'warn').mockImplementation((...given: unknown[]) => {
    warnings.push(inspect(given));
  });
  const config = testConfig({ dataDir, ...settings });
  const refusal = await openStores(config, { onWarning: (sentence) => warnings.push(sentence) })
    .then((stores) => stores.close().then(() => null))
    .catch((error: unknown) => {
      if (!(error instanceof ConfigError)) throw error;
      expect(inspect(error, { depth: 9 })).not.toContain(password);
      expect(error.problems).toHaveLength(1);
      return error.problems[0] ?? '';
    });
  warned.mockRestore();
  for (const sentence of [...warnings, ...(refusal === null ? [] : [refusal])]) {
    expect(sentence).not.toContain(password);
    expect(sentence).toMatch(/^[^\n]+\.$/);
  }
  return { refusal, warnings };
}

describe('The start ends with one sentence', () => {
  it.each([
    ['http://localhost:2113', /EVENTSTORE_URL is not a connection string/],
    [`esdb://admin:${password}@localhost:x`, /EVENTSTORE_URL is not a connection string/],
    [
      `esdb://admin:${password}@localhost:1?tls=false`,
      /does not answer at localhost:1; check host and port in EVENTSTORE_URL/,
    ],
  ])('where EVENTSTORE_URL is %s', async (url, sentence) => {
    expect((await start(eventStore(url))).refusal).toMatch(sentence);
  });

  it('where EventStoreDB is too old', async () => {
    const { url } = await started(new EventStoreDBStandIn({ version: '5.0.11' }));
    const { refusal } = await start(eventStore(url));
    expect(refusal).toMatch(/too old for this service; upgrade it to 22.6 or newer/);
  });

  it('where EventStoreDB does not know the password, or forbids to read', async () => {
    const server = await started(new EventStoreDBStandIn({ user: `admin:other` }));
    const url = server.url.replace('admin:other', `admin:${password}`);
    expect((await start(eventStore(url))).refusal).toMatch(
      /does not know the user or the password/,
    );
    const open = await started(new EventStoreDBStandIn());
    open.fail('read-all', errors.accessDenied);
    expect((await start(eventStore(open.url))).refusal).toMatch(/make it a member of \$admins/);
  });

  it('where EventStoreDB does without TLS', async () => {
    const { url } = await started(new EventStoreDBStandIn());
    const { refusal } = await start(eventStore(url.replace('?tls=false', '')));
    expect(refusal).toMatch(/answers without TLS; add \?tls=false to EVENTSTORE_URL/);
  });

  it.each([
    [`mongodb:/admin:${password}@localhost`, /MONGODB_URL is not a connection string/],
    [`mongodb://admin:${password}@localhost/?unknown=1`, /MONGODB_URL is not a connection string/],
  ])('where MONGODB_URL is %s', async (url, sentence) => {
    expect((await start(mongodb(url))).refusal).toMatch(sentence);
  });

  it('where MongoDB is too old', async () => {
    const { url } = await started(new MongoStandIn({ hello: { maxWireVersion: 9 } }));
    const { refusal } = await start(mongodb(url));
    expect(refusal).toMatch(/MongoDB .* is too old for this service; upgrade it to 5.0 or newer/);
  });

  it('where MongoDB does not know the password, or forbids to write', async () => {
    const server = await started(new MongoStandIn());
    const url = server.url.replace('mongodb://', `mongodb://admin:${password}@`);
    server.fault = when(
      ({ name }) => name.startsWith('sasl'),
      refused(18, 'Authentication failed.'),
    );
    expect((await start(mongodb(url))).refusal).toMatch(/does not know the user or the password/);
    server.fault = when(({ name }) => name === 'delete', refused(13, 'not authorized'));
    expect((await start(mongodb(server.url))).refusal).toMatch(/grant it the role readWrite/);
  });

  it('where MongoDB does without TLS', async () => {
    const { url } = await started(new MongoStandIn());
    const { refusal } = await start(mongodb(`${url}&tls=true`));
    expect(refusal).toMatch(/does not take up TLS; set tls=false in MONGODB_URL/);
  });

  it('where another process keeps its data in the same folder', async () => {
    const config = testConfig({ dataDir });
    const first = await openStores(config);
    expect((await start(nothing)).refusal).toMatch(/Another process .* choose another DATA_DIR/);
    await first.close();
    expect((await start(nothing)).refusal).toBeNull();
  });
});

describe('The start goes on', () => {
  it('with a warning where MongoDB is down', async () => {
    const { url } = await started(new MongoStandIn());
    await opened.pop()?.stop();
    const { refusal, warnings } = await start(mongodb(url));
    expect(refusal).toBeNull();
    expect(warnings).toEqual([
      expect.stringMatching(/MongoDB does not answer at .* in MONGODB_URL/),
    ]);
  });

  it('beside another process in the same folder where both servers are configured', async () => {
    const [events, documents] = [
      await started(new EventStoreDBStandIn()),
      await started(new MongoStandIn()),
    ];
    const both = { ...eventStore(events.url), mongodb: { url: asKey(documents.url) } };
    const first = await openStores(testConfig({ dataDir, ...both }));
    expect((await start(both)).refusal).toBeNull();
    await first.close();
  });
});

describeBuilt('A service that cannot start', () => {
  it('says why in one sentence, ends with 1, and tells no password', async () => {
    const child = spawn(process.execPath, [main], {
      env: {
        NODE_ENV: 'test',
        DATA_DIR: dataDir,
        JWT_KEY: jwtKey.export().toString(),
        EVENTSTORE_URL: `esdb://admin:${password}@localhost:1?tls=false`,
      },
    });
    expect(await endOf(child)).toEqual([
      1,
      'The service cannot start:\n- EventStoreDB does not answer at localhost:1; check host and port in ' +
        'EVENTSTORE_URL and that the server runs.\n',
    ]);
  });

  it.each([
    ['a port in use', (port: number) => ({ PORT: String(port) }), /port \d+ already; .* set PORT/],
    [
      'a foreign address',
      () => ({ HOST: '192.0.2.1', PORT: '0' }),
      /HOST \(192\.0\.2\.1\) is no address/,
    ],
  ])('names %s', async (_, wrong, said) => {
    const busy = createServer().listen(0, '127.0.0.1');
    await once(busy, 'listening');
    const { port } = busy.address() as AddressInfo;
    const env = { HOST: '127.0.0.1', LOG_LEVEL: 'silent', JWT_KEY: jwtKey.export().toString() };
    const child = spawn(process.execPath, [main], {
      env: { NODE_ENV: 'test', DATA_DIR: dataDir, ...env, ...wrong(port) },
    });
    const [code, output] = await endOf(child);
    busy.close();
    expect([code, output]).toEqual([1, expect.stringMatching(said)]);
    expect(output.split('\n')).toHaveLength(3);
  });

  it('names a file that is no database', async () => {
    writeFileSync(join(dataDir, 'events.db'), 'this is no database, whatever its name says');
    expect((await start(nothing)).refusal).toMatch(
      /events\.db cannot be used \(file is not a database\)/,
    );
  });
});

/** How a process ends, and what it has said by then. */
async function endOf(
  child: ChildProcessWithoutNullStreams,
): Promise<[code: unknown, output: string]> {
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  }
  const code = await new Promise((ended) => child.once('close', ended));
  return [code, output];
}
