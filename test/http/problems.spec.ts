import { bearer, serve, type TestService } from '../support/http';
import { DummyModule } from './dummy.module';

let service: TestService;
let authorization: string;

beforeAll(async () => {
  service = await serve(DummyModule);
  authorization = await bearer('p-1', ['applicant']);
});
afterAll(() => service.close());

const failing = (kind: string) =>
  service.http.get(`/v1/failures/${kind}`).set('Authorization', authorization);

interface Document {
  readonly code: string;
  readonly detail: string;
  readonly findings?: readonly { readonly code: string }[];
}
const documentOf = (response: { readonly body: unknown }): Document => response.body as Document;

describe('a problem', () => {
  it('names the rule and clause of the first finding that refuses, and lists all findings', async () => {
    const response = await failing('rule').expect(422);
    expect(response.headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(response.body).toMatchObject({
      type: '/problems/block-R-6',
      title: '不符合规定',
      status: 422,
      detail: '已达三次。',
      code: 'block-R-6',
      rule: 'R-6',
      clause: '三(四)',
      findings: [
        { code: 'warn-F-1', severity: 'warn' },
        { code: 'block-state', rule: null },
        { code: 'block-R-6', pointer: '/submissions', message: '已达三次。' },
      ],
    });
  });

  it('names no rule where only the present state refuses', async () => {
    const { body } = (await failing('state').expect(409)) as { body: unknown };
    expect(body).not.toHaveProperty('rule');
    expect(body).not.toHaveProperty('clause');
  });

  it.each([
    ['store', 503, 'store-unavailable', '2'],
    ['revision', 409, 'concurrent-change', undefined],
    ['nest', 400, 'malformed-request', undefined],
    ['limited', 429, 'too-many-requests', '7'],
  ])('answers %s with %i %s', async (kind, status, code, retryAfter) => {
    const response = await failing(kind).expect(status);
    expect(documentOf(response).code).toBe(code);
    expect(response.headers['retry-after']).toBe(retryAfter);
    expect(response.text).not.toContain('王芳');
  });

  it('hides what nobody foresaw behind a reference that the log has too', async () => {
    const response = await failing('unforeseen').expect(500);
    expect(documentOf(response).code).toBe('internal-error');
    expect(response.text).not.toMatch(/王芳|650102|TypeError|\.ts/);
    const logged = service.log.find(({ msg }) => msg === 'unforeseen error');
    expect(logged?.error).toMatchObject({ name: 'TypeError', cause: { name: 'Error' } });
    expect(documentOf(response).detail).toContain(logged?.id as string);
    expect(JSON.stringify(logged)).toContain('dummy.module');
    expect(JSON.stringify(logged)).not.toMatch(/王芳|650102/);
  });
});

describe('a request that reaches no route', () => {
  it.each([
    ['get', '/v1/nowhere/110101199001011234', 404, 'not-found'],
    ['delete', '/v1/notes', 404, 'not-found'],
    ['get', '/v1/context/%E0%A4%A', 400, 'malformed-request'],
    ['get', `/v1/context/${'x'.repeat(400)}`, 404, 'not-found'],
  ] as const)('%s %s is %i %s', async (method, path, status, code) => {
    const response = await service.http[method](path).set('Authorization', authorization);
    expect(response.status).toBe(status);
    expect(response.headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(response.headers['x-content-type-options']).toBe('nosniff');
    expect(documentOf(response).code).toBe(code);
    expect(response.text).not.toMatch(/110101|nowhere/);
  });
});

describe('the language', () => {
  it.each([
    [undefined, 'zh-CN'],
    ['en', 'en'],
    ['en-GB,en;q=0.9', 'en'],
    ['zh;q=0.5, en;q=0.8', 'en'],
    ['en;q=0.5, zh;q=0.8', 'zh-CN'],
    ['en;q=0', 'zh-CN'],
    ['fr, en;q=0.1', 'en'],
    ['fr', 'zh-CN'],
    ['fr, *;q=0.5, en;q=0.4', 'zh-CN'],
    ['en;q=bogus', 'zh-CN'],
  ])('of %s is %s', async (accept, expected) => {
    const asked = failing('state');
    const response = await (accept === undefined ? asked : asked.set('Accept-Language', accept));
    expect(response.headers['content-language']).toBe(expected);
    expect(response.headers.vary).toContain('Accept-Language');
    expect(documentOf(response).detail).toBe(
      expected === 'en' ? 'Three times already.' : '已达三次。',
    );
  });

  it('is at hand in a handler', async () => {
    const response = await service.http.get('/v1/public').set('Accept-Language', 'en');
    expect(response.body).toEqual({ language: 'en' });
  });
});

describe('every response', () => {
  it('is kept by no cache, sniffed as nothing else and framed nowhere', async () => {
    for (const response of [await service.http.get('/v1/public'), await failing('store')]) {
      expect(response.headers).toMatchObject({
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'content-security-policy': expect.stringContaining(
          "default-src 'none'; base-uri",
        ) as string,
      });
    }
  });
});

describe('the log', () => {
  it('has a line a request with the route, and nothing of the person', async () => {
    const before = service.log.length;
    await service.http
      .post('/v1/context/650102199001011234?name=王芳'.replace('王芳', encodeURIComponent('王芳')))
      .set('Authorization', authorization)
      .set('Idempotency-Key', 'key-of-wangfang')
      .send({ name: '王芳' })
      .expect(200);
    const lines = service.log.slice(before);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatchObject({ method: 'POST', route: '/v1/context/:id', status: 200 });
    expect(Object.keys(lines[0] ?? {}).sort()).toEqual(
      ['id', 'level', 'method', 'ms', 'msg', 'route', 'status', 'time'].sort(),
    );
    expect(JSON.stringify(lines)).not.toMatch(/650102|王芳|%E7|p-1|127\.0\.0\.1|wangfang|Bearer/);
  });

  it('has no address for a route that does not exist', async () => {
    const before = service.log.length;
    await service.http.get('/v1/nowhere/650102199001011234').expect(404);
    expect(service.log.slice(before)).toMatchObject([{ route: null, status: 404 }]);
    expect(JSON.stringify(service.log.slice(before))).not.toContain('650102');
  });
});
