import { createSecretKey } from 'node:crypto';

import { Client, claimsOf, refusal, startService, tokenOf } from '../support/service';
import type { ServiceInProcess } from '../support/service';
import { jwtKey } from '../support/http';
import { alice } from './people';

const claims = claimsOf(alice);
const good = tokenOf(claims);
const [head = '', payload = '', signature = ''] = good.split('.');
const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
const an_hour_ago = claims.iat - 3600;
const foreignKey = createSecretKey(Buffer.from('f'.repeat(32))).export();
const flipped = `${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`;

describe('A token', () => {
  let service: ServiceInProcess;
  beforeAll(async () => {
    service = await startService();
  });
  afterAll(() => service.stop());

  const ask = (token: string) => new Client(service.url, token).get('/v1/dossiers');

  it('that holds is taken', async () => {
    expect((await ask(good)).status).toBe(200);
  });

  it.each([
    ['without a signature, alg none', `${part({ alg: 'none', typ: 'JWT' })}.${payload}.`],
    ['alg none, with a signature', `${part({ alg: 'none' })}.${payload}.${signature}`],
    ['alg None', `${part({ alg: 'None' })}.${payload}.`],
    ['of another algorithm', tokenOf(claims, { alg: 'HS512' })],
    ['that claims a public-key algorithm', tokenOf(claims, { alg: 'RS256' })],
    ['signed with another key', tokenOf(claims, { key: foreignKey })],
    ['signed with an empty key', tokenOf(claims, { key: Buffer.alloc(0) })],
    ['with a changed payload', `${head}.${part({ ...claims, sub: 'mallory' })}.${signature}`],
    ['with a changed signature', `${head}.${payload}.${flipped}`],
    ['with its signature cut off', `${head}.${payload}.`],
    ['of two parts', `${head}.${payload}`],
    ['of four parts', `${good}.${signature}`],
    ['that is no token', 'letmein'],
    ['with a key of its own in the header', `${part({ alg: 'HS256', jwk: {} })}.${payload}.x`],
    ['for another audience', tokenOf({ ...claims, aud: 'somewhere-else' })],
    ['of another issuer', tokenOf({ ...claims, iss: 'somebody-else' })],
    ['without an expiry', tokenOf({ ...claims, exp: undefined })],
    ['not valid yet', tokenOf({ ...claims, nbf: claims.exp })],
    ['without a subject', tokenOf({ ...claims, sub: undefined })],
    ['with an empty subject', tokenOf({ ...claims, sub: '' })],
    ['with a subject that is no text', tokenOf({ ...claims, sub: { name: 'alice' } })],
    ['with an endless subject', tokenOf({ ...claims, sub: 'a'.repeat(201) })],
    ['with roles that are no list', tokenOf({ ...claims, roles: 'administrator' })],
    ['with an organisation that is no text', tokenOf({ ...claims, org: ['title-office'] })],
  ])('%s is refused, without a word on why', async (_, token) => {
    const answer = await ask(token);
    expect(await refusal(Promise.resolve(answer))).toEqual([401, 'token-invalid']);
    expect(answer.headers['www-authenticate']).toBe('Bearer error="invalid_token"');
  });

  it('that has expired says so', async () => {
    const expired = tokenOf({ ...claims, iat: an_hour_ago, exp: an_hour_ago + 60 });
    expect(await refusal(ask(expired))).toEqual([401, 'token-expired']);
  });

  it('with roles nobody has may what nobody may', async () => {
    const role = tokenOf({ ...claims, roles: ['root', '__proto__', 7, null] });
    const queue = new Client(service.url, role).get('/v1/queue');
    expect(await refusal(queue)).toEqual([403, 'role-missing']);
  });

  it.each([
    'Basic YWxpY2U6YWxpY2U=',
    'Bearer',
    'Bearer ',
    `bearer\t${good}`,
    good,
    `Token ${good}`,
  ])('in the header as %j is refused', async (authorization) => {
    const test = service.as(null).get('/v1/dossiers').set('Authorization', authorization);
    expect(await refusal(test)).toEqual([401, 'token-invalid']);
  });

  it('in the address is no token', async () => {
    expect(jwtKey.symmetricKeySize).toBeGreaterThan(31);
    const test = service.as(null).get(`/v1/dossiers?access_token=${good}`);
    expect(await refusal(test)).toEqual([401, 'token-missing']);
  });
});
