import { refusal, startService, type ServiceInProcess } from '../support/service';
import { choiceOf, DossierFile, reasonAbout } from './dossier-file';
import { alice, auditor, bob, bureauSupervisor, unitReviewer } from './people';
import type { Test } from 'supertest';

type Case = readonly [name: string, send: () => Test, status: number, code: string];

describe('A bad request is refused and leaves nothing behind:', () => {
  let service: ServiceInProcess;
  let file: DossierFile;
  let waiting: DossierFile;
  beforeAll(async () => {
    service = await startService();
    file = await DossierFile.open(service, alice);
    waiting = await DossierFile.filed(service, bob);
  });
  afterAll(() => service.stop());

  const json = 'application/json';
  const save = (sent: unknown, section = 'workSummary') =>
    service.as(alice).put(`${file.path}/sections/${section}`, sent);
  const submit = () => service.as(alice).post(`${file.path}/submissions`, { confirmed: true });
  const raw = (bytes: Buffer, type = json) =>
    service.as(alice).postBytes(`${file.path}/submissions`, type, bytes);
  const rawText = (text: string) => raw(Buffer.from(text));
  const read = (path: string) => service.as(alice).get(path);
  const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);

  const bodies: Case[] = [
    ['an unknown field', () => save({ text: '好', colour: 1 }), 400, 'malformed-request'],
    ['a wrong type', () => save({ text: 5 }), 400, 'malformed-request'],
    ['a list for a section', () => save([]), 400, 'malformed-request'],
    ['a text for a section', () => save('总结'), 400, 'malformed-request'],
    ['null for a section', () => save(null), 400, 'malformed-request'],
    ['__proto__', () => rawText('{"confirmed":true,"__proto__":{}}'), 400, 'malformed-body'],
    ['constructor', () => rawText('{"constructor":{"prototype":1}}'), 400, 'malformed-body'],
    ['prototype', () => rawText('{"confirmed":true,"prototype":null}'), 400, 'malformed-body'],
    ['broken UTF-8', () => raw(Buffer.from([0x7b, 0xff, 0xfe, 0x7d])), 400, 'malformed-body'],
    ['UTF-16', () => raw(Buffer.from('{"confirmed":true}', 'utf16le')), 400, 'malformed-body'],
    ['half a character', () => rawText('{"confirmed":"\\ud800"}'), 400, 'malformed-body'],
    ['half an object', () => rawText('{"confirmed":true'), 400, 'malformed-body'],
    ['two objects', () => rawText('{}{}'), 400, 'malformed-body'],
    ['a bare word', () => rawText('true'), 400, 'malformed-body'],
    ['deep nesting', () => rawText(`{"confirmed":${nested(40)}}`), 400, 'malformed-body'],
    ['endless nesting', () => rawText(nested(400_000)), 400, 'malformed-body'],
    ['50 MB', () => raw(Buffer.alloc(50 * 1024 * 1024, ' ')), 413, 'too-large'],
    ['XML', () => raw(Buffer.from('<a/>'), 'application/xml'), 415, 'unsupported-media-type'],
    ['text', () => raw(Buffer.from('{}'), 'text/plain'), 415, 'unsupported-media-type'],
    [
      'a web form',
      () => raw(Buffer.from('confirmed=true'), 'application/x-www-form-urlencoded'),
      415,
      'unsupported-media-type',
    ],
    [
      'a form where JSON is due',
      () => service.as(alice).post(`${file.path}/submissions`).field('confirmed', 'true'),
      415,
      'unsupported-media-type',
    ],
    [
      'JSON where a form is due',
      () => service.as(alice).post('/v1/evidence', { dossier: file.id }),
      415,
      'unsupported-media-type',
    ],
  ];

  const paths: Case[] = [
    ['an unknown section', () => save({}, 'hobbies'), 404, 'unknown-section'],
    ['a section named __proto__', () => save({}, '__proto__'), 404, 'unknown-section'],
    [
      'a section named toString',
      () => read(`${file.path}/sections/toString`),
      404,
      'unknown-section',
    ],
    ['a round named constructor', () => read('/v1/rounds/constructor'), 404, 'not-found'],
    ['a unit named __proto__', () => read('/v1/organisations/__proto__'), 404, 'not-found'],
    ['a way out', () => read('/v1/evidence/..%2F..%2Fkeys%2Fjwt'), 404, 'not-found'],
    ['a longer way out', () => read(`/v1/evidence/${'..%2f'.repeat(30)}etc`), 404, 'not-found'],
    ['a way up', () => read('/v1/dossiers/%2e%2e/rounds'), 404, 'not-found'],
    ['a NUL', () => read('/v1/dossiers/%00'), 404, 'not-found'],
    ['a NUL in another name', () => read('/v1/organisations/a%00b'), 404, 'not-found'],
    ['a NUL in a query', () => read('/v1/queue?organisation=%00'), 400, 'malformed-request'],
    ['bad escapes', () => read('/v1/dossiers/%ff%zz'), 400, 'malformed-request'],
    ['an endless id', () => read(`/v1/dossiers/${'a'.repeat(9000)}`), 404, 'not-found'],
    ['an id in capitals', () => read(file.path.toUpperCase()), 404, 'not-found'],
    ['submission 0', () => read(`${file.path}/submissions/0`), 404, 'not-found'],
    ['submission -1', () => read(`${file.path}/submissions/-1`), 404, 'not-found'],
    ['submission 1e3', () => read(`${file.path}/submissions/1e3`), 404, 'not-found'],
    ['submission 99999', () => read(`${file.path}/submissions/99999`), 404, 'not-found'],
    [
      'a reason that is no number',
      () =>
        service
          .as(alice)
          .put(`${file.path}/returns/latest/reasons/one/explanation`, { explanation: '好' }),
      404,
      'not-found',
    ],
    [
      'another round',
      () => service.as(alice).post('/v1/dossiers', choiceOf(alice, '../2022')),
      404,
      'not-found',
    ],
  ];

  const list = (query: string) => read(`/v1/dossiers?${query}`);
  const cursor = (value: unknown) =>
    list(`cursor=${Buffer.from(JSON.stringify(value)).toString('base64url')}`);
  const queries: Case[] = [
    ...['0', '201', '-1', 'ten', '1.5', '', '1e999', '0x10&limit=2'].map((limit): Case => [
      `limit ${limit}`,
      () => list(`limit=${limit}`),
      400,
      'malformed-request',
    ]),
    ['a cursor made up', () => list('cursor=abc'), 400, 'cursor-malformed'],
    ['a cursor of objects', () => cursor([{}, 'a']), 400, 'cursor-malformed'],
    ['a cursor of one', () => cursor(['a']), 400, 'cursor-malformed'],
    ['a cursor with a NUL', () => cursor(['\0', 'a']), 400, 'cursor-malformed'],
    ['a cursor whose id has a NUL', () => cursor(['a', '\0']), 400, 'cursor-malformed'],
    ['a cursor of half a character', () => cursor(['\ud800', 'a']), 400, 'cursor-malformed'],
    ['two cursors', () => list('cursor=a&cursor=b'), 400, 'malformed-request'],
    ['an unknown parameter', () => list('sort=name'), 400, 'malformed-request'],
    ['an unknown status', () => list('status=lost'), 400, 'malformed-request'],
    ['asOf a word', () => read(`${file.path}?asOf=yesterday`), 400, 'as-of-malformed'],
    ['asOf without offset', () => read(`${file.path}?asOf=2022-08-26`), 400, 'as-of-malformed'],
    ['asOf no such day', () => read(`${file.path}?asOf=2022-13-45T00:00Z`), 400, 'as-of-malformed'],
    ['asOf below 0', () => read(`${file.path}?asOf=-1`), 400, 'as-of-malformed'],
    ['asOf twice', () => read(`${file.path}?asOf=1&asOf=2`), 400, 'malformed-request'],
    [
      'a time without offset',
      () => service.as(auditor).get('/v1/audit/events?from=2022-08-26T00:00:00'),
      400,
      'instant-malformed',
    ],
    [
      'a hash that is none',
      () => service.as(auditor).get('/v1/audit/events?evidence=abc'),
      400,
      'malformed-request',
    ],
    [
      'a level that is none',
      () => read('/v1/rounds/2022/form?level=professor'),
      400,
      'malformed-request',
    ],
  ];

  const headers: Case[] = [
    ...['abc', '"1", "2"', '1'].map((value): Case => [
      `If-Match ${value}`,
      () => submit().set('If-Match', value),
      400,
      'if-match-malformed',
    ]),
    // Tags, but none that this service ever gave.
    ...['"a"', 'W/"1"', '"-1"', '""', '"99999999999999999"'].map((value): Case => [
      `If-Match ${value}`,
      () => submit().set('If-Match', value),
      412,
      'stale-revision',
    ]),
    ...['', 'two words', 'k'.repeat(201), 'schl\u00fcssel'].map((value): Case => [
      `Idempotency-Key ${value.slice(0, 20)}`,
      () => submit().set('Idempotency-Key', value),
      400,
      'idempotency-key-invalid',
    ]),
    ...['', 'soon!', '1 2', '9'.repeat(65)].map((value): Case => [
      `Read-After ${value.slice(0, 20)}`,
      () => list('limit=1').set('Read-After', value),
      400,
      'read-after-malformed',
    ]),
  ];

  describe.each([
    ['body', bodies],
    ['path', paths],
    ['query', queries],
    ['header', headers],
  ])('in its %s,', (_, cases) => {
    it.each(cases)('%s', async (_name, send, status, code) => {
      const events = (await service.acts()).length;
      expect(await refusal(send())).toEqual([status, code]);
      expect((await service.acts()).length).toBe(events);
    });
  });

  it('every field at fault is named at once, and no value repeated', async () => {
    const sent = { round: 7, level: '秘密', subSpecialty: [], organisation: '', extra: '秘密' };
    const answer = await service.as(alice).post('/v1/dossiers', sent);
    expect(answer.status).toBe(400);
    const { findings } = answer.body as { findings: { pointer: string; code: string }[] };
    expect(findings.map(({ pointer, code }) => `${pointer} ${code}`).sort()).toEqual([
      '/extra unknown-field',
      '/level invalid-field',
      '/organisation invalid-field',
      '/round invalid-field',
      '/specialty missing-field',
      '/subSpecialty invalid-field',
    ]);
    expect(answer.text).not.toContain('秘密');
  });

  it('a return with many faults names each by its place', async () => {
    const sent = { reasons: [reasonAbout('workSummary'), { code: 5 }, 'reason'] };
    const answer = await service.as(unitReviewer).post(`${waiting.path}/returns`, sent);
    expect(answer.status).toBe(400);
    const { findings } = answer.body as { findings: { pointer: string }[] };
    const pointers = findings.map(({ pointer }) => pointer);
    expect(pointers).toEqual(expect.arrayContaining(['/reasons/1/code', '/reasons/1/correction']));
    expect(pointers.some((pointer) => pointer.startsWith('/reasons/0'))).toBe(false);
  });

  it('a refusal of a rule names rule and clause', async () => {
    const answer = await service.as(bureauSupervisor).post(`${waiting.path}/endorsement`, {});
    expect(answer.body).toMatchObject({
      status: 422,
      code: 'not-at-this-stage',
      rule: 'R-1',
      clause: '三(四)',
      findings: [{ code: 'not-at-this-stage', rule: 'R-1', severity: 'block', pointer: '' }],
    });
  });
});
