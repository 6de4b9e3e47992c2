import type { Response } from 'supertest';

import { body, startService, type Person, type ServiceInProcess } from '../support/service';
import { callerKinds, expectedAccess, type CallerKind } from './access-table';
import { DossierFile, pdf, reasonAbout } from './dossier-file';
import { operationsOf } from './operations';
import {
  administrator,
  alice,
  auditor,
  bob,
  bureauSupervisor,
  elsewhere,
  neighbour,
  neighbourReviewer,
  officer,
  unit,
  unitReviewer,
} from './people';
import { bodyOf, pathOf } from './routes';

const callers: Readonly<Record<CallerKind, Person | null>> = {
  nobody: null,
  applicant: alice,
  another: bob,
  'no role': { ...bob, subject: 'without-a-role', roles: [] },
  unit: unitReviewer,
  'unit elsewhere': neighbourReviewer,
  supervisor: bureauSupervisor,
  'supervisor elsewhere': { ...bureauSupervisor, organisation: 'kashgar-water-bureau' },
  office: officer,
  'office elsewhere': { ...officer, organisation: elsewhere },
  auditor,
  'auditor elsewhere': { ...auditor, organisation: neighbour },
  administrator,
  'administrator elsewhere': { ...administrator, organisation: unit },
};

/** Object-level authorisation (BOLA): one dossier under review, every operation, everybody who may call. */
describe('Who gets what of one dossier:', () => {
  let service: ServiceInProcess;
  let file: DossierFile;
  let places: Readonly<Record<string, Readonly<Record<string, string>>>>;
  let queries: Readonly<Record<string, string>>;
  /** Words by which an answer tells of the dossier. */
  let traces: readonly string[];

  beforeAll(async () => {
    service = await startService();
    file = await DossierFile.filledIn(service, alice);
    const { evidence, decision, falsificationCase } = await lived(service, file);
    const [, sha256 = ''] = evidence.split('.');
    places = {
      evidence: { id: evidence },
      cases: { id: falsificationCase },
      organisations: { id: 'some-unit' },
      others: { id: file.id, n: '1', account: 'alice', sha256, revision: decision },
    };
    queries = {
      'GET /v1/audit/events': `?dossier=${file.id}`,
      'GET /v1/audit/proofs/inclusion': `?position=${file.position}`,
      'GET /v1/audit/proofs/consistency': '?from=1&to=1',
      'GET /v1/reports/{report}': `?round=2022&organisation=${unit}`,
    };
    traces = [file.id, falsificationCase, sha256];
  });
  afterAll(() => service.stop());

  it('every operation of the OpenAPI document has a line in the table, and no other has', async () => {
    expect(Object.keys(expectedAccess).sort()).toEqual((await operationsOf(service)).sort());
  });

  it.each(Object.keys(expectedAccess))('%s', async (operation) => {
    const found: Partial<Record<CallerKind, string>> = {};
    for (const kind of callerKinds) found[kind] = outcome(await call(operation, callers[kind]));
    expect(found).toEqual(expectedAccess[operation]);
  });

  const call = (operation: string, by: Person | null): Promise<Response> => {
    const client = service.as(by);
    const path = pathOf(operation, placesOf(operation)) + (queries[operation] ?? '');
    if (operation === 'POST /v1/evidence') {
      return Promise.resolve(client.upload(file.id, pdf('再一份扫描件')));
    }
    if (operation.startsWith('GET')) return Promise.resolve(client.get(path));
    const sent = bodyOf(operation, file.id);
    const test = operation.startsWith('PUT') ? client.put(path, sent) : client.post(path, sent);
    // Whoever may change the dossier is told that it is not as they think; nothing is changed.
    return Promise.resolve(operation.includes('/{id}') ? test.set('If-Match', '"999999"') : test);
  };

  const placesOf = (operation: string): Readonly<Record<string, string>> => {
    const [, kind = ''] = /^\w+ \/v1\/(?:falsification-)?(\w+)\/\{id\}/.exec(operation) ?? [];
    return { ...places.others, ...places[kind] };
  };

  /** The status, and `+` where the answer tells of the dossier. */
  const outcome = ({ status, text, headers }: Response): string => {
    // A proof to be had once the next checkpoint is signed.
    const isPending = status === 409 && text.includes('not-yet-signed');
    // The text of a file there is none of.
    const said = `${(text as string | undefined) ?? ''}${String(headers['content-disposition'])}`;
    const tells = traces.some((trace) => said.includes(trace));
    return `${isPending ? 200 : status}${tells ? '+' : ''}`;
  };
});

/** Returned once, filed again, published, with a case against it. */
async function lived(service: ServiceInProcess, file: DossierFile) {
  const scan = await file.attach(pdf('扫描件'));
  await file.submit();
  await file.giveBack(unitReviewer, reasonAbout('workSummary'));
  const { revision } = await file.seenBy(alice);
  await file.explain(1, '已补充');
  await file.submit();
  await file.publish();
  const grounds = { dossier: file.id, grounds: '任务书与存档不一致' };
  const open = service.as(auditor).post('/v1/falsification-cases', grounds);
  const { id: falsificationCase } = await body<{ readonly id: string }>(open, 201);
  return { evidence: scan.id, decision: String(revision), falsificationCase };
}
