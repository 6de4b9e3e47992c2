import { describeBuilt, problemIn, spawnService, type Service } from '../support/service';

describeBuilt('Pages are served', () => {
  let service: Service;
  beforeAll(async () => {
    service = await spawnService();
  });
  afterAll(() => service.stop());

  const get = (path: string, headers: Readonly<Record<string, string>> = {}) =>
    service.as(null).get(path).set(headers);

  it.each(['/reports', '/audit', '/audit/2022-anything', '/reports?round=2022'])(
    '%s to anybody, saying nothing of anybody, with a policy that runs no script but its own',
    async (path) => {
      const { status, text, headers } = await get(path);
      expect([status, headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
      expect(headers['cache-control']).toBe('no-store');
      expect(headers['content-security-policy']).toContain("script-src 'self';");
      expect(headers['content-security-policy']).toContain("style-src 'self';");
      expect(headers['content-security-policy']).not.toContain('unsafe');
      expect(text).not.toMatch(/<script(?![^>]* src="\/pages\/)|https?:|2022/);
    },
  );

  it.each([
    ['/reports', 'en-US,en;q=0.9', 'en'],
    ['/reports', 'zh-CN,zh;q=0.9,en;q=0.8', 'zh-CN'],
    ['/reports', 'fr', 'zh-CN'],
    ['/reports?lang=en', 'zh-CN', 'en'],
    ['/audit/x?lang=zh', 'en', 'zh-CN'],
    ['/reports?lang=%3Cscript%3E', 'en', 'en'],
  ])('%s for %s in %s', async (path, accept, language) => {
    const { text, headers } = await get(path, { 'accept-language': accept });
    expect(headers['content-language']).toBe(language);
    expect(headers.vary).toContain('Accept-Language');
    expect(text).toContain(`<html lang="${language}">`);
    expect(text).not.toContain('<script>');
  });

  it('with their files, packed where the browser takes it, and sent again only when changed', async () => {
    const path = '/pages/echarts/echarts.js';
    const plain = await get(path, { 'accept-encoding': 'identity' });
    expect([plain.status, plain.headers['content-type']]).toEqual([
      200,
      'text/javascript; charset=utf-8',
    ]);
    expect(plain.headers['content-encoding']).toBeUndefined();
    const packed = await fetch(service.url + path, { headers: { 'accept-encoding': 'gzip' } });
    expect(packed.headers.get('content-encoding')).toBe('gzip');
    expect(Number(packed.headers.get('content-length'))).toBeLessThan(500_000);
    const none = await get(path, { 'accept-encoding': 'gzip;q=0' });
    expect(none.headers['content-encoding']).toBeUndefined();
    const etag = plain.headers.etag ?? '';
    expect(packed.headers.get('etag')).toBe(etag);
    expect((await get(path, { 'if-none-match': etag })).status).toBe(304);
    expect((await get(path, { 'if-none-match': '"other"' })).status).toBe(200);
  });

  it.each([
    '/pages/',
    '/pages/nothing.js',
    '/pages/echarts/LICENSE',
    '/pages/../main.js',
    '/pages/..%2fmain.js',
    '/pages/%2e%2e/main.js',
    '/pages/constructor',
    '/reports/x',
    '/audit/a/b',
  ])('but nothing else: %s', async (path) => {
    const response = await get(path);
    expect(problemIn(response)).toMatchObject({ status: 404, code: 'not-found' });
  });
});
