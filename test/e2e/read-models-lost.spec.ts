import { Servers } from '../support/servers';
import {
  body,
  refusal,
  startService,
  until,
  type Person,
  type ServiceInProcess,
} from '../support/service';
import { DossierFile } from './dossier-file';
import { alice, applicant, auditor, bob, carol, officer, unitReviewer } from './people';

const lists: readonly (readonly [string, Person])[] = [
  ['/v1/queue', unitReviewer],
  ['/v1/dossiers', officer],
  ['/v1/audit/events?limit=200', auditor],
  ['/v1/notifications', alice],
];

describe('MongoDB (a stand-in)', () => {
  let servers: Servers;
  let service: ServiceInProcess;

  beforeEach(async () => {
    servers = await Servers.start();
  });
  afterEach(async () => {
    await service.stop();
    await servers.stop();
  });

  const shown = (position: string) =>
    Promise.all(
      lists.map(([path, person]) =>
        body<object>(service.as(person).get(path).set('Read-After', position), 200),
      ),
    );
  /** Lists say when to come back while they are behind. */
  const shownInTheEnd = async (position: string) => {
    const [[path, person]] = lists as [readonly [string, Person]];
    await until(async () => {
      const answer = await service.as(person).get(path).set('Read-After', position);
      return answer.status === 200;
    });
    return shown(position);
  };

  it('emptied while the service runs, fills again from the log by itself', async () => {
    service = await startService(servers.settings);
    const { position } = await DossierFile.filed(service, alice);
    const before = await shown(position);
    servers.mongodb.data.dropDatabase('title_review');
    expect(await shownInTheEnd(position)).toEqual(before);

    servers.mongodb.data.dropDatabase('title_review');
    const { id, position: later } = await DossierFile.filed(service, bob);
    const after = JSON.stringify(await shownInTheEnd(later));
    const expected = [id, ...before.flatMap((page) => idsIn(page))];
    expect(expected.filter((dossier) => !after.includes(dossier))).toEqual([]);
  });

  it('down, holds up nobody who was there before; lists say when to come back, and catch up when it is back', async () => {
    service = await startService(servers.settings);
    const filed = await DossierFile.filed(service, alice);
    // Persons' keys are kept in MongoDB too; those known so far are held in memory.
    const draft = await DossierFile.filledIn(service, bob);
    await shown(draft.position);
    await servers.mongodb.stop();
    await draft.summarise('断开期间保存');
    await draft.submit();
    const unseen = await DossierFile.open(service, carol);
    expect(await unseen.seenBy(carol)).toMatchObject({ status: 'draft' });
    expect(await filed.seenBy(unitReviewer)).toMatchObject({ status: 'under-review' });
    const answers = lists.map(async ([path, person]) => {
      const answer = await service.as(person).get(path);
      expect(await refusal(Promise.resolve(answer))).toEqual([503, 'store-unavailable']);
      expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
    });
    await Promise.all(answers);
    await servers.mongodb.start();
    const after = JSON.stringify(await shownInTheEnd(unseen.position));
    expect([filed, draft, unseen].filter(({ id }) => !after.includes(id))).toEqual([]);
  });

  it('down from the start, does not keep the service from starting', async () => {
    await servers.mongodb.stop();
    service = await startService(servers.settings);
    const file = await DossierFile.open(service, carol);
    expect(await file.seenBy(carol)).toMatchObject({ status: 'draft' });
    expect((await service.as(null).get('/health/live')).status).toBe(200);
    await servers.mongodb.start();
    const { position } = await DossierFile.open(service, applicant('later'));
    expect(JSON.stringify(await shownInTheEnd(position)).includes(file.id)).toBe(true);
  });
});

function idsIn(page: object): readonly string[] {
  return JSON.stringify(page).match(/2022-[0-9a-f]{32}/g) ?? [];
}
