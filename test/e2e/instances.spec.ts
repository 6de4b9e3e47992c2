import type { RecordedEvent } from '../../src/engine/event-store';
import { policy2022 } from '../../src/rounds/policy-2022';
import { asKey } from '../../src/secrets';
import { Listener } from '../notifications/running';
import { listen } from '../support/http';
import { Servers } from '../support/servers';
import {
  body,
  claimsOf,
  moveClockTo,
  startService,
  tokenOf,
  until,
  type Person,
  type ServiceInProcess,
} from '../support/service';
import { choiceOf, DossierFile, reasonAbout, summary } from './dossier-file';
import { administrator, applicant, unitReviewer } from './people';

interface Instance {
  readonly service: ServiceInProcess;
  /** Its own way to the servers all share: cut, the instance is as good as dead. */
  readonly servers: Servers;
}

const secret = asKey('wq5uRzjB1xKpTn8Yd3Hf6Vm0Lc9Se2GaQoIiZbXk');
const filingCloses = '2022-08-31T20:00:01.000+08:00';

describe('Three instances on the same servers (stand-ins)', () => {
  let first: Servers;
  let instances: Instance[];
  let receiver: Awaited<ReturnType<typeof listen>>;
  /** Ids of the notifications that were posted, in the order they came. */
  const posted: string[] = [];
  let people = 0;

  const one = (index: number): ServiceInProcess => (instances[index % 3] as Instance).service;
  const newApplicant = (): Person => applicant(`person-${(people += 1)}`);
  const events = (): Promise<readonly RecordedEvent[]> => one(0).events();
  const ofType = async (type: string): Promise<readonly RecordedEvent[]> =>
    (await events()).filter((event) => event.type === type);
  const isAtWork = async ({ service }: Instance): Promise<boolean> => {
    const { text } = await service.as(null).get('/health/ready');
    return text.includes('"backgroundWork":"here"');
  };
  const atWork = async (): Promise<Instance[]> => {
    const working = await Promise.all(instances.map(isAtWork));
    return instances.filter((_, index) => working[index]);
  };

  beforeAll(async () => {
    receiver = await listen((request, response) => {
      posted.push(String(request.headers['x-notification-id']));
      request.resume().on('end', () => response.writeHead(204).end());
    });
    first = await Servers.start();
    const webhook = { url: receiver.url, secret };
    // All at once, as an orchestrator starts them.
    instances = await Promise.all(
      [0, 1, 2].map(async () => {
        const servers = await Servers.start(first);
        const service = await startService({ ...servers.settings, webhook });
        return { service, servers };
      }),
    );
  });
  afterAll(async () => {
    for (const { service } of instances) await service.stop();
    for (const { servers } of instances) await servers.stop();
    await first.stop();
    await receiver.close();
  });

  it('one of them does the work', async () => {
    await until(async () => (await atWork()).length === 1);
  });

  it('the sample data is there once', async () => {
    const described = (await ofType('OrganisationDescribed')).map(({ data }) => data);
    expect(described.length).toBeGreaterThan(10);
    expect(new Set(described.map((data) => JSON.stringify(data))).size).toBe(described.length);
    expect(await ofType('RoundPublished')).toHaveLength(1);
  });

  it('a command repeated on another instance gets the first answer and adds nothing', async () => {
    const person = newApplicant();
    const send = (index: number) =>
      one(index).as(person).post('/v1/dossiers', choiceOf(person)).set('Idempotency-Key', 'moved');
    const answer = await send(0);
    expect(answer.status).toBe(201);
    const before = await events();
    for (const index of [1, 2]) {
      const again = await send(index);
      expect([again.status, again.body]).toEqual([201, answer.body]);
      expect(again.headers.etag).toBe(answer.headers.etag);
    }
    expect(await ofType('DossierOpened')).toEqual(
      before.filter(({ type }) => type === 'DossierOpened'),
    );
  });

  it('thirty at once, ten on each, are one', async () => {
    const person = newApplicant();
    const answers = await Promise.all(
      Array.from({ length: 30 }, (_, index) =>
        one(index)
          .as(person)
          .post('/v1/dossiers', choiceOf(person))
          .set('Idempotency-Key', 'at-once'),
      ),
    );
    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
    const opened = (await ofType('DossierOpened')).filter(
      ({ metadata }) => metadata.person === person.subject,
    );
    expect(opened).toHaveLength(1);
  });

  it('a revision one instance has answered with holds on another, until a third has moved on', async () => {
    const file = await DossierFile.open(one(0), newApplicant());
    const save = (index: number, text: string, revision: number) =>
      one(index)
        .as(file.applicant)
        .put(`${file.path}/sections/workSummary`, summary(text))
        .set('If-Match', `"${revision}"`);
    const { revision } = await file.summarise('底稿');
    const saved = await save(1, '第二台', revision);
    expect(saved.status).toBe(200);
    expect((await save(2, '第三台', revision)).status).toBe(412);
    const latest = (saved.body as { revision: number }).revision;
    expect((await save(2, '第三台', latest)).status).toBe(200);
  });

  it('what one has answered, every other shows after it', async () => {
    for (let round = 0; round < 3; round += 1) {
      const file = await DossierFile.filed(one(round), newApplicant());
      for (const index of [0, 1, 2]) {
        const asked = one(index).as(unitReviewer).get('/v1/queue?limit=200');
        const { text } = await asked.set('Read-After', file.position);
        expect(text).toContain(file.id);
        const view = await body(one(index).as(file.applicant).get(file.path), 200);
        expect(view).toMatchObject({ status: 'under-review' });
      }
    }
  });

  it('a corrected policy counts for the very next command on another', async () => {
    const policy = { ...policy2022, title: '更正后的2022年度' };
    const correct = one(0)
      .as(administrator)
      .post('/v1/rounds/2022/policy', { policy, reason: '更正' });
    await body(correct, 201);
    const file = await DossierFile.open(one(1), newApplicant());
    const [opened] = (await ofType('DossierOpened')).filter(({ stream }) =>
      stream.endsWith(file.id),
    );
    expect(opened?.metadata.policyVersion).toBe(2);
  });

  it('who listens on one hears what happens through another, and goes on listening on a third', async () => {
    const file = await DossierFile.filed(one(0), newApplicant());
    const on = (index: number) => ({
      url: one(index).url,
      bearer: (person: Person) => `Bearer ${tokenOf(claimsOf(person))}`,
    });
    const { listener } = await Listener.to(on(1), file.applicant);
    await file.giveBack(unitReviewer, reasonAbout('workSummary'));
    await until(() => Promise.resolve(listener.heard.some(({ data }) => data.type === 'returned')));
    await listener.hangUp();
    const last = listener.heard.at(-1)?.id ?? '';
    await file.summarise('第二稿');
    await file.submit();
    const { listener: next } = await Listener.to(on(2), file.applicant, { 'last-event-id': last });
    await until(() => Promise.resolve(next.heard.some(({ data }) => data.type === 'submitted')));
    expect(next.heard.map(({ id }) => id)).not.toContain(last);
    await next.hangUp();
  });

  /** Waits until all that was to be told is delivered; then each must have gone out once. */
  const everythingDelivered = async (): Promise<void> => {
    await until(async () => {
      const log = await events();
      const count = (type: string) => log.filter((event) => event.type === type).length;
      return (
        count('DeliveryRequested') > 0 && count('DeliveryRequested') === count('DeliverySucceeded')
      );
    });
  };

  it('each notification is posted once', async () => {
    await Promise.all(
      Array.from({ length: 6 }, (_, index) => DossierFile.filed(one(index), newApplicant())),
    );
    await everythingDelivered();
    const requested = (await ofType('DeliveryRequested')).length;
    expect(requested).toBeGreaterThanOrEqual(6);
    expect(posted).toHaveLength(requested);
    expect(new Set(posted).size).toBe(requested);
    expect(await ofType('ChannelOpened')).toHaveLength(1);
  });

  it('a killed one is replaced within seconds, and nothing is posted twice', async () => {
    const [killed] = (await atWork()) as [Instance];
    const survivors = instances.filter((instance) => instance !== killed);
    await killed.servers.stop();
    const from = performance.now();
    const { service } = survivors[0] as Instance;
    const file = await DossierFile.filed(service, newApplicant());
    await until(async () => (await Promise.all(survivors.map(isAtWork))).includes(true));
    const asked = service.as(unitReviewer).get('/v1/queue?limit=200');
    await body(asked.set('Read-After', file.position), 200);
    expect(performance.now() - from).toBeLessThan(10_000);

    // It comes back to servers on which others have gone on.
    await killed.servers.eventStore.start();
    await killed.servers.mongodb.start();
    await until(async () => (await killed.service.as(null).get('/health/ready')).status === 200);
    await everythingDelivered();
    expect((await atWork()).length).toBe(1);
    expect(new Set(posted).size).toBe(posted.length);
    expect(posted).toHaveLength((await ofType('DeliveryRequested')).length);
  });

  it('a window closes each dossier once, and reminds of nothing twice', async () => {
    const drafts = await Promise.all(
      [0, 1, 2].map((index) => DossierFile.open(one(index), newApplicant())),
    );
    for (const { service } of instances) await moveClockTo(service, filingCloses);
    await until(async () => {
      const closed = new Set((await ofType('DossierClosed')).map(({ stream }) => stream));
      return drafts.every(({ id }) => closed.has(`dossier-${id}`));
    });
    await everythingDelivered();
    const closed = (await ofType('DossierClosed')).map(({ stream }) => stream);
    expect(new Set(closed).size).toBe(closed.length);
    const reminders = (await ofType('ReminderDue')).map(({ stream, data }) =>
      JSON.stringify([stream, data]),
    );
    expect(new Set(reminders).size).toBe(reminders.length);
    expect(new Set(posted).size).toBe(posted.length);
  });

  it('has every command in the log once', async () => {
    const ids = (await events()).flatMap(({ metadata }) => metadata.command?.id ?? []);
    const perCommand = new Set(ids);
    expect(perCommand.size).toBeGreaterThan(0);
    expect(ids).toHaveLength(perCommand.size);
  });
});
