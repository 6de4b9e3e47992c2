import { SimulatedClock } from '../../src/engine/clock';
import { fromEpoch, toEpoch, type Instant } from '../../src/engine/instant';
import {
  body,
  refusal,
  startService,
  temporaryFolder,
  until,
  type Service,
  type ServiceInProcess,
} from '../support/service';
import { DossierFile, reasonAbout } from './dossier-file';
import { alice, applicant, bob, officer, unitReviewer } from './people';

const filingOpens = '2022-08-05T10:00:00.000+08:00';
const filingCloses = '2022-08-31T20:00:00.000+08:00';
const reviewOpens = '2022-08-25T00:00:00.000+08:00';
const reviewCloses = '2022-09-15T23:59:59.999+08:00';
const justBefore = (instant: Instant) => fromEpoch(toEpoch(instant) - 1);
const justAfter = (instant: Instant) => fromEpoch(toEpoch(instant) + 1);

/** Stands still until it is moved, so that a request meets the exact millisecond. */
class HeldClock extends SimulatedClock {
  #at: number;
  constructor(start: Instant) {
    super(start);
    this.#at = toEpoch(start);
  }
  override moveTo(instant: Instant): boolean {
    this.#at = toEpoch(instant);
    this.tellListeners();
    return true;
  }
  protected override epoch(): number {
    return this.#at;
  }
}

const submit = (service: Service, { path, applicant: by }: DossierFile) =>
  service.as(by).post(`${path}/submissions`, { confirmed: true });
const moveClock = (service: Service, now: Instant) =>
  service.as(null).post('/v1/simulation/clock', { now });

describe('To the millisecond,', () => {
  const clock = new HeldClock(justBefore(filingOpens));
  let service: ServiceInProcess;
  beforeAll(async () => {
    service = await startService({ clock });
  });
  afterAll(() => service.stop());

  /** Opened and filled in at some time when that is possible, then looked at the instant. */
  const draft = async (subject: string): Promise<DossierFile> => {
    clock.moveTo(justBefore(filingOpens));
    const file = await DossierFile.open(service, applicant(subject));
    await file.summarise('备好');
    return file;
  };
  const returned = async (subject: string): Promise<DossierFile> => {
    clock.moveTo(filingOpens);
    const file = await DossierFile.filed(service, applicant(subject));
    await file.giveBack(unitReviewer, reasonAbout('workSummary'));
    await file.summarise('修改');
    return file;
  };
  const atOffice = async (subject: string): Promise<DossierFile> => {
    clock.moveTo(filingOpens);
    const file = await DossierFile.filed(service, applicant(subject));
    await file.pass();
    return file;
  };

  it('T-1: filing opens at 10:00 on 5 August', async () => {
    const file = await draft('early');
    expect(await refusal(submit(service, file))).toEqual([422, 'filing-window-not-open']);
    clock.moveTo(filingOpens);
    expect((await submit(service, file)).status).toBe(201);
  });

  it('T-1: filing closes after 20:00 on 31 August', async () => {
    const [onTime, late] = [await draft('on-time'), await draft('late')];
    clock.moveTo(filingCloses);
    expect((await submit(service, onTime)).status).toBe(201);
    clock.moveTo(justAfter(filingCloses));
    expect(await refusal(submit(service, late))).toEqual([422, 'filing-window-closed']);
  });

  it('T-2: a returned dossier is filed again until the last day of the review ends', async () => {
    const [onTime, late] = [await returned('again'), await returned('again-late')];
    clock.moveTo(reviewCloses);
    expect((await submit(service, onTime)).status).toBe(201);
    clock.moveTo(justAfter(reviewCloses));
    expect(await refusal(submit(service, late))).toEqual([422, 'review-window-closed']);
  });

  it('T-3: the title office decides inside the review window only', async () => {
    const files = [await atOffice('first'), await atOffice('last'), await atOffice('overdue')];
    const accept = (file: DossierFile | undefined) =>
      service.as(officer).post(`${file?.path ?? ''}/acceptance`);
    clock.moveTo(justBefore(reviewOpens));
    expect(await refusal(accept(files[0]))).toEqual([422, 'review-window-not-open']);
    clock.moveTo(reviewOpens);
    expect((await accept(files[0])).status).toBe(201);
    clock.moveTo(reviewCloses);
    expect((await accept(files[1])).status).toBe(201);
    clock.moveTo(justAfter(reviewCloses));
    expect(await refusal(accept(files[2]))).toEqual([422, 'review-window-closed']);
  });

  it('a round says where it stands', async () => {
    const states = async () => {
      const round = await service.as(alice).get('/v1/rounds/2022');
      const { windows } = round.body as { windows: Record<string, { state: string }> };
      return [windows.filing?.state, windows.review?.state];
    };
    const seen: unknown[] = [];
    for (const now of [justBefore(filingOpens), filingOpens, reviewOpens, justAfter(filingCloses)]) {
      clock.moveTo(now);
      seen.push(await states());
    }
    clock.moveTo(justAfter(reviewCloses));
    seen.push(await states());
    expect(seen).toEqual([
      ['not-open', 'not-open'],
      ['open', 'not-open'],
      ['open', 'open'],
      ['closed', 'open'],
      ['closed', 'closed'],
    ]);
  });
});

describe('T-5: the system closes', () => {
  const statusOf = async (service: Service, file: DossierFile) => {
    const { status, closedBecause } = await file.seenBy(file.applicant);
    expect(service.url).toBeTruthy();
    return { status, closedBecause };
  };
  const closings = async (service: ServiceInProcess) =>
    (await service.events()).filter(({ type }) => type === 'DossierClosed');

  it('by itself and once, when the clock passes the end of a window', async () => {
    const service = await startService({ simulatedNow: '2022-08-31T19:00:00.000+08:00' });
    const draft = await DossierFile.open(service, alice);
    const filed = await DossierFile.filed(service, bob);
    const returned = await DossierFile.filed(service, applicant('returned'));
    await returned.giveBack(unitReviewer, reasonAbout('workSummary'));

    await moveClock(service, filingCloses);
    await until(async () => (await statusOf(service, draft)).status === 'closed');
    expect(await statusOf(service, draft)).toMatchObject({ closedBecause: 'never-submitted' });
    expect(await statusOf(service, returned)).toMatchObject({ status: 'returned' });

    await moveClock(service, reviewCloses);
    await until(async () => (await statusOf(service, returned)).status === 'closed');
    expect(await statusOf(service, returned)).toMatchObject({ closedBecause: 'not-resubmitted' });
    expect(await statusOf(service, filed)).toMatchObject({ status: 'under-review' });

    await moveClock(service, '2022-10-01T00:00:00.000+08:00');
    const closed = await closings(service);
    expect(closed.map(({ metadata }) => metadata.actor)).toEqual([
      { kind: 'system', process: 'window-closing' },
      { kind: 'system', process: 'window-closing' },
    ]);
    await service.stop();
  });

  it('what came due while the service was down, and once', async () => {
    const dataDir = temporaryFolder();
    let service = await startService({ dataDir, simulatedNow: '2022-08-31T19:00:00.000+08:00' });
    const { id } = await DossierFile.open(service, alice);
    const returned = await DossierFile.filed(service, bob);
    await returned.giveBack(unitReviewer, reasonAbout('workSummary'));
    await service.stop();

    for (const [simulatedNow, expected] of [
      ['2022-09-02T08:00:00.000+08:00', 1],
      ['2022-09-16T08:00:00.000+08:00', 2],
      ['2022-09-16T09:00:00.000+08:00', 2],
    ] as const) {
      service = await startService({ dataDir, simulatedNow });
      await until(async () => (await closings(service)).length >= expected);
      await service.stop();
    }
    service = await startService({ dataDir, simulatedNow: '2022-09-17T09:00:00.000+08:00' });
    const closed = (await closings(service)).map(({ stream, data, metadata }) => [
      stream,
      data,
      metadata.at.slice(0, 10),
    ]);
    expect(closed).toEqual([
      [`dossier-${id}`, { cause: 'never-submitted' }, '2022-09-02'],
      [`dossier-${returned.id}`, { cause: 'not-resubmitted' }, '2022-09-16'],
    ]);
    await service.stop();
  });
});

describe('The simulated clock', () => {
  it('runs forward only', async () => {
    const service = await startService();
    const moved = await body<{ now: Instant }>(
      moveClock(service, '2022-08-27T09:00:00+08:00'),
      200,
    );
    expect(moved.now).toMatch(/^2022-08-27T09:00:0/);
    expect(await refusal(moveClock(service, '2022-08-26T09:00:00+08:00'))).toEqual([
      409,
      'clock-runs-forward-only',
    ]);
    expect(await refusal(moveClock(service, 'tomorrow'))).toEqual([400, 'instant-malformed']);
    await service.stop();
  });

  it('cannot be moved where time is real', async () => {
    const service = await startService({ simulatedNow: null });
    expect(await refusal(moveClock(service, '2022-08-27T09:00:00+08:00'))).toEqual([
      404,
      'not-found',
    ]);
    await service.stop();
  });
});
