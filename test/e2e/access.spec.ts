import type { Test } from 'supertest';

import { roles } from '../../src/application/access';
import type { Page } from '../../src/http/answers';
import {
  body,
  refusal,
  startService,
  type Person,
  type ServiceInProcess,
} from '../support/service';
import { choiceOf, DossierFile, pdf } from './dossier-file';
import { operationsOf } from './operations';
import {
  administrator,
  alice,
  applicant,
  auditor,
  bob,
  bureauSupervisor,
  elsewhere,
  neighbour,
  neighbourReviewer,
  officer,
  prefectureSupervisor,
  unit,
  unitReviewer,
} from './people';
import { bodyOf, pathOf, routes } from './routes';

const operations = Object.keys(routes);
const aboutOne = operations.filter((operation) => routes[operation]?.about !== undefined);
const nobodysDossier = `2022-${'0'.repeat(32)}`;

/** A dossier, a scan of it and a case about it. */
interface Target {
  readonly id: string;
  readonly evidence: string;
  readonly falsificationCase: string;
}

const nobodys: Target = {
  id: nobodysDossier,
  evidence: `${nobodysDossier}.${'0'.repeat(64)}`,
  falsificationCase: '0'.repeat(32),
};

const insiders = [
  unitReviewer,
  bureauSupervisor,
  prefectureSupervisor,
  officer,
  auditor,
  { ...auditor, organisation: unit },
];
/** People who may call the operation, and have nothing to do with Alice's dossier. */
const outsiders: readonly Person[] = [
  bob,
  applicant('alice-elsewhere', elsewhere),
  neighbourReviewer,
  { ...unitReviewer, organisation: elsewhere },
  { ...bureauSupervisor, organisation: 'kashgar-water-bureau' },
  { ...officer, organisation: elsewhere },
  { ...auditor, organisation: neighbour },
  { ...unitReviewer, organisation: null },
  administrator,
  { ...alice, roles: ['administrator'] },
  { ...unitReviewer, roles: ['administrator'] },
];

describe('Access', () => {
  let service: ServiceInProcess;
  let draft: Target;
  let filed: Target;

  beforeAll(async () => {
    service = await startService();
    const filledIn = async (person: Person) => {
      const file = await DossierFile.open(service, person);
      const { id: evidence } = await file.fillIn();
      return { file, id: file.id, evidence };
    };
    draft = { ...nobodys, ...(await filledIn(applicant('drafting'))) };
    const { file, ...target } = await filledIn(alice);
    await file.submit();
    await file.publish();
    const grounds = { dossier: file.id, grounds: '任务书与存档不一致' };
    const open = service.as(auditor).post('/v1/falsification-cases', grounds);
    const { id: falsificationCase } = await body<{ readonly id: string }>(open, 201);
    filed = { ...target, falsificationCase };
  });
  afterAll(() => service.stop());

  const call = (operation: string, by: Person | null, target: Target): Test => {
    const client = service.as(by);
    const path = pathOf(operation, { id: idIn(operation, target) });
    if (operation === 'POST /v1/evidence') return client.upload(target.id, pdf('扫描件'));
    if (operation.startsWith('GET')) return client.get(path);
    const sent = bodyOf(operation, target.id);
    return operation.startsWith('PUT') ? client.put(path, sent) : client.post(path, sent);
  };

  const isOpenTo = (operation: string, person: Person | null): boolean => {
    const open = routes[operation]?.open ?? [];
    if (open === 'to everybody') return true;
    if (person === null || open === 'to every token') return person !== null;
    return person.roles.some((role) => open.includes(role));
  };

  it('every operation of the service is in the matrix, and none besides', async () => {
    expect((await operationsOf(service)).sort()).toEqual([...operations].sort());
  });

  it.each(operations.filter((operation) => !isOpenTo(operation, null)))(
    '%s asks for a token',
    async (operation) => {
      const answer = await call(operation, null, filed);
      expect(await refusal(Promise.resolve(answer))).toEqual([401, 'token-missing']);
      expect(answer.headers['www-authenticate']).toBe('Bearer');
    },
  );

  describe.each(roles)('the role %s', (role) => {
    const somebody: Person = { subject: 'somebody', roles: [role], organisation: unit };
    const may = operations.filter((operation) => isOpenTo(operation, somebody));

    it.each(operations.filter((operation) => !may.includes(operation)))(
      'may not %s',
      async (operation) => {
        expect(await refusal(call(operation, somebody, filed))).toEqual([403, 'role-missing']);
      },
    );

    it.each(may)('may %s', async (operation) => {
      const { status } = await call(operation, somebody, nobodys);
      expect([401, 403]).not.toContain(status);
      expect(status).toBeLessThan(500);
      if (aboutOne.includes(operation)) expect(status).toBe(404);
    });
  });

  describe.each(aboutOne)('%s', (operation) => {
    const strangers = outsiders.filter((person) => isOpenTo(operation, person));

    it('tells outsiders of a dossier what it tells of one that is not there', async () => {
      for (const person of strangers) {
        const unknown = await call(operation, person, nobodys);
        expect(await refusal(Promise.resolve(unknown))).toEqual([404, 'not-found']);
        for (const target of [filed, draft]) {
          expect(withoutReference(await call(operation, person, target))).toEqual(
            withoutReference(unknown),
          );
        }
      }
    });

    it('tells nobody of a draft but its applicant', async () => {
      for (const person of insiders.filter((insider) => isOpenTo(operation, insider))) {
        expect(withoutReference(await call(operation, person, draft))).toEqual(
          withoutReference(await call(operation, person, nobodys)),
        );
      }
    });

    if (operation.startsWith('GET') && !operation.endsWith('/precheck')) {
      it('answers everybody of the review chain once it is filed', async () => {
        const people = [alice, ...insiders].filter((person) => isOpenTo(operation, person));
        expect(people.length).toBeGreaterThan(1);
        for (const person of people) {
          expect([person, (await call(operation, person, filed)).status]).toEqual([person, 200]);
        }
      });
    }
  });

  it.each([
    ['publicity', 'POST /v1/dossiers/{id}/publicity'],
    ['objection', 'POST /v1/dossiers/{id}/publicity/objections'],
    ['recommendation', 'POST /v1/dossiers/{id}/recommendation'],
    ['returns', 'POST /v1/dossiers/{id}/returns'],
  ])('R-2: nobody reviews their own dossier: %s', async (name, operation) => {
    const both: Person = {
      subject: `reviewer-and-applicant-${name}`,
      roles: ['applicant', 'unit-reviewer'],
      organisation: unit,
    };
    const { id } = await DossierFile.filed(service, both);
    expect(await refusal(call(operation, both, { ...nobodys, id }))).toEqual([422, 'own-dossier']);
  });

  it('R-2: an applicant files through the own unit only', async () => {
    const choice = { ...choiceOf(applicant('astray')), organisation: neighbour };
    const open = service.as(applicant('astray')).post('/v1/dossiers', choice);
    expect(await refusal(open)).toEqual([422, 'not-your-organisation']);
  });

  it.each([administrator, bob, { ...unitReviewer, organisation: elsewhere }])(
    'lists nothing outside the jurisdiction of %j',
    async (person) => {
      const { items } = await body<Page<object>>(service.as(person).get('/v1/dossiers'), 200);
      expect(items).toEqual([]);
    },
  );

  it('keeps the audit trail, the cases and the queue within the jurisdiction', async () => {
    const foreignAuditor = { ...auditor, organisation: elsewhere };
    const trail = await service.as(foreignAuditor).get('/v1/audit/events?limit=200');
    expect(trail.text).not.toContain(filed.id);
    expect((await service.as(auditor).get('/v1/audit/events?limit=200')).text).toContain(filed.id);
    const cases = (person: Person) => service.as(person).get('/v1/falsification-cases');
    expect((await cases(foreignAuditor)).body).toMatchObject({ items: [] });
    expect((await cases(auditor)).body).toMatchObject({ items: [{ dossier: filed.id }] });
    const queue = await service.as(neighbourReviewer).get('/v1/queue');
    expect(queue.body).toMatchObject({ items: [] });
    const nowhere = service.as({ ...unitReviewer, organisation: null }).get('/v1/queue');
    expect(await refusal(nowhere)).toEqual([403, 'organisation-missing']);
  });
});

function idIn(operation: string, { id, evidence, falsificationCase }: Target): string {
  if (operation.includes('/organisations/')) return 'some-unit';
  if (operation.includes('/evidence/')) return evidence;
  return operation.includes('/falsification-cases/') ? falsificationCase : id;
}

/** All of an answer but what differs between any two. */
function withoutReference({ status, text, headers }: Awaited<Test>) {
  const { date: _date, 'x-request-id': _id, ...rest } = headers as Record<string, string>;
  return { status, text, headers: rest };
}
