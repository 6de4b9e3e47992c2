import type { Response } from 'supertest';

import { errors, type Fault } from '../support/stand-ins/eventstoredb/faults';
import { Servers } from '../support/servers';
import {
  body,
  refusal,
  startService,
  until,
  type Person,
  type ServiceInProcess,
} from '../support/service';
import { choiceOf, DossierFile, summary } from './dossier-file';
import { applicant } from './people';

/** Longer than the service waits for EventStoreDB, twice. */
const patience = 60_000;

describe('EventStoreDB (a stand-in) does what it is asked and its answer is lost', () => {
  let servers: Servers;
  let service: ServiceInProcess;
  let people = 0;

  beforeAll(async () => {
    servers = await Servers.start();
    service = await startService({ eventStore: servers.settings.eventStore });
  });
  afterAll(async () => {
    await service.stop();
    await servers.stop();
  });

  const server = () => servers.eventStore;
  const newApplicant = (): Person => applicant(`unheard-${(people += 1)}`);
  const open = (person: Person, key = 'open') =>
    service.as(person).post('/v1/dossiers', choiceOf(person)).set('Idempotency-Key', key);
  const openedBy = async ({ subject }: Person): Promise<number> =>
    (await service.events()).filter(
      ({ type, metadata }) => type === 'DossierOpened' && metadata.person === subject,
    ).length;

  /** The next append meets the fault, and afterwards nobody can find out what became of it. */
  const unknown = async (person: Person, fault: Fault): Promise<Response> => {
    const before = server().calls.append;
    server().fail('append', fault);
    const answer = open(person).then((response) => response);
    await until(() => Promise.resolve(server().calls.append > before));
    server().fail('read-stream', errors.notReady, 1_000);
    server().fail('append', errors.notReady, 1_000);
    const response = await answer;
    server().heal();
    return response;
  };

  it.each<Fault>(['cut-after', 'hang-after'])(
    'and finds out that it was done (%s)',
    async (fault) => {
      const person = newApplicant();
      server().fail('append', fault);
      const answer = await body<{ position: string; revision: number }>(open(person), 201);
      expect(await openedBy(person)).toBe(1);
      const [opened] = (await service.events()).filter(
        ({ metadata }) => metadata.person === person.subject,
      );
      expect(answer).toMatchObject({ revision: 0, position: opened?.position });
    },
    patience,
  );

  it('and finds out that it was not, and does it', async () => {
    const person = newApplicant();
    server().fail('append', 'cut');
    await body(open(person), 201);
    expect(await openedBy(person)).toBe(1);
  });

  it('and, where nobody can find out, says when to come back; again it is the first answer', async () => {
    const person = newApplicant();
    const answer = await unknown(person, 'hang-after');
    expect(await refusal(Promise.resolve(answer))).toEqual([503, 'store-unavailable']);
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
    expect(await openedBy(person)).toBe(1);
    const [first, second] = [await open(person), await open(person)];
    expect([first.status, first.body]).toEqual([201, second.body]);
    expect(await openedBy(person)).toBe(1);
  });

  it('or does it only when the command has long been repeated: it counts once', async () => {
    const person = newApplicant();
    expect((await unknown(person, 'late')).status).toBe(503);
    expect(await openedBy(person)).toBe(0);
    const repeated = await open(person);
    expect(repeated.status).toBe(201);
    server().catchUp();
    expect(await openedBy(person)).toBe(1);
    expect((await open(person)).body).toEqual(repeated.body);
  });

  it('or does it before the command is repeated: it counts once', async () => {
    const person = newApplicant();
    expect((await unknown(person, 'late')).status).toBe(503);
    server().catchUp();
    expect(await openedBy(person)).toBe(1);
    expect((await open(person)).status).toBe(201);
    expect(await openedBy(person)).toBe(1);
  });

  it('time and again under a crowd: each command is in the log once', async () => {
    const files = await Promise.all(
      Array.from({ length: 6 }, () => DossierFile.open(service, newApplicant())),
    );
    const before = (await service.events()).length;
    const saves = files.flatMap((file) =>
      ['第一稿', '第二稿', '第三稿'].map((text, index) => ({ file, text, key: `save-${index}` })),
    );
    server().fail('append', 'cut-after', 4);
    server().fail('append', 'cut', 4);
    await Promise.all(
      saves.map(async ({ file, text, key }) => {
        const path = `${file.path}/sections/workSummary`;
        const send = () =>
          service.as(file.applicant).put(path, summary(text)).set('Idempotency-Key', key);
        await until(async () => (await send()).status === 200);
      }),
    );
    const added = (await service.events()).slice(before);
    const commands = added.flatMap(({ metadata }) => metadata.command?.id ?? []);
    expect(commands).toHaveLength(saves.length);
    expect(new Set(commands).size).toBe(saves.length);
  });
});
