import type { Instant } from '../../src/engine/instant';
import { Gate } from '../support/gate';
import { RawRequest } from '../support/raw-request';
import {
  claimsOf,
  problemIn,
  refusal,
  startService,
  tokenOf,
  until,
  type ServiceInProcess,
} from '../support/service';
import { DossierFile, summary } from './dossier-file';
import { HeldClock, justAfter, justBefore } from './held-clock';
import { alice, applicant, bob, unitReviewer } from './people';

const filingCloses: Instant = '2022-08-31T20:00:00.000+08:00';

/** One command at a time, and the gate holds the one that saves a section. */
const gate = new Gate('SectionSaved');
const clock = new HeldClock('2022-08-31T19:30:00.000+08:00');
let service: ServiceInProcess;

const submitting = ({ path, applicant: by }: DossierFile) =>
  service
    .as(by)
    .post(`${path}/submissions`, { confirmed: true })
    .then((response) => response);
const saving = ({ path, applicant: by }: DossierFile) =>
  service
    .as(by)
    .put(`${path}/sections/workSummary`, summary('最后一稿'))
    .then((response) => response);
const waitingIn = async (lane: string): Promise<number> => {
  const { text } = await service.as(null).get('/metrics');
  return Number(text.match(new RegExp(`requests_waiting{lane="${lane}"} (\\d+)`))?.[1]);
};
const areWaiting = (lane: string, count: number) =>
  until(async () => (await waitingIn(lane)) === count);
const filedAt = async ({ id }: DossierFile): Promise<Instant | undefined> =>
  (await service.events()).find(
    ({ type, stream }) => type === 'DossierSubmitted' && stream.endsWith(id),
  )?.metadata.at;

describe('When more is asked than can be done at once,', () => {
  beforeAll(async () => {
    const atOnce = { commands: 1, reads: 1 };
    service = await startService({ clock, atOnce, through: (log) => gate.before(log) });
  });
  afterAll(() => service.stop());
  afterEach(() => {
    gate.open();
  });

  it('who was in time is in time, however long the request then waits', async () => {
    const late = await DossierFile.filledIn(service, applicant('late'));
    const onTime = await DossierFile.filledIn(service, bob);
    const busy = await DossierFile.filledIn(service, alice);
    clock.moveTo(filingCloses);
    gate.close();
    const held = saving(busy);
    const inTime = submitting(onTime);
    await areWaiting('submissions', 1);
    clock.moveTo(justAfter(filingCloses));
    const tooLate = submitting(late);
    await areWaiting('submissions', 2);
    gate.open();
    expect((await held).status).toBe(200);
    expect((await inTime).status).toBe(201);
    expect(await filedAt(onTime)).toBe(filingCloses);
    expect((await inTime).body).toMatchObject({ submittedAt: filingCloses });
    expect(await refusal(tooLate)).toEqual([422, 'filing-window-closed']);
    // Both wait, and the closing for them: it closes what was not filed, and nothing else.
    await until(async () => (await late.seenBy(late.applicant)).status === 'closed');
    expect(await onTime.seenBy(bob)).toMatchObject({ status: 'under-review' });
  });
});

describe('What counts is when the last byte was there:', () => {
  const held = new HeldClock('2022-08-31T19:30:00.000+08:00');
  const now = (instant: Instant) => held.moveTo(instant);
  let drafts: DossierFile[];

  beforeAll(async () => {
    service = await startService({ clock: held });
    drafts = [];
    for (const name of ['one', 'two', 'three', 'four']) {
      drafts.push(await DossierFile.filledIn(service, applicant(`byte-${name}`)));
    }
    now(justBefore(filingCloses));
  });
  afterAll(() => service.stop());

  const draft = (index: number): DossierFile => {
    const file = drafts[index];
    if (file === undefined) throw new Error('there are four');
    return file;
  };
  const authorized = ({ applicant: by }: DossierFile) => ({
    Authorization: `Bearer ${tokenOf(claimsOf(by))}`,
  });
  /** A submission of which all but the last byte has been sent and read. */
  const allButTheLast = async (file: DossierFile): Promise<RawRequest> => {
    const request = await RawRequest.begin(service.url, 'POST', `${file.path}/submissions`, {
      ...authorized(file),
      'Content-Type': 'application/json',
      'Content-Length': 18,
      Expect: '100-continue',
    });
    await until(() => Promise.resolve(request.received.includes('100 Continue')));
    await request.send('{"confirmed":true');
    return request;
  };
  const boundary = 'part';
  const upload = async (file: DossierFile, epilogue: number): Promise<RawRequest> => {
    const form = [
      `--${boundary}`,
      'Content-Disposition: form-data; name="dossier"',
      '',
      file.id,
      `--${boundary}`,
      'Content-Disposition: form-data; name="file"; filename="late.pdf"',
      'Content-Type: application/pdf',
      '',
      '%PDF-1.4\nlate\n%%EOF\n',
      `--${boundary}--`,
      '',
    ].join('\r\n');
    const request = await RawRequest.begin(service.url, 'POST', '/v1/evidence', {
      ...authorized(file),
      'Content-Type': `multipart/form-data; boundary=${boundary}`,
      'Content-Length': Buffer.byteLength(form) + epilogue,
      Expect: '100-continue',
    });
    await until(() => Promise.resolve(request.received.includes('100 Continue')));
    await request.send(form);
    return request;
  };
  const answerOf = async (request: RawRequest) => {
    // The interim answer comes first.
    const { body } = await request.answer();
    return body;
  };

  it('on the stroke a submission and a scan count, a millisecond later neither', async () => {
    const [filed, notFiled] = [await allButTheLast(draft(0)), await allButTheLast(draft(1))];
    now(filingCloses);
    await filed.send('}');
    expect(await answerOf(filed)).toMatch(/^HTTP\/1\.1 201 /);
    expect(await filedAt(draft(0))).toBe(filingCloses);
    // All of the second form has come, and not all of the request.
    const [attached, notAttached] = [await upload(draft(2), 0), await upload(draft(3), 2)];
    expect(await answerOf(attached)).toMatch(/^HTTP\/1\.1 201 /);
    now(justAfter(filingCloses));
    await notFiled.send('}');
    await notAttached.send('\r\n');
    for (const refused of [await answerOf(notFiled), await answerOf(notAttached)]) {
      expect(refused).toMatch(/^HTTP\/1\.1 422 /);
      expect(refused).toContain('filing-window-closed');
    }
    const late = (await service.events()).filter(
      ({ type, metadata }) => type === 'EvidenceAttached' && metadata.at >= filingCloses,
    );
    expect(late.map(({ stream, metadata }) => [stream, metadata.at])).toEqual([
      [`dossier-${draft(2).id}`, filingCloses],
    ]);
  });
});

describe('When too much is asked to wait for,', () => {
  const open: DossierFile[] = [];

  beforeAll(async () => {
    gate.open();
    const atOnce = { commands: 1, reads: 1 };
    service = await startService({ atOnce, through: (log) => gate.before(log) });
    open.push(await DossierFile.filledIn(service, alice));
  });
  afterAll(async () => {
    gate.open();
    await service.stop();
  });

  it('says so in both languages and does nothing; health and metrics answer; what was taken is done', async () => {
    const [file] = open;
    if (file === undefined) throw new Error('one is open');
    gate.close();
    const before = (await service.events()).length;
    const held = saving(file);
    await until(async () => (await waitingIn('commands')) === 0);
    // As many as may wait, and more.
    const answers = Array.from({ length: 520 }, (_, index) =>
      service
        .as(alice)
        .put(`${file.path}/sections/workSummary`, summary(`第${index}稿`))
        .set('Accept-Language', index % 2 === 0 ? 'zh' : 'en')
        .then((response) => response),
    );
    await areWaiting('commands', 500);
    const submitted = submitting(file);
    await areWaiting('submissions', 1);
    const { text } = await service.as(null).get('/metrics');
    expect(Number(/shed_total{lane="commands"} (\d+)/.exec(text)?.[1])).toBeGreaterThan(0);
    expect((await service.as(null).get('/health/live')).status).toBe(200);
    gate.open();
    expect((await held).status).toBe(200);
    // Before all the commands that came before it.
    expect((await submitted).status).toBe(201);
    const all = await Promise.all(answers);
    const shed = all.filter(({ status }) => status === 503);
    expect(shed.length).toBeGreaterThan(0);
    for (const response of shed) {
      const { code, detail } = problemIn(response);
      expect(code).toBe('overloaded');
      expect(Number(response.headers['retry-after'])).toBeGreaterThan(0);
      const isEnglish = response.headers['content-language'] === 'en';
      expect(detail).toContain(isEnglish ? 'not accepted' : '未被受理');
    }
    const types = (await service.events()).slice(before).map(({ type }) => type);
    expect(types.filter((type) => type === 'SectionSaved').length).toBeLessThan(3);
    expect(types).toContain('DossierSubmitted');
  }, 60_000);

  it('readers wait for each other and not for the unit: it reviews', async () => {
    const [file] = open;
    if (file === undefined) throw new Error('one is open');
    const reads = Array.from({ length: 400 }, () =>
      service
        .as(unitReviewer)
        .get('/v1/queue')
        .then(({ status }) => status),
    );
    await file.publish();
    const statuses = new Set(await Promise.all(reads));
    expect([...statuses].every((status) => status === 200 || status === 503)).toBe(true);
    expect(statuses).toContain(200);
  });

  it('a service that ends does what was waiting', async () => {
    const crowd = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        DossierFile.open(service, applicant(`last-${index}`)),
      ),
    );
    const [first, ...rest] = crowd;
    if (first === undefined) throw new Error('they are open');
    gate.close();
    const held = saving(first);
    const others = rest.map(saving);
    await areWaiting('commands', rest.length);
    const stopped = service.restart();
    await until(() => isRefused(service.url));
    gate.open();
    const answers = await Promise.all([held, ...others]);
    expect(answers.map(({ status }) => status)).toEqual(crowd.map(() => 200));
    service = await stopped;
    const saved = (await service.events()).filter(({ type }) => type === 'SectionSaved');
    for (const { id } of crowd) {
      expect(saved.filter(({ stream }) => stream.endsWith(id))).toHaveLength(1);
    }
  });
});

/** Nobody listens there any more. */
async function isRefused(url: string): Promise<boolean> {
  const headers = { connection: 'close' };
  return fetch(`${url}/health/live`, { headers, signal: AbortSignal.timeout(500) }).then(
    () => false,
    (error: unknown) => (error as Error).name !== 'TimeoutError',
  );
}
