import fc from 'fast-check';

import type { Json } from '../../src/engine/event-store';
import {
  body,
  problemIn,
  startService,
  type Person,
  type ServiceInProcess,
} from '../support/service';
import { DossierFile, pdf, reasonAbout } from './dossier-file';
import {
  administrator,
  alice,
  applicant,
  auditor,
  bureauSupervisor,
  officer,
  secondAuditor,
  unitReviewer,
} from './people';
import { bodyOf, pathOf, routes } from './routes';

type Fields = Readonly<Record<string, Json>>;

/** An operation by somebody who may, on a dossier where it is their turn: a proper body would be taken. */
interface Target {
  readonly operation: string;
  readonly by: Person;
  readonly id: string;
}

describe('Whatever is sent,', () => {
  let service: ServiceInProcess;
  let targets: readonly Target[];
  let reads: readonly Target[];

  beforeAll(async () => {
    // Early enough that a dossier is accepted before the filing window closes.
    service = await startService({ simulatedNow: '2022-08-08T09:00:00.000+08:00' });
    const draft = await DossierFile.open(service, applicant('fuzz-draft'));
    const atUnit = await DossierFile.filed(service, applicant('fuzz-unit'));
    const atBureau = await DossierFile.filed(service, applicant('fuzz-bureau'));
    await atBureau.recommend();
    const returned = await DossierFile.filed(service, applicant('fuzz-returned'));
    await returned.giveBack(unitReviewer, reasonAbout('workSummary'));
    await returned.summarise('修改');
    const { id: evidence } = await draft.attach(pdf('扫描件'));
    await atUnit.publish();
    await atUnit.post(unitReviewer, 'publicity/objections', { text: '项目角色与实际不符' });
    const accepted = await DossierFile.filed(service, applicant('fuzz-accepted'));
    await accepted.pass();
    await accepted.accept();
    const defenceAt = '2022-10-12T10:30:00+08:00';
    await accepted.post(officer, 'defence', { defenceAt, meeting: '腾讯会议' });
    const grounds = { dossier: accepted.id, grounds: '任务书与存档不一致' };
    const open = service.as(auditor).post('/v1/falsification-cases', grounds);
    const { id: falsificationCase } = await body<{ readonly id: string }>(open, 201);
    targets = [
      target('POST /v1/dossiers', applicant('somebody')),
      target('PUT /v1/organisations/{id}', administrator, 'new-station'),
      target('PUT /v1/dossiers/{id}/sections/{section}', draft.applicant, draft.id),
      target('POST /v1/dossiers/{id}/submissions', returned.applicant, returned.id),
      target('POST /v1/dossiers/{id}/withdrawal', returned.applicant, returned.id),
      target(
        'PUT /v1/dossiers/{id}/returns/latest/reasons/{reason}/explanation',
        returned.applicant,
        returned.id,
      ),
      target('POST /v1/dossiers/{id}/publicity', unitReviewer, atUnit.id),
      target('POST /v1/dossiers/{id}/recommendation', unitReviewer, atUnit.id),
      target('POST /v1/dossiers/{id}/returns', unitReviewer, atUnit.id),
      target('POST /v1/dossiers/{id}/endorsement', bureauSupervisor, atBureau.id),
      target('POST /v1/dossiers/{id}/acceptance', officer, atBureau.id),
      target('POST /v1/dossiers/{id}/publicity/objections', unitReviewer, atUnit.id),
      target('POST /v1/dossiers/{id}/publicity/objections/{n}/outcome', unitReviewer, atUnit.id),
      target('POST /v1/dossiers/{id}/fee', unitReviewer, accepted.id),
      target('POST /v1/dossiers/{id}/printed-forms', unitReviewer, accepted.id),
      target('POST /v1/dossiers/{id}/defence', officer, accepted.id),
      target('POST /v1/dossiers/{id}/defence/outcome', officer, accepted.id),
      target('PUT /v1/evidence/{id}/masking', draft.applicant, evidence),
      target('POST /v1/falsification-cases', auditor, accepted.id),
      target('POST /v1/falsification-cases/{id}/hearings', auditor, falsificationCase),
      target('POST /v1/persons/{account}/erasure', administrator),
      target('POST /v1/falsification-cases/{id}/decision', secondAuditor, falsificationCase),
      target('POST /v1/rounds', administrator),
      target('POST /v1/rounds/{round}/policy', administrator),
    ];
    reads = Object.keys(routes)
      .filter((operation) => operation.startsWith('GET /v1/'))
      .map((operation) => target(operation, readerOf(operation), idFor(operation)));

    function idFor(operation: string): string {
      if (operation.includes('/falsification-cases/')) return falsificationCase;
      return operation.includes('/evidence/') ? evidence : atUnit.id;
    }
  });
  afterAll(() => service.stop());

  const target = (operation: string, by: Person, id = ''): Target => ({ operation, by, id });
  const readerOf = (operation: string): Person => {
    if (/audit|falsification/.test(operation)) return auditor;
    if (operation.includes('/queue')) return officer;
    return operation.endsWith('/precheck') ? alice : unitReviewer;
  };

  const send = ({ operation, by, id }: Target, sent: Json) => {
    const path = pathOf(operation, { id });
    const client = service.as(by);
    return operation.startsWith('PUT') ? client.put(path, sent) : client.post(path, sent);
  };

  const commands = Object.keys(routes).filter(
    (operation) => routes[operation]?.sent !== undefined && !operation.includes('/simulation/'),
  );

  it.each(commands)('a malformed body for %s is 400 and stores nothing', async (operation) => {
    const chosen = targets.find((one) => one.operation === operation);
    if (chosen === undefined) throw new Error('nobody to try it');
    const proper = bodyOf(operation, chosen.id) as Fields;
    const bodies = malformed(proper);
    const events = (await service.acts()).length;
    await fc.assert(
      fc.asyncProperty(bodies, async (sent) => {
        const answer = await send(chosen, sent);
        expect(answer.status).toBe(400);
        problemIn(answer);
      }),
      { numRuns: 30, examples: [...withNulls(operation), [{ ...proper, prototype: null }]] },
    );
    expect((await service.acts()).length).toBe(events);
  });

  it('no address, no query and no header makes the service fail', async () => {
    const odd = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 40 }),
      fc.constantFrom(
        '..',
        '.',
        '/',
        '%',
        '__proto__',
        'null',
        '0',
        '-1',
        '9'.repeat(30),
        '\0',
        ' ',
      ),
      fc.constantFrom("' or 1=1 --", '$ne', '{"a":1}', '2022-08-26T09:00:00+08:00'),
    );
    const header = fc.oneof(
      fc.string({ maxLength: 30 }),
      fc.constantFrom('"0"', '"999"', '*', 'W/"1"', '0'.repeat(16)),
    );
    const places = fc.record(
      { id: odd, section: odd, n: odd, round: odd, organisation: odd },
      { requiredKeys: [] },
    );
    const parameter = fc.constantFrom(
      'limit',
      'cursor',
      'asOf',
      'from',
      'to',
      'stage',
      'level',
      'x',
    );
    const headers = fc.record(
      {
        'If-Match': header,
        'Read-After': fc.constantFrom('', '!', ' '),
        'Accept-Language': header,
      },
      { requiredKeys: [] },
    );
    const events = (await service.acts()).length;
    const attempts = fc.tuple(fc.nat(), places, fc.dictionary(parameter, odd), headers);
    await fc.assert(
      fc.asyncProperty(attempts, async ([index, filled, query, sent]) => {
        const { operation, by, id } = reads[index % reads.length] ?? target('', alice);
        const escaped = Object.entries({ id, ...filled }).map(([name, value]) => [
          name,
          encodeURIComponent(wellFormed(value)),
        ]);
        const path = pathOf(operation, Object.fromEntries(escaped) as Record<string, string>);
        const search = Object.entries(query)
          .map(([name, value]) => `${name}=${encodeURIComponent(wellFormed(value))}`)
          .join('&');
        const glue = path.includes('?') ? '&' : '?';
        const answer = await service.as(by).get(`${path}${glue}${search}`).set(sent);
        expect([path, search, answer.status < 500]).toEqual([path, search, true]);
        if (answer.status >= 400) problemIn(answer);
      }),
      { numRuns: 300 },
    );
    expect((await service.acts()).length).toBe(events);
  });
});

/** Half of a surrogate pair cannot be written in an address. */
function wellFormed(text: string): string {
  return Buffer.from(text).toString();
}

/** The proper body with null for each of its fields in turn. */
function withNulls(operation: string): [Json][] {
  const proper = (routes[operation]?.sent ?? {}) as Fields;
  return Object.keys(proper)
    .filter((key) => !nullable.includes(key))
    .map((key) => [{ ...proper, [key]: null }]);
}

/** Fields in which null says something. */
const nullable = ['prefecture', 'supervisedBy', 'minutes'];

/** What is certainly not of the form of a proper body. */
function malformed(proper: Fields): fc.Arbitrary<Json> {
  const notAnObject = fc.oneof(fc.array(fc.jsonValue()), fc.string(), fc.double(), fc.boolean());
  const name = fc.string({ minLength: 1, maxLength: 20 });
  const unknownField = fc
    .tuple(name, fc.jsonValue({ maxDepth: 3 }))
    .filter(([key]) => !(key in proper) && !(key in Object.prototype))
    .map(([key, value]) => ({ ...proper, [key]: value as Json }));
  const fields = Object.entries(proper);
  const wrongField = fields.map(([key, value]) =>
    otherThan(value)
      .filter((wrong) => wrong !== null || !nullable.includes(key))
      .map((wrong) => ({ ...proper, [key]: wrong })),
  );
  return fc.oneof(notAnObject as fc.Arbitrary<Json>, unknownField, ...wrongField);
}

/** A value of another type, or a text longer than any field takes. */
function otherThan(value: Json): fc.Arbitrary<Json> {
  const others: Record<string, fc.Arbitrary<Json>> = {
    string: fc.constantFrom('长'.repeat(20_000)),
    number: fc.double({ noNaN: true, noDefaultInfinity: true }),
    boolean: fc.boolean(),
    list: fc.array(fc.string(), { minLength: 1 }),
    object: fc.constant({ some: 'thing' }),
    null: fc.constant(null),
  };
  const own = Array.isArray(value) ? 'list' : typeof value;
  const text = own === 'string' ? [others.string] : [fc.string()];
  const rest = Object.keys(others).filter((type) => type !== own && type !== 'string');
  // A list of other things than it should hold is as wrong as no list.
  const list = own === 'list' ? [others.list] : [];
  const all = [...rest.map((type) => others[type]), ...text, ...list];
  return fc.oneof(...all.flatMap((one) => one ?? []));
}
