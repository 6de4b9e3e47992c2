import dns from 'node:dns';
import { createServer, type Server } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { inspect } from 'node:util';
import { MongoConnection } from '../../../src/adapters/mongodb/connection';
import { CannotConnect } from '../../../src/engine/cannot-connect';
import { MongoReadModels } from '../../../src/adapters/mongodb/read-models';
import { newCollection } from '../../contract/collections';
import { localhostCertificate } from '../../support/certificate';
import { type Fault, refused, when } from '../../support/stand-ins/mongodb/faults';
import { MongoStandIn } from '../../support/stand-ins/mongodb/server';

const secret = 's3cret-p4ssword';

const made = localhostCertificate();
made?.remove();

const toClose: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of toClose.splice(0).reverse()) await close();
  jest.restoreAllMocks();
});

async function standIn(options = {}, fault?: Fault): Promise<MongoStandIn> {
  const server = await new MongoStandIn(options).start();
  server.fault = fault;
  toClose.push(() => server.stop());
  return server;
}

function open(url: string, options = {}): MongoConnection {
  const connection = MongoConnection.open(url, options);
  toClose.push(() => connection.close());
  return connection;
}

/**
 * What the check says: one sentence, without the password. Much of it shows only when the wait for a
 * server is over; where a busy machine needs longer than at first, it is asked again.
 */
async function complaint(url: string, about: string): Promise<{ temporary: boolean }> {
  let error: unknown;
  for (const selectionTimeout of [200, 1000, 5000]) {
    error = await open(url, { selectionTimeout })
      .check()
      .catch((reason: unknown) => reason);
    if (error instanceof CannotConnect && error.message.includes(about)) break;
  }
  if (!(error instanceof CannotConnect)) throw new Error(`not a complaint: ${inspect(error)}`);
  expect(error.message).toContain(about);
  expect(error.message).toMatch(/^[^\n]+\.$/);
  expect(inspect(error, { depth: 10 })).not.toContain(secret);
  return error;
}

/** What a server of no replica set leaves out. */
const alone = { setName: undefined, hosts: undefined, me: undefined, primary: undefined };

const lasting = { temporary: false };
const passing = { temporary: true };

const withPassword = (url: string): string => url.replace('//', `//clerk:${secret}@`);

describe('the check at start', () => {
  it('finds nothing wrong with a server that can be used', async () => {
    const { url } = await standIn();
    await expect(open(url).check()).resolves.toBeUndefined();
  });

  it('finds nothing wrong with a server of no replica set, which is its own majority', async () => {
    const { address } = await standIn({ hello: alone });
    await expect(open(`mongodb://${address}/`).check()).resolves.toBeUndefined();
  });

  it.each([
    ['no connection string', `clerk:${secret}@host`],
    ['another protocol', `http://clerk:${secret}@host/`],
    ['an option that is not known', `mongodb://clerk:${secret}@host/?sllowMe=true`],
    ['options that contradict each other', `mongodb://clerk:${secret}@a,b/?directConnection=true`],
    ['a special character that is not encoded', `mongodb://clerk:${secret}/@host/`],
    ['one that makes the password look like a port', `mongodb://clerk:2022/${secret}@host/`],
  ])('refuses %s without quoting it', (_, url) => {
    let error: unknown;
    try {
      MongoConnection.open(url);
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(CannotConnect);
    expect(inspect(error, { depth: 10 })).not.toContain(secret);
    expect(error).toMatchObject({ message: expect.stringContaining('MONGODB_URL') as string });
  });

  it('tells of a wrong password', async () => {
    const wrong = when(({ name }) => name === 'saslStart', refused(18, 'Authentication failed.'));
    const { url } = await standIn({}, wrong);
    expect(await complaint(withPassword(url), 'user or the password')).toMatchObject(lasting);
  });

  it.each(['find', 'delete'])('tells of a missing permission to %s', async (operation) => {
    const forbidden = when(({ name }) => name === operation, refused(13, 'not authorized'));
    const { url } = await standIn({}, forbidden);
    expect(await complaint(url, 'the role readWrite')).toMatchObject(lasting);
  });

  it.each([
    ['that the driver does not speak to', 8],
    ['that the driver would take', 9],
  ])('tells of a server too old, %s', async (_, maxWireVersion) => {
    const { url } = await standIn({ hello: { maxWireVersion } });
    expect(await complaint(url, '5.0 or newer')).toMatchObject(lasting);
  });

  it.each([
    ['another replica set', {}],
    ['no replica set', alone],
  ])('tells of a server of %s', async (_, hello) => {
    const { address } = await standIn({ hello });
    const url = withPassword(`mongodb://${address}/?replicaSet=rs0`);
    expect(await complaint(url, 'correct replicaSet')).toMatchObject(lasting);
  });

  it.each([
    ['without a primary', { ismaster: false, isWritablePrimary: false, secondary: true }],
    ['not yet initiated', { ...alone, isWritablePrimary: false, isreplicaset: true }],
  ])('tells of a replica set %s', async (_, hello) => {
    const { address } = await standIn({ hello });
    const url = withPassword(`mongodb://${address}/`);
    expect(await complaint(url, 'rs.initiate()')).toMatchObject(passing);
  });

  it('tells of a replica set whose majority is down', async () => {
    const { url } = await standIn({}, ({ name, apply }) => {
      const lag = { code: 64, errmsg: 'waiting for replication timed out' };
      return name === 'delete' ? { ...apply(), writeConcernError: lag } : apply();
    });
    expect(await complaint(url, 'by a majority')).toMatchObject(passing);
  });

  it('tells of a refusal it knows no remedy for', async () => {
    const { url } = await standIn({}, refused(96, 'out of luck'));
    expect(await complaint(url, 'with error 96')).toMatchObject(passing);
  });

  it('tells of TLS where the server has none', async () => {
    const { url } = await standIn();
    const withTls = `${withPassword(url)}&tls=true`;
    expect(await complaint(withTls, 'set tls=false')).toMatchObject(lasting);
  });

  it('tells of no TLS where the server asks for it', async () => {
    const url = await urlOf(createTlsServer(() => undefined));
    expect(await complaint(withPassword(url), 'set tls=true')).toMatchObject(passing);
  });

  (made === undefined ? it.skip : it)('tells of a certificate that is not trusted', async () => {
    const url = await urlOf(createTlsServer({ cert: made?.certificate, key: made?.key }));
    const withTls = withPassword(`${url}?tls=true`);
    expect(await complaint(withTls, 'is not trusted')).toMatchObject(lasting);
  });

  it('tells of a file that cannot be read', async () => {
    const { url } = await standIn();
    const withFile = `${withPassword(url)}&tls=true&tlsCAFile=/nowhere/ca.pem`;
    expect(await complaint(withFile, 'tlsCAFile')).toMatchObject(lasting);
  });

  it('tells of a host that is not known', async () => {
    knowNoNames();
    const url = withPassword('mongodb://nowhere.invalid/');
    const about = 'The host name nowhere.invalid in MONGODB_URL';
    expect(await complaint(url, about)).toMatchObject(passing);
  });

  it('tells of a member of the replica set whose name is not known', async () => {
    const member = 'member.invalid:27017';
    const { url } = await standIn({ hello: { hosts: [member], me: member, primary: member } });
    knowNoNames();
    const about = 'calls a member member.invalid,';
    expect(await complaint(withPassword(url), about)).toMatchObject(passing);
  });

  it('tells of a server that is not there', async () => {
    const { url, address } = await gone();
    const about = `does not answer at ${address}`;
    expect(await complaint(withPassword(url), about)).toMatchObject(passing);
  });

  it('tells of a server that is silent', async () => {
    const url = await urlOf(createServer((socket) => socket.resume()));
    expect(await complaint(withPassword(url), 'does not answer')).toMatchObject(passing);
  });
});

it('keeps the password out of what a call fails with', async () => {
  const { url } = await gone();
  const models = new MongoReadModels(open(withPassword(url), { selectionTimeout: 200 }));
  const error: unknown = await models.open(newCollection()).catch((reason: unknown) => reason);
  expect(error).toMatchObject({ name: 'StoreUnavailable' });
  expect(inspect(error, { depth: 12 })).not.toContain(secret);
  expect(JSON.stringify(error)).not.toContain(secret);
});

describe('the database', () => {
  it.each([
    ['mongodb://host', 'title_review'],
    ['mongodb://host/?replicaSet=rs0', 'title_review'],
    ['mongodb://a:1,b:2/office?replicaSet=rs0', 'office'],
  ])('of %s is %s, with one beside it for evidence', (url, name) => {
    const { readModels, evidence } = open(url);
    expect(readModels.databaseName).toBe(name);
    expect(evidence.databaseName).toBe(`${name}_evidence`);
  });
});

/** As if no name server knew anything, whatever there is where the test runs. */
function knowNoNames(): void {
  const lookup = (host: string, _: unknown, told: (error: Error) => void): void => {
    const error = Object.assign(new Error(`getaddrinfo ENOTFOUND ${host}`), { code: 'ENOTFOUND' });
    setImmediate(told, error);
  };
  jest.spyOn(dns, 'lookup').mockImplementation(lookup as unknown as typeof dns.lookup);
}

async function gone(): Promise<{ url: string; address: string }> {
  const server = await standIn();
  await server.stop();
  return server;
}

async function urlOf(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  toClose.push(() => new Promise((resolve) => server.close(resolve)));
  const { port } = server.address() as { port: number };
  return `mongodb://127.0.0.1:${port}/`;
}
