import { dayOf, type Instant } from '../../src/engine/instant';
import {
  body,
  refusal,
  startService,
  until,
  type Person,
  type ServiceInProcess,
} from '../support/service';
import { DossierFile, reasonAbout } from './dossier-file';
import { HeldClock, justAfter, justBefore } from './held-clock';
import { alice, applicant, bob, officer, unitReviewer } from './people';

const filingOpens = '2022-08-05T10:00:00.000+08:00';
const filingCloses = '2022-08-31T20:00:00.000+08:00';
const reviewOpens = '2022-08-25T00:00:00.000+08:00';
const reviewCloses = '2022-09-15T23:59:59.999+08:00';

let service: ServiceInProcess;
afterEach(() => service.stop());

const submit = ({ path, applicant: by }: DossierFile) =>
  service.as(by).post(`${path}/submissions`, { confirmed: true });
const accept = ({ path }: DossierFile) => service.as(officer).post(`${path}/acceptance`);
const moveClock = (now: Instant) => service.as(null).post('/v1/simulation/clock', { now });
const returned = async (person: Person): Promise<DossierFile> => {
  const file = await DossierFile.filed(service, person);
  await file.giveBack(unitReviewer, reasonAbout('workSummary'));
  return file;
};

describe('To the millisecond,', () => {
  let clock: HeldClock;
  beforeEach(async () => {
    clock = new HeldClock(justBefore(filingOpens));
    service = await startService({ clock });
  });

  const draft = (person: Person) => DossierFile.filledIn(service, person);
  const corrected = async (person: Person): Promise<DossierFile> => {
    const file = await returned(person);
    await file.summarise('修改');
    return file;
  };
  /** Filed on the first day, and passed on as soon as they were public for long enough. */
  const atOffice = async (people: readonly Person[]): Promise<DossierFile[]> => {
    const files = await Promise.all(people.map((person) => DossierFile.filed(service, person)));
    for (const file of files) await file.publish();
    for (const file of files) await file.pass();
    return files;
  };

  it('T-1: filing opens at 10:00 on 5 August', async () => {
    const file = await draft(alice);
    expect(await refusal(submit(file))).toEqual([422, 'filing-window-not-open']);
    clock.moveTo(filingOpens);
    expect((await submit(file)).status).toBe(201);
  });

  it('T-1: filing closes after 20:00 on 31 August', async () => {
    const [onTime, late] = [await draft(alice), await draft(bob)];
    clock.moveTo(filingCloses);
    expect((await submit(onTime)).status).toBe(201);
    clock.moveTo(justAfter(filingCloses));
    expect(await refusal(submit(late))).toEqual([422, 'filing-window-closed']);
  });

  it('T-2: a returned dossier is filed again until the last day of the review ends', async () => {
    clock.moveTo(filingOpens);
    const [onTime, late] = [await corrected(alice), await corrected(bob)];
    clock.moveTo(reviewCloses);
    expect((await submit(onTime)).status).toBe(201);
    clock.moveTo(justAfter(reviewCloses));
    expect(await refusal(submit(late))).toEqual([422, 'review-window-closed']);
  });

  it('T-3: the title office decides from the first to the last day of the review', async () => {
    clock.moveTo(filingOpens);
    const [first, last, overdue] = await atOffice([alice, bob, applicant('overdue')]);
    if (!first || !last || !overdue) throw new Error('three were filed');
    clock.moveTo(justBefore(reviewOpens));
    expect(await refusal(accept(first))).toEqual([422, 'review-window-not-open']);
    clock.moveTo(reviewOpens);
    expect((await accept(first)).status).toBe(201);
    clock.moveTo(reviewCloses);
    expect((await accept(last)).status).toBe(201);
    clock.moveTo(justAfter(reviewCloses));
    expect(await refusal(accept(overdue))).toEqual([422, 'review-window-closed']);
  });

  it('a round says where it stands', async () => {
    for (const [now, filing, review] of [
      [justBefore(filingOpens), 'not-open', 'not-open'],
      [filingOpens, 'open', 'not-open'],
      [reviewOpens, 'open', 'open'],
      [filingCloses, 'open', 'open'],
      [justAfter(filingCloses), 'closed', 'open'],
      [reviewCloses, 'closed', 'open'],
      [justAfter(reviewCloses), 'closed', 'closed'],
    ] as const) {
      clock.moveTo(now);
      expect(await body(service.as(alice).get('/v1/rounds/2022'), 200)).toMatchObject({
        windows: { filing: { state: filing }, review: { state: review } },
      });
    }
  });
});

describe('T-5: the system closes', () => {
  const isClosed = async (file: DossierFile) =>
    (await file.seenBy(file.applicant)).status === 'closed';
  const closings = async () =>
    (await service.events()).filter(({ type }) => type === 'DossierClosed');

  it('by itself and once, when the clock passes the end of a window', async () => {
    service = await startService({ simulatedNow: '2022-08-31T19:00:00.000+08:00' });
    const draft = await DossierFile.open(service, alice);
    const filed = await DossierFile.filed(service, bob);
    const revision = await returned(applicant('returned'));

    await moveClock(filingCloses);
    await until(() => isClosed(draft));
    expect(await draft.seenBy(alice)).toMatchObject({ closedBecause: 'never-submitted' });
    expect(await isClosed(revision)).toBe(false);

    await moveClock(reviewCloses);
    await until(() => isClosed(revision));
    expect(await revision.seenBy(revision.applicant)).toMatchObject({
      closedBecause: 'not-resubmitted',
    });
    expect(await isClosed(filed)).toBe(false);

    await moveClock('2022-10-01T00:00:00.000+08:00');
    const bySystem = { kind: 'system', process: 'window-closing' };
    expect((await closings()).map(({ metadata }) => metadata.actor)).toEqual([bySystem, bySystem]);
  });

  it('what came due while the service was down, and once', async () => {
    service = await startService({ simulatedNow: '2022-08-31T19:00:00.000+08:00' });
    const { id: draft } = await DossierFile.open(service, alice);
    const { id: revision } = await returned(bob);

    for (const [simulatedNow, closed] of [
      ['2022-09-02T08:00:00.000+08:00', 1],
      ['2022-09-16T08:00:00.000+08:00', 2],
      ['2022-09-16T09:00:00.000+08:00', 2],
      ['2022-09-17T09:00:00.000+08:00', 2],
    ] as const) {
      service = await service.restart({ simulatedNow });
      await until(async () => (await closings()).length >= closed);
    }
    expect(
      (await closings()).map(({ stream, data, metadata }) => [stream, data, dayOf(metadata.at)]),
    ).toEqual([
      [`dossier-${draft}`, { cause: 'never-submitted' }, '2022-09-02'],
      [`dossier-${revision}`, { cause: 'not-resubmitted' }, '2022-09-16'],
    ]);
  });
});

describe('The simulated clock', () => {
  it('runs forward only', async () => {
    service = await startService();
    const moved = await body<{ now: Instant }>(moveClock('2022-08-27T09:00:00+08:00'), 200);
    expect(moved.now).toMatch(/^2022-08-27T09:00:0/);
    const back = moveClock('2022-08-26T09:00:00+08:00');
    expect(await refusal(back)).toEqual([409, 'clock-runs-forward-only']);
    expect(await refusal(moveClock('tomorrow'))).toEqual([400, 'instant-malformed']);
  });

  it('cannot be moved where time is real', async () => {
    service = await startService({ simulatedNow: null });
    const moved = moveClock('2022-08-27T09:00:00+08:00');
    expect(await refusal(moved)).toEqual([404, 'not-found']);
  });
});
