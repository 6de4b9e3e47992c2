import type { RequestContext } from '../../src/application/request';
import { StoreUnavailable } from '../../src/engine/event-store';
import { bearer, serve, testConfig, type TestService } from '../support/http';
import { collection, DummyModule, readModels, simulatedStart } from './dummy.module';

let service: TestService;
let authorization: string;

beforeAll(async () => {
  service = await serve(DummyModule);
  authorization = await bearer('p-1', ['applicant']);
});
afterAll(() => service.close());

describe('the context of a request', () => {
  const send = (headers: Record<string, string>, { path = '/v1/context/1', body = {} } = {}) =>
    service.http
      .post(path)
      .set({ Authorization: authorization, ...headers })
      .send(body);
  const context = async (...args: Parameters<typeof send>) =>
    (await send(...args).expect(200)).body as RequestContext;
  const code = (response: { readonly body: unknown }) => (response.body as { code: string }).code;

  it('says who asks, from where and when', async () => {
    const { arrivedAt, address, ...rest } = await context({});
    expect(rest).toEqual({
      caller: { subject: 'p-1', roles: ['applicant'], organisation: null },
      identity: null,
      ifRevision: null,
    });
    expect(arrivedAt >= simulatedStart).toBe(true);
    expect(address).toMatch(/127\.0\.0\.1$/);
  });

  it('believes X-Forwarded-For from trusted proxies only', async () => {
    const forwarded = { 'X-Forwarded-For': '203.0.113.9' };
    expect((await context(forwarded)).address).toMatch(/127\.0\.0\.1$/);
    const behindProxy = await serve(DummyModule, testConfig({ trustProxy: ['loopback'] }));
    const response = await behindProxy.http
      .get('/v1/context/1')
      .set({ Authorization: authorization, ...forwarded });
    expect((response.body as RequestContext).address).toBe('203.0.113.9');
    await behindProxy.close();
  });

  describe('Idempotency-Key', () => {
    const identity = async (key: string, options?: Parameters<typeof send>[1]) =>
      (await context({ 'Idempotency-Key': key }, options)).identity;

    it('gives the same request the same identity, whatever the order of its fields', async () => {
      const first = await identity('k', { body: { a: 1, b: [2] } });
      expect(first?.id).toMatch(/^[0-9a-f]{64}$/);
      expect(await identity('k', { body: { b: [2], a: 1 } })).toEqual(first);
    });

    it('tells another body by the digest, under the same id', async () => {
      const first = await identity('k', { body: { a: 1 } });
      const other = await identity('k', { body: { a: 2 } });
      expect(other?.id).toBe(first?.id);
      expect(other?.digest).not.toBe(first?.digest);
    });

    it('is a person’s own, and a resource’s', async () => {
      const first = await identity('k');
      const another = { Authorization: await bearer('p-2', ['applicant']) };
      expect((await context({ ...another, 'Idempotency-Key': 'k' })).identity?.id).not.toBe(
        first?.id,
      );
      expect((await identity('k', { path: '/v1/context/2' }))?.id).not.toBe(first?.id);
      expect((await identity('l'))?.id).not.toBe(first?.id);
      expect((await identity('k', { path: '/v1/context/1?x=1' }))?.id).toBe(first?.id);
    });

    it.each(['x'.repeat(201), 'with space', '', 'umläut'])('%j is 400', async (key) => {
      const response = await send({ 'Idempotency-Key': key }).expect(400);
      expect(code(response)).toBe('idempotency-key-invalid');
    });

    it('may have 200 characters', async () => {
      expect(await identity('~'.repeat(200))).not.toBeNull();
    });
  });

  describe('If-Match', () => {
    it.each([
      ['"12"', 12],
      ['"0"', 0],
      ['*', null],
    ])('%s is revision %j', async (header, revision) => {
      expect((await context({ 'If-Match': header })).ifRevision).toBe(revision);
    });

    it.each(['W/"12"', '"-1"', '"012"', '"abc"', '""', '"1e3"'])(
      '%s is a tag no dossier ever has, nor one that was never opened',
      async (header) => {
        const { ifRevision } = await context({ 'If-Match': header });
        expect(ifRevision).toBeLessThan(-1);
      },
    );

    it.each(['12', '"1", "2"', '"1', 'abc', '"a"b"'])('%s is 400', async (header) => {
      const response = await send({ 'If-Match': header }).expect(400);
      expect(code(response)).toBe('if-match-malformed');
    });
  });
});

describe('Read-After', () => {
  const read = (position?: string) => {
    const asked = service.http.get('/v1/notes').set('Authorization', authorization);
    return position === undefined ? asked : asked.set('Read-After', position);
  };

  beforeAll(async () => {
    const checkpoint = await readModels.open(collection);
    await readModels.commit(collection, checkpoint, [], '0000000000000005');
  });
  afterEach(() => jest.restoreAllMocks());

  it('answers at once where the read model has come that far, or nothing is asked', async () => {
    await read().expect(200);
    await read('0000000000000005').expect(200);
    await read('0000000000000004').expect(200);
  });

  it('answers 503 projection-behind where it does not come in time', async () => {
    const response = await read('0000000000000006').expect(503);
    expect(response.headers['retry-after']).toBe('1');
    expect(response.body).toMatchObject({ code: 'projection-behind' });
  });

  it('waits for a read model that comes in time', async () => {
    const slow = await serve(DummyModule, testConfig({ readAfterTimeout: 20_000 }));
    const asked = slow.http
      .get('/v1/notes')
      .set({ Authorization: authorization, 'Read-After': '0000000000000007' })
      .then((response) => response.status);
    const checkpoint = await readModels.open(collection);
    await readModels.commit(collection, checkpoint, [], '0000000000000007');
    expect(await asked).toBe(200);
    await slow.close();
  });

  it.each(['', 'a b', 'x'.repeat(65), "1'; --", '1, 2'])('%j is 400', async (position) => {
    const response = await read(position).expect(400);
    expect(response.body).toMatchObject({ code: 'read-after-malformed' });
  });

  it('answers 503 where the read models cannot be asked', async () => {
    const lost = new StoreUnavailable('read models', new Error('gone'));
    jest.spyOn(readModels, 'checkpoint').mockRejectedValue(lost);
    const response = await read('0000000000000001').expect(503);
    expect(response.headers['retry-after']).toBe('2');
    expect(response.body).toMatchObject({ code: 'store-unavailable' });
  });
});
