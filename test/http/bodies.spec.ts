import { gzipSync } from 'node:zlib';

import { bearer, serve, type TestService } from '../support/http';
import { DummyModule } from './dummy.module';

let service: TestService;
let authorization: string;

beforeAll(async () => {
  service = await serve(DummyModule);
  authorization = await bearer('p-1', ['applicant']);
});
afterAll(() => service.close());

const note = { title: 'abc', weight: 3, kind: 'a', done: false };

function post(path: string, body: string | object, type = 'application/json') {
  return service.http
    .post(path)
    .set('Authorization', authorization)
    .set('Accept-Language', 'en')
    .set('Content-Type', type)
    .send(body);
}

const nested = (depth: number): string => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;

describe('a JSON body', () => {
  it('is taken as it is', async () => {
    await post('/v1/notes', note).expect(200, note);
    await post('/v1/notes', note, 'application/json; charset=utf-8').expect(200, note);
  });

  it.each([
    ['broken', '{"title":'],
    ['two values', '{} {}'],
    ['prototype poisoning', '{"__proto__": {"admin": true}}'],
    ['nested prototype poisoning', '{"parts": [{"__proto__": null}]}'],
    ['a constructor', '{"constructor": {"prototype": {}}}'],
    ['a prototype', '{"title": "t", "prototype": null}'],
    ['a method of objects', '{"hasOwnProperty": 1}'],
    ['half a character', '{"title": "\\ud800"}'],
    ['half a character in a name', '{"\\udc00": 1}'],
    ['deep nesting', nested(33)],
    ['bottomless nesting', nested(150_000)],
    ['an array', '[]'],
    ['a bare text', '"abc"'],
    ['null', 'null'],
  ])('with %s is 400 malformed-body', async (_, body) => {
    const response = await post('/v1/notes', body).expect(400);
    expect(response.body).toMatchObject({ code: 'malformed-body', title: 'Bad Request' });
  });

  it.each([
    ['broken UTF-8', Buffer.from([0x22, 0xff, 0x22]), 'malformed-body'],
    ['nothing in it', Buffer.alloc(0), 'malformed-request'],
  ])('with %s is 400', async (_, payload, code) => {
    const headers = {
      authorization,
      'content-type': 'application/json',
      'content-length': String(payload.length),
    };
    const response = await service.app.inject({
      method: 'POST',
      url: '/v1/notes',
      headers,
      payload,
    });
    expect([response.statusCode, response.json<{ code: string }>().code]).toEqual([400, code]);
  });

  it('may be nested as deep as the limit', async () => {
    const response = await service.http
      .put('/v1/sections/any')
      .set('Authorization', authorization)
      .set('Content-Type', 'application/json')
      .send(nested(32));
    expect(response.status).toBe(200);
  });

  it.each(['gzip', 'deflate', 'br'])('packed with %s is not unpacked', async (encoding) => {
    const packed = gzipSync(
      Buffer.from(JSON.stringify({ ...note, title: ' '.repeat(50_000_000) })),
    );
    expect(packed.length).toBeLessThan(100_000);
    const response = await service.app.inject({
      method: 'POST',
      url: '/v1/notes',
      headers: { authorization, 'content-type': 'application/json', 'content-encoding': encoding },
      payload: packed,
    });
    expect(response.statusCode).toBe(400);
    expect(response.json<{ code: string }>().code).toBe('malformed-body');
  });

  it('beyond a mebibyte is 413 too-large', async () => {
    const response = await post('/v1/notes', { title: 'x'.repeat(1024 * 1024) }).expect(413);
    expect(response.body).toMatchObject({ code: 'too-large' });
  });

  it.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'application/xml',
    'application/jsonx',
    'nonsense',
  ])('as %s is 415 unsupported-media-type', async (type) => {
    const response = await post('/v1/notes', JSON.stringify(note), type).expect(415);
    expect(response.body).toMatchObject({ code: 'unsupported-media-type' });
  });
});

describe('fields', () => {
  const findings = async (body: object, language = 'en') => {
    const response = await post('/v1/notes', body).set('Accept-Language', language).expect(400);
    expect(response.body).toMatchObject({ code: 'malformed-request' });
    expect(response.body).not.toHaveProperty('rule');
    const { findings } = response.body as {
      findings: { code: string; pointer: string; message: string }[];
    };
    return findings.map(({ code, pointer, message }) => `${code} ${pointer} ${message}`).sort();
  };

  it('at fault are all found, each by its pointer', async () => {
    const body = {
      title: 'abcdef',
      weight: 10,
      kind: '王芳',
      done: 'true',
      mark: 'y',
      'a/b~c': '王芳',
      parts: [{ name: 'ok' }, { name: 'toolong', more: 1 }, 'text'],
    };
    expect(await findings(body)).toEqual(
      [
        'invalid-field /title Must have 2 to 5 characters.',
        'invalid-field /weight Must be 9 or less.',
        'invalid-field /kind Must be one of: a, b.',
        'invalid-field /done Must be true or false.',
        'invalid-field /mark Is not of the form asked for.',
        'unknown-field /a~1b~0c There is no such field.',
        'invalid-field /parts Must have at most 2 items.',
        'invalid-field /parts/1/name Must have at most 5 characters.',
        'unknown-field /parts/1/more There is no such field.',
        'invalid-field /parts/2 Must be an object, or an array of objects.',
      ].sort(),
    );
  });

  it('that are missing are said to be missing, once each', async () => {
    expect(await findings({})).toEqual(
      ['title', 'weight', 'kind', 'done']
        .map((name) => `missing-field /${name} Is missing.`)
        .sort(),
    );
  });

  it('of another kind are said to be that, once each', async () => {
    expect(await findings({ ...note, title: 7, weight: '3', parts: [] })).toEqual(
      [
        'invalid-field /title Must be text.',
        'invalid-field /weight Must be a whole number.',
        'invalid-field /parts Must have at least 1 items.',
      ].sort(),
    );
  });

  it('are explained in Chinese by default', async () => {
    expect(await findings({ ...note, weight: 0, kind: 'c', title: '', extra: 1 }, 'zh')).toEqual(
      [
        'invalid-field /weight 不得小于 1。',
        'invalid-field /kind 须为以下之一：a, b。',
        'invalid-field /title 须为 2 至 5 个字符。',
        'unknown-field /extra 没有这个字段。',
      ].sort(),
    );
  });

  it('are named up to a hundred', async () => {
    const unknown = Array.from({ length: 5000 }, (_, index) => [`x${index}`, 1] as const);
    expect(await findings({ ...note, ...Object.fromEntries(unknown) })).toHaveLength(100);
  });

  it.each([
    ['limit=50', 200],
    ['limit=201', 400],
    ['limit=abc', 400],
    ['limit=1&limit=2', 400],
    ['limit=', 200],
    ['unknown=1', 400],
    ['__proto__=1', 400],
    ['constructor=1', 400],
    ['hasOwnProperty=1', 400],
    ['limit[a]=1', 400],
    ['%FF=%FF', 400],
  ])('of a query are checked too: %s is %i', async (query, status) => {
    const response = await service.http
      .get(`/v1/notes?${query}`)
      .set('Authorization', authorization);
    expect(response.status).toBe(status);
  });
});

describe('a form', () => {
  const form = () => service.http.post('/v1/files').set('Authorization', authorization);
  const code = (response: { readonly body: unknown }) => (response.body as { code: string }).code;

  it('is read part by part', async () => {
    const content = Buffer.alloc(64 * 1024);
    await form()
      .field('dossier', 'd-1')
      .attach('file', content, 'scan.pdf')
      .expect(200, {
        dossier: 0,
        file: 64 * 1024,
      });
  });

  it('with a file beyond the limit is 413 too-large', async () => {
    const response = await form().attach('file', Buffer.alloc(2 * 1024 * 1024), 'scan.pdf');
    expect([response.status, code(response)]).toEqual([413, 'too-large']);
  });

  it('with a second file is 400 malformed-form', async () => {
    const one = Buffer.from('one');
    const response = await form().attach('file', one, 'a.pdf').attach('other', one, 'b.pdf');
    expect([response.status, code(response)]).toEqual([400, 'malformed-form']);
  });

  const head = '--b\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n';
  it.each([
    ['no boundary', 'multipart/form-data', ''],
    ['no end', 'multipart/form-data; boundary=b', `${head}\r\nabc`],
    ['no parts', 'multipart/form-data; boundary=b', 'abc'],
    [
      'a prototype for a name',
      'multipart/form-data; boundary=b',
      '--b\r\nContent-Disposition: form-data; name="__proto__"\r\n\r\n1\r\n--b--\r\n',
    ],
  ])('with %s is 400', async (_, type, body) => {
    const response = await form().set('Content-Type', type).send(body);
    expect(response.status).toBe(400);
  });

  it('is 415 where JSON is due, and JSON where a form is', async () => {
    const authorized = { Authorization: authorization };
    const sent = await service.http
      .post('/v1/notes')
      .set(authorized)
      .attach('file', Buffer.from('abc'), 'a.pdf');
    expect([sent.status, code(sent)]).toEqual([415, 'unsupported-media-type']);
    const json = await form().send({});
    expect([json.status, code(json)]).toEqual([415, 'unsupported-media-type']);
  });
});
