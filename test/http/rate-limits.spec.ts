import type { RateLimitsConfig } from '../../src/config';
import { bearer, serve, testConfig, type TestService } from '../support/http';
import { DummyModule } from './dummy.module';

const unlimited: RateLimitsConfig = { person: 0, address: 0, failedTokens: 0 };

let service: TestService;
const serving = async (limits: Partial<RateLimitsConfig>, trustProxy: readonly string[] = []) => {
  const rateLimits = { ...unlimited, ...limits };
  service = await serve(DummyModule, testConfig({ rateLimits, trustProxy }));
};
afterEach(() => service.close());

const asking = (authorization: string, from = '') =>
  service.http
    .get('/v1/context/1')
    .set({ Authorization: authorization, ...(from === '' ? {} : { 'X-Forwarded-For': from }) });

async function statuses(count: number, ask: () => ReturnType<typeof asking>): Promise<number[]> {
  const found: number[] = [];
  for (let number = 0; number < count; number += 1) found.push((await ask()).status);
  return found;
}

describe('a limit for a person', () => {
  it('is theirs alone, and told in the answer', async () => {
    await serving({ person: 3 });
    const one = await bearer('p-1', ['applicant']);
    expect(await statuses(4, () => asking(one))).toEqual([200, 200, 200, 429]);
    const refused = await asking(one).set('Accept-Language', 'en');
    expect(refused.headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(refused.body).toMatchObject({ status: 429, code: 'too-many-requests' });
    const seconds = Number(refused.headers['retry-after']);
    expect(seconds).toBeGreaterThan(0);
    expect(seconds).toBeLessThanOrEqual(20);
    expect((refused.body as { detail: string }).detail).toContain(`in ${seconds} s`);
    expect(refused.headers['ratelimit-policy']).toBe('"person";q=3;w=60');
    expect(refused.headers.ratelimit).toBe(`"person";r=0;t=${seconds}`);
    expect(refused.headers['x-content-type-options']).toBe('nosniff');

    const another = await bearer('p-2', ['applicant']);
    expect((await asking(another)).status).toBe(200);
  });

  it('counts a person whatever token and address they come with', async () => {
    await serving({ person: 2 }, ['loopback']);
    const tokens = [await bearer('p-1', []), await bearer('p-1', ['auditor'], { jti: 'other' })];
    expect((await asking(tokens[0] ?? '', '203.0.113.1')).status).toBe(200);
    expect((await asking(tokens[1] ?? '', '203.0.113.2')).status).toBe(200);
    expect((await asking(tokens[0] ?? '', '203.0.113.3')).status).toBe(429);
  });

  it('of 0 is none', async () => {
    await serving({});
    const one = await bearer('p-1', ['applicant']);
    const found = await statuses(50, () => asking(one));
    expect(new Set(found)).toEqual(new Set([200]));
  });
});

describe('a limit for an address', () => {
  it('holds whoever asks, before a body is read', async () => {
    await serving({ address: 2 });
    const people = await Promise.all(['p-1', 'p-2', 'p-3'].map((who) => bearer(who, [])));
    expect((await asking(people[0] ?? '')).status).toBe(200);
    expect((await asking(people[1] ?? '')).status).toBe(200);
    const refused = await asking(people[2] ?? '');
    expect(refused.headers['ratelimit-policy']).toBe('"address";q=2;w=60');
    const huge = await service.http.post('/v1/notes').send({ title: 'x'.repeat(2_000_000) });
    expect(huge.status).toBe(429);
    expect((await service.http.get('/v1/nowhere')).status).toBe(429);
    expect((await service.http.get('/openapi.json')).status).toBe(429);
  });

  it('is of the address a trusted proxy names, and of no other’s word', async () => {
    await serving({ address: 1 }, ['loopback']);
    const one = await bearer('p-1', []);
    expect((await asking(one, '203.0.113.1')).status).toBe(200);
    expect((await asking(one, '203.0.113.1')).status).toBe(429);
    expect((await asking(one, '203.0.113.2')).status).toBe(200);
    // What the client itself put there stands to the left of what the proxy adds.
    expect((await asking(one, '198.51.100.9, 203.0.113.1')).status).toBe(429);
    await service.close();
    await serving({ address: 1 });
    expect((await asking(one, '203.0.113.1')).status).toBe(200);
    expect((await asking(one, '203.0.113.2')).status).toBe(429);
  });
});

describe('a limit for tokens that do not hold', () => {
  it('answers 429 in place of 401, and leaves good tokens of the address alone', async () => {
    await serving({ failedTokens: 2 });
    const good = await bearer('p-1', ['applicant']);
    expect(await statuses(3, () => asking('Bearer a.b.c'))).toEqual([401, 401, 429]);
    expect((await service.http.get('/v1/context/1')).status).toBe(429);
    expect((await asking(good)).status).toBe(200);
    expect((await asking('Bearer a.b.c')).headers['ratelimit-policy']).toContain('failed-tokens');
  });

  it('does not count who was signed in too long', async () => {
    await serving({ failedTokens: 1 });
    const expired = await bearer('p-1', [], { exp: Math.floor(Date.now() / 1000) - 60 });
    expect(await statuses(4, () => asking(expired))).toEqual([401, 401, 401, 401]);
  });
});
