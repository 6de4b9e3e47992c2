import { SqliteEventStore } from '../../src/adapters/sqlite/event-store';
import { SqliteReadModels } from '../../src/adapters/sqlite/read-models';
import type { RecordedEvent } from '../../src/engine/event-store';
import type { Projection } from '../../src/engine/projection';
import type { ReadModels } from '../../src/engine/read-models';
import { rebuild } from '../../src/engine/rebuild';
import type { CommandAnswer } from '../../src/http/answers';
import { projections } from '../../src/projections';
import {
  body,
  describeBuilt,
  everyEvent,
  spawnService,
  until,
  type Person,
  type Service,
  type SpawnedService,
} from '../support/service';
import { choiceOf } from './dossier-file';
import { alice, applicant } from './people';

/** A command as a portal keeps it until it has been answered. */
interface Sent {
  readonly by: Person;
  readonly path: string;
  readonly sent: object;
  readonly key: string;
}

/** Enough that the kill comes while applicants still file. */
const enough = 150;

describeBuilt('A service killed under load', () => {
  let service: SpawnedService;
  const acknowledged = new Map<Sent, CommandAnswer>();
  /** Sent, and the connection broke before an answer came. */
  const unanswered: Sent[] = [];
  let log: readonly RecordedEvent[];

  const send = (to: Service, { by, path, sent, key }: Sent) =>
    body<CommandAnswer>(to.as(by).post(path, sent).set('Idempotency-Key', key), 201);

  /** Applicants file one after the other, every other one withdraws, until the connection breaks. */
  const portal = async (number: number): Promise<void> => {
    const attempt = async (command: Sent): Promise<CommandAnswer | undefined> => {
      try {
        const answer = await send(service, command);
        acknowledged.set(command, answer);
        return answer;
      } catch {
        unanswered.push(command);
        return undefined;
      }
    };
    for (let turn = 0; ; turn += 1) {
      const by = applicant(`applicant-${number}-${turn}`);
      const open = { by, path: '/v1/dossiers', sent: choiceOf(by), key: 'open' };
      const path = `/v1/dossiers/${(await attempt(open))?.dossier ?? ''}`;
      if (unanswered.includes(open)) return;
      const submit = { by, path: `${path}/submissions`, sent: { confirmed: true }, key: 'submit' };
      if ((await attempt(submit)) === undefined) return;
      if (turn % 2 === 0) continue;
      const withdraw = { by, path: `${path}/withdrawal`, sent: {}, key: 'withdraw' };
      if ((await attempt(withdraw)) === undefined) return;
    }
  };

  const isLevelWithTheLog = async (): Promise<boolean> => {
    const health = await body<{
      eventStore: { head: string };
      projections: { position: string }[];
    }>(service.as(null).get('/health/ready'), 200);
    const { eventStore, projections: statuses } = health;
    return statuses.every(({ position }) => position === eventStore.head);
  };

  beforeAll(async () => {
    service = await spawnService();
    const load = Promise.all(Array.from({ length: 8 }, (_, number) => portal(number)));
    await until(() => Promise.resolve(acknowledged.size >= enough));
    await service.kill();
    await load;

    service = await service.restart();
    for (const command of unanswered) acknowledged.set(command, await send(service, command));
    await until(isLevelWithTheLog);
    await service.kill();
    log = await withEventStore(everyEvent);
  });
  afterAll(() => service.stop());

  const withEventStore = async <T>(use: (store: SqliteEventStore) => Promise<T>): Promise<T> => {
    const store = SqliteEventStore.open(`${service.dataDir}/events.db`);
    try {
      return await use(store);
    } finally {
      await store.close();
    }
  };

  it('was killed while commands were on their way', () => {
    expect(unanswered.length).toBeGreaterThan(0);
  });

  it('has every acknowledged command in its log, where the answer said', () => {
    const placed = new Map(log.map((event) => [event.position, event]));
    for (const [{ by }, { dossier, revision, position }] of acknowledged) {
      expect(placed.get(position)).toMatchObject({
        stream: `dossier-${dossier}`,
        revision,
        metadata: { actor: { subject: by.subject } },
      });
    }
  });

  it('has each command once, also those tried again', () => {
    const commands = log.flatMap(({ metadata }) => metadata.command?.id ?? []);
    expect(commands).toHaveLength(acknowledged.size);
    expect(new Set(commands).size).toBe(acknowledged.size);
  });

  it('has no gap in its log', () => {
    expect(log.map(({ position }) => Number(position))).toEqual(log.map((_, index) => index + 1));
  });

  it.each(projections.map((projection) => [projection.name, projection] as const))(
    'shows in %s what a rebuild shows',
    async (_, projection) => {
      const readModels = SqliteReadModels.open(`${service.dataDir}/read-models.db`);
      const live = await documentsOf(projection, readModels);
      await withEventStore((store) => rebuild(projection, store, readModels));
      const rebuilt = await documentsOf(projection, readModels);
      await readModels.close();
      expect(live.size).toBeGreaterThan(0);
      expect(live).toEqual(rebuilt);
    },
  );

  /** A projection puts documents under the keys of its events, and nowhere else. */
  const documentsOf = (projection: Projection, readModels: ReadModels) => {
    const events = log.filter(({ stream }) =>
      projection.prefixes.some((prefix) => stream.startsWith(prefix)),
    );
    const keys = new Set(events.flatMap((event) => projection.keys(event)));
    return readModels.getMany(projection, [...keys]);
  };
});

describeBuilt('A service stopped in good order', () => {
  it('starts again with what it had', async () => {
    let service = await spawnService();
    const opened = await body<{ id: string }>(
      service.as(alice).post('/v1/dossiers', choiceOf(alice)),
      201,
    );
    service = await service.restart();
    expect((await service.as(alice).get(`/v1/dossiers/${opened.id}`)).status).toBe(200);
    await service.stop();
  });
});
