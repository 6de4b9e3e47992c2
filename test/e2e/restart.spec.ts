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
  type Client,
  describeBuilt,
  everyEvent,
  spawnService,
  until,
  type Service,
  type SpawnedService,
} from '../support/service';
import { steps, type Command } from '../faults/portal';
import { choiceOf, DossierFile, reasonAbout } from './dossier-file';
import { alice, applicant, auditor, unitReviewer } from './people';

/** Enough that the kill comes while applicants still file. */
const enough = 300;

/** Where no webhook is set, nothing is delivered. */
const idle = ['deliveries', 'delivery-counts'];

describeBuilt('A service killed under load', () => {
  let service: SpawnedService;
  const acknowledged = new Map<Command, CommandAnswer>();
  /** Sent, and the connection broke before an answer came. */
  const unanswered: Command[] = [];
  let log: readonly RecordedEvent[];

  /** A key for each would do: it is bound to the person and the address. */
  const send = async (to: Service, { by, send: ask }: Command): Promise<CommandAnswer> => {
    const answer = await ask(to.as(by)).set('Idempotency-Key', 'once');
    if (!answer.ok) throw new Error(answer.text);
    return answer.body as CommandAnswer;
  };

  /** Answered, or undefined once the connection breaks. */
  const attempt = async (command: Command): Promise<CommandAnswer | undefined> => {
    try {
      const answer = await send(service, command);
      acknowledged.set(command, answer);
      return answer;
    } catch {
      unanswered.push(command);
      return undefined;
    }
  };

  /** Applicants file one after the other, every other one withdraws, until the connection breaks. */
  const portal = async (number: number): Promise<void> => {
    for (let turn = 0; ; turn += 1) {
      const by = applicant(`applicant-${number}-${turn}`);
      const open = (client: Client) => client.post('/v1/dossiers', choiceOf(by));
      const opened = await attempt({ by, send: open });
      if (opened === undefined) return;
      for (const step of steps(by, opened.dossier, turn % 2 === 1)) {
        if ((await attempt({ by, send: step })) === undefined) return;
      }
    }
  };

  /** So that every projection has something to tell. */
  const suspicion = async () => {
    const file = await DossierFile.filed(service, applicant('suspect'));
    const grounds = { dossier: file.id, grounds: '任务书与存档不一致' };
    await body(service.as(auditor).post('/v1/falsification-cases', grounds), 201);
    await file.giveBack(unitReviewer, reasonAbout('workSummary'));
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
    await suspicion();
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
      expect(live.size > 0).toBe(!idle.includes(projection.name));
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
