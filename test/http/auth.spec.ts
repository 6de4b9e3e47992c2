import { createSecretKey, createSign, type KeyObject } from 'node:crypto';

import {
  exportJWK,
  exportSPKI,
  generateKeyPair,
  SignJWT,
  UnsecuredJWT,
  type JWK,
  type JWTPayload,
  type KeyLike,
} from 'jose';

import { asKey } from '../../src/secrets';
import { bearer, jwtKey, listen, serve, sign, testConfig, type TestService } from '../support/http';
import { DummyModule, simulatedStart } from './dummy.module';

const now = Math.floor(Date.now() / 1000);
const usual = {
  sub: 'p-1',
  roles: ['applicant'],
  aud: 'title-review',
  iss: 'title-review',
  exp: now + 3600,
};

const signed = (claims: JWTPayload, alg: string, key: KeyLike | Uint8Array, kid?: string) =>
  new SignJWT(claims).setProtectedHeader({ alg, ...(kid === undefined ? {} : { kid }) }).sign(key);

const asking = (service: TestService, token: string) =>
  service.http.get('/v1/context/1').set('Authorization', `Bearer ${token}`);

const without = (claim: keyof typeof usual): JWTPayload =>
  Object.fromEntries(Object.entries(usual).filter(([name]) => name !== claim));

describe('with a local key', () => {
  let service: TestService;
  beforeAll(async () => {
    service = await serve(DummyModule);
  });
  afterAll(() => service.close());

  it('a valid token says who asks', async () => {
    const token = await sign({ ...usual, org: 'station', roles: ['auditor', 'pope', 'applicant'] });
    const response = await asking(service, token).expect(200);
    expect((response.body as { caller: unknown }).caller).toEqual({
      subject: 'p-1',
      roles: ['applicant', 'auditor'],
      organisation: 'station',
    });
  });

  it.each<[string, () => Promise<string> | string]>([
    ['expired', () => sign({ ...usual, exp: now - 1 })],
    ['not yet valid', () => sign({ ...usual, nbf: now + 600 })],
    ['for another audience', () => sign({ ...usual, aud: 'payroll' })],
    ['of another issuer', () => sign({ ...usual, iss: 'someone' })],
    ['without expiry', () => signed(without('exp'), 'HS256', jwtKey)],
    ['without audience', () => signed(without('aud'), 'HS256', jwtKey)],
    ['without issuer', () => signed(without('iss'), 'HS256', jwtKey)],
    ['without subject', () => signed(without('sub'), 'HS256', jwtKey)],
    ['with an empty subject', () => sign({ ...usual, sub: '' })],
    ['with an endless subject', () => sign({ ...usual, sub: 'x'.repeat(201) })],
    ['with a number for a subject', () => sign({ ...usual, sub: 7 as unknown as string })],
    ['with roles in a text', () => sign({ ...usual, roles: 'administrator' })],
    ['with an organisation that is none', () => sign({ ...usual, org: { id: 'station' } })],
    ['signed with another key', () => signed(usual, 'HS256', asKey('x'.repeat(40)))],
    ['signed with another algorithm', () => signed(usual, 'HS512', jwtKey)],
    ['not signed', () => new UnsecuredJWT(usual).encode()],
    ['changed after signing', async () => tampered(await sign(usual))],
    ['with its signature cut off', async () => (await sign(usual)).replace(/[^.]*$/, '')],
    ['no token at all', () => 'nonsense'],
    ['in three meaningless parts', () => 'a.b.c'],
  ])('a token %s is 401', async (_, token) => {
    const response = await asking(service, await token()).expect(401);
    expect(response.headers['www-authenticate']).toBe('Bearer error="invalid_token"');
    expect((response.body as { code: string }).code).toMatch(/^token-(invalid|expired)$/);
  });

  it('no token is 401, and so is another scheme', async () => {
    const none = await service.http.get('/v1/context/1').expect(401);
    expect(none.headers['www-authenticate']).toBe('Bearer');
    expect(none.body).toMatchObject({ code: 'token-missing' });
    await service.http.get('/v1/context/1').set('Authorization', 'Basic cDpw').expect(401);
  });

  it('public routes, the documents and unknown ones ask for no token', async () => {
    await service.http.get('/v1/public').expect(200);
    await service.http.get('/openapi.json').expect(200);
    await service.http.get('/docs').expect(200);
    await service.http.get('/v1/nowhere').expect(404);
  });

  it.each([
    [['auditor'], 200],
    [['applicant', 'administrator'], 200],
    [['applicant'], 403],
    [[], 403],
    [['pope'], 403],
    [undefined, 403],
  ])('roles %j on a route for auditors and administrators: %i', async (roles, status) => {
    const response = await service.http
      .post('/v1/auditors')
      .set('Authorization', await bearer('p-1', [], roles === undefined ? {} : { roles }));
    expect(response.status).toBe(status);
    if (status === 403) expect(response.body).toMatchObject({ code: 'role-missing' });
  });

  it('a caller without any role may ask where none is wanted', async () => {
    const authorization = await bearer('p-1', []);
    await service.http.get('/v1/context/1').set('Authorization', authorization).expect(200);
  });
});

describe('with a key set by URL', () => {
  let publicKey: KeyLike;
  let privateKey: KeyLike;
  let keys: Awaited<ReturnType<typeof listen>>;
  let answer: { status: number; body: string };
  let service: TestService;

  const jwksConfig = (url: URL, algorithm: 'RS256' | 'ES256' = 'RS256') =>
    testConfig({
      auth: {
        audience: 'title-review',
        issuer: 'title-review',
        keys: { kind: 'jwks', algorithm, url },
      },
    });

  beforeAll(async () => {
    ({ publicKey, privateKey } = await generateKeyPair('RS256'));
    answer = { status: 200, body: '' };
    answer.body = JSON.stringify({
      keys: [{ ...(await exportJWK(publicKey)), kid: 'one', alg: 'RS256', use: 'sig' }],
    });
    keys = await listen((_, response) => {
      response.writeHead(answer.status, { 'content-type': 'application/json' }).end(answer.body);
    });
  });
  afterAll(() => keys.close());

  beforeEach(async () => {
    service = await serve(DummyModule, jwksConfig(keys.url));
  });
  afterEach(() => service.close());

  it('a token signed with its key is taken', async () => {
    await asking(service, await signed(usual, 'RS256', privateKey, 'one')).expect(200);
  });

  it.each<[string, () => Promise<string> | string]>([
    [
      'of an unknown key',
      async () => signed(usual, 'RS256', (await generateKeyPair('RS256')).privateKey, 'two'),
    ],
    [
      'of a key that only claims the name',
      async () => signed(usual, 'RS256', (await generateKeyPair('RS256')).privateKey, 'one'),
    ],
    [
      'signed HS256 with the public key as the secret',
      async () =>
        signed(usual, 'HS256', createSecretKey(Buffer.from(await exportSPKI(publicKey))), 'one'),
    ],
    [
      'signed HS256 with the modulus as the secret',
      async () =>
        signed(
          usual,
          'HS256',
          createSecretKey(Buffer.from((await exportJWK(publicKey)).n ?? '', 'base64url')),
          'one',
        ),
    ],
    ['signed with the local key', () => sign(usual)],
    [
      'signed with another algorithm of the same key',
      () => signed(usual, 'PS256', privateKey, 'one'),
    ],
    ['not signed', () => new UnsecuredJWT(usual).encode()],
  ])('a token %s is 401', async (_, token) => {
    await asking(service, await token()).expect(401);
  });

  it.each<[string, (url: URL, jwk: JWK) => object]>([
    ['jku', (url) => ({ jku: url.href })],
    ['x5u', (url) => ({ x5u: url.href })],
    ['jwk', (_, jwk) => ({ jwk })],
    ['x5c', (_, jwk) => ({ x5c: [Buffer.from(JSON.stringify(jwk)).toString('base64')] })],
    ['kid as an address', (url) => ({ kid: url.href })],
    ['kid as a file', () => ({ kid: '../../../../dev/null' })],
    ['kid as a query', () => ({ kid: "one' UNION SELECT 'secret" })],
    ['kid as a prototype', () => ({ kid: '__proto__' })],
    ['kid as no text', () => ({ kid: ['one'] })],
    ['crit', () => ({ crit: ['b64'], b64: false })],
  ])('a token that brings its own key (%s) is 401, and nothing is fetched', async (_, header) => {
    const own = await generateKeyPair('RS256');
    const jwk = await exportJWK(own.publicKey);
    let fetched = 0;
    const theirs = await listen((_request, response) => {
      fetched += 1;
      response.end(JSON.stringify({ keys: [{ ...jwk, kid: 'one', alg: 'RS256' }] }));
    });
    const claims = Buffer.from(JSON.stringify(usual)).toString('base64url');
    const protectedHeader = { alg: 'RS256', kid: 'one', ...header(theirs.url, jwk) };
    const head = Buffer.from(JSON.stringify(protectedHeader)).toString('base64url');
    const signature = createSign('RSA-SHA256').update(`${head}.${claims}`);
    const token = `${head}.${claims}.${signature.sign(own.privateKey as KeyObject, 'base64url')}`;
    const answer = await asking(service, token);
    expect([answer.status, fetched]).toEqual([401, 0]);
    await theirs.close();
  });

  it('an unknown key makes nobody ask the provider again and again', async () => {
    let fetched = 0;
    const counted = await listen((_request, response) => {
      fetched += 1;
      response.end(answer.body);
    });
    const other = await serve(DummyModule, jwksConfig(counted.url));
    const foreign = (await generateKeyPair('RS256')).privateKey;
    for (let number = 0; number < 20; number += 1) {
      await asking(other, await signed(usual, 'RS256', foreign, `kid-${number}`)).expect(401);
    }
    expect(fetched).toBeLessThanOrEqual(2);
    await other.close();
    await counted.close();
  });

  it.each([
    ['nobody answers', 500, ''],
    ['something else answers', 200, 'not keys'],
    ['no key set answers', 200, '{"keys": 7}'],
  ])('while %s, tokens are 503: nobody can tell', async (_, status, body) => {
    const broken = await listen((_request, response) => {
      response.writeHead(status).end(body);
    });
    const other = await serve(DummyModule, jwksConfig(broken.url));
    const response = await asking(other, await signed(usual, 'RS256', privateKey, 'one'));
    expect([response.status, (response.body as { code: string }).code]).toEqual([
      503,
      'keys-unavailable',
    ]);
    expect(response.headers['retry-after']).toBe('5');
    await other.close();
    await broken.close();
  });

  it('while nothing listens, tokens are 503, and public routes answer', async () => {
    const gone = await listen(() => undefined);
    await gone.close();
    const other = await serve(DummyModule, jwksConfig(gone.url));
    await asking(other, await signed(usual, 'RS256', privateKey, 'one')).expect(503);
    await other.http.get('/v1/public').expect(200);
    await other.close();
  });
});

describe('simulated time', () => {
  it('makes no token older', async () => {
    const service = await serve(DummyModule);
    const response = await asking(service, await sign(usual)).expect(200);
    const { arrivedAt } = response.body as { arrivedAt: string };
    expect(arrivedAt.slice(0, 16)).toBe(simulatedStart.slice(0, 16));
    await service.close();
  });
});

/** The same token with another subject. */
function tampered(token: string): string {
  const [header, , signature] = token.split('.');
  const claims = Buffer.from(JSON.stringify({ ...usual, sub: 'p-2' })).toString('base64url');
  return [header, claims, signature].join('.');
}
