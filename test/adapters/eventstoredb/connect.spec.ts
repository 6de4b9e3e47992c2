import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { EventStoreDBEventStore } from '../../../src/adapters/eventstoredb/event-store';
import { CannotConnect } from '../../../src/engine/cannot-connect';
import { localhostCertificate } from '../../support/certificate';
import { newEvents } from '../../support/events';
import { errors } from '../../support/stand-ins/eventstoredb/faults';
import {
  EventStoreDBStandIn,
  type StandInOptions,
} from '../../support/stand-ins/eventstoredb/server';

const password = 's3cret%21';
const made = localhostCertificate();

let standIn: EventStoreDBStandIn | undefined;
let warnings: jest.SpyInstance;

beforeEach(() => {
  warnings = jest.spyOn(console, 'warn');
});
afterEach(async () => {
  // The client's warnings quote the connection string.
  expect(warnings).not.toHaveBeenCalled();
  warnings.mockRestore();
  await standIn?.stop();
});

async function start(options: StandInOptions = {}): Promise<EventStoreDBStandIn> {
  standIn = await new EventStoreDBStandIn(options).start();
  return standIn;
}

function connect(url: string, timeout = 5_000): Promise<EventStoreDBEventStore> {
  return EventStoreDBEventStore.connect(url, { namespace: 'ours.', timeout });
}

/** One sentence that says what to change, with nothing that is secret. */
async function sentence(url: string): Promise<{ message: string; temporary: boolean }> {
  const error: unknown = await connect(url, 800).then(
    (store) => store.close(),
    (reason: unknown) => reason,
  );
  if (!(error instanceof CannotConnect)) throw new Error(`connected, or ${String(error)}`);
  expect(error.message).not.toMatch(/s3cret|\n/);
  expect(error.message).toMatch(/\.$/);
  expect(error.cause).toBeUndefined();
  return { message: error.message, temporary: error.temporary };
}

describe('a connection string', () => {
  it.each([
    ['', /is not a connection string; write it like esdb:/],
    [`http://admin:${password}@localhost:2113`, /is not a connection string/],
    [`esdb://admin:${password}@localhost:port`, /is not a connection string/],
    [`esdb://admin:${password}@localhost:2113?tls=perhaps`, /is not a connection string/],
    [`esdb://admin:${password}@localhost:2113?tlsVerifyCert=false`, /option that is not supported/],
    [
      `esdb://admin:${password}@localhost:2113?password=${password}`,
      /option that is not supported/,
    ],
    [`esdb://admin:${password}@localhost:2113?userCertFile=a.pem`, /userKeyFile together/],
    [
      `esdb://admin:${password}@localhost:2113?tlsCAFile=/none.pem`,
      /tlsCAFile that cannot be read/,
    ],
  ])('that cannot be used is refused: %s', async (url, expected) => {
    expect(await sentence(url)).toEqual({
      message: expect.stringMatching(expected) as string,
      temporary: false,
    });
  });
});

describe('connecting', () => {
  it.each(['22.6.0', '23.10.1.0', '25.1.0.1000-lts'])(
    'takes a server of version %s',
    async (version) => {
      const { url } = await start({ version });
      await (await connect(url)).close();
    },
  );

  it.each(['21.10.9', '22.5.0', '5.0.11.0'])('refuses one of version %s', async (version) => {
    const { url } = await start({ version });
    const { message, temporary } = await sentence(url);
    expect(message).toContain(`is of version ${version}, too old`);
    expect(temporary).toBe(false);
  });

  it('refuses one too old to tell its version', async () => {
    const server = await start();
    server.fail('features', errors.unimplemented);
    expect((await sentence(server.url)).message).toMatch(/too old .* upgrade it to 22.6 or newer/);
  });

  it('says so where nothing answers, and that it may pass', async () => {
    const server = await start();
    await server.stop();
    const { message, temporary } = await sentence(server.url);
    expect(message).toMatch(/does not answer at localhost:\d+; check host and port/);
    expect(temporary).toBe(true);
  });

  it('says so where the server accepts and never answers', async () => {
    const server = await start();
    server.fail('features', 'hang', 100);
    expect((await sentence(server.url)).message).toMatch(/does not answer at localhost/);
  });

  it('says so where the host has no address', async () => {
    const { message } = await sentence('esdb://nowhere.invalid:2113?tls=false');
    expect(message).toMatch(/nowhere.invalid:2113 in EVENTSTORE_URL cannot be resolved/);
  });

  it('says so where no node of a cluster answers', async () => {
    const server = await start();
    await server.stop();
    const { port } = server;
    const url = `esdb://localhost:${port},127.0.0.1:${port}?tls=false&discoveryInterval=1`;
    expect((await sentence(url)).message).toMatch(/no node .* answers/i);
  });

  it('says so where something else answers', async () => {
    const other: Server = createServer((_, response) => response.end('hello'));
    await new Promise<void>((resolve) => other.listen(0, resolve));
    const { port } = other.address() as AddressInfo;
    expect((await sentence(`esdb://localhost:${port}?tls=false`)).message).toMatch(/its HTTP port/);
    other.close();
  });

  it('takes a server that is still starting', async () => {
    const server = await start();
    server.fail('read-all', errors.notReady, 2);
    await (await connect(server.url)).close();
  });
});

const whereThereIsOne = made === undefined ? describe.skip : describe;
if (made === undefined) console.warn('skipped: "connecting with TLS" needs openssl');

whereThereIsOne('connecting with TLS', () => {
  const tls = made ?? { certificate: Buffer.alloc(0), key: Buffer.alloc(0), file: '' };
  afterAll(() => made?.remove());
  const over = (url: string, query: string) => url.replace(/\?.*|$/, query);

  it('works with a trusted certificate, and logs in', async () => {
    const { url } = await start({ tls, user: 'admin:s3cret!' });
    const withPassword = url.replace('s3cret!', password);
    const store = await connect(over(withPassword, `?tlsCAFile=${tls.file}`));
    await store.append('a', newEvents(1), 'no-stream');
    expect(await store.read('a')).toHaveLength(1);
    await store.close();
  });

  it('names the remedy for a wrong password', async () => {
    const { port } = await start({ tls, user: 'admin:other' });
    const url = `esdb://admin:${password}@localhost:${port}?tlsCAFile=${tls.file}`;
    const { message, temporary } = await sentence(url);
    expect(message).toMatch(/does not know the user or the password/);
    expect(temporary).toBe(false);
  });

  it('names the remedy for a user without permission', async () => {
    const server = await start({ tls });
    server.fail('read-all', errors.accessDenied);
    const { message, temporary } = await sentence(over(server.url, `?tlsCAFile=${tls.file}`));
    expect(message).toMatch(/may not read \$all; make it a member of \$admins/);
    expect(temporary).toBe(false);
  });

  it('names the remedy for a certificate that is not trusted', async () => {
    const { url } = await start({ tls });
    expect((await sentence(url)).message).toMatch(/certificate .* is not trusted; .* tlsCAFile/);
  });

  it('names the remedy for a server without TLS', async () => {
    const { url } = await start();
    expect((await sentence(over(url, ''))).message).toMatch(/without TLS; add \?tls=false/);
  });

  it('names the remedy for a server with TLS, asked without', async () => {
    const { url } = await start({ tls });
    expect((await sentence(over(url, '?tls=false'))).message).toMatch(/remove tls=false/);
  });
});
