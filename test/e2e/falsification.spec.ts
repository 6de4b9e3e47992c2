import type { Page } from '../../src/http/answers';
import type { CaseView } from '../../src/projections/falsification-cases';
import { policy2022 } from '../../src/rounds/policy-2022';
import {
  body,
  moveClockTo,
  problemIn,
  refusal,
  startService,
  until,
  type Person,
  type ServiceInProcess,
} from '../support/service';
import { completeDossier } from './complete-dossier';
import { choiceOf, DossierFile, reasonAbout, summary } from './dossier-file';
import {
  administrator,
  alice,
  applicant,
  auditor,
  bob,
  officer,
  prefecture,
  secondAuditor,
  unit,
  unitReviewer,
} from './people';
import { roundOf } from './rounds';

interface CaseAnswer {
  readonly id: string;
  readonly position: string;
}

const mallory = applicant('mallory');
/** Another account of the same person. */
const malloryAgain = applicant('mallory-again');

describe('A falsification case', () => {
  let service: ServiceInProcess;
  let files: Record<'alice' | 'mallory', DossierFile>;

  beforeAll(async () => {
    service = await startService({ simulatedNow: '2022-08-08T09:00:00.000+08:00' });
    files = {
      alice: await DossierFile.filed(service, alice),
      mallory: await DossierFile.filed(service, mallory),
    };
    for (const file of Object.values(files)) await file.publish();
    for (const file of Object.values(files)) {
      await file.pass();
      await file.accept();
    }
  });
  afterAll(() => service.stop());

  const open = ({ id }: DossierFile, by: Person = auditor): Promise<CaseAnswer> => {
    const sent = { dossier: id, grounds: '业绩成果第2项的任务书与建设单位存档不一致' };
    return body(service.as(by).post('/v1/falsification-cases', sent), 201);
  };
  const decide = ({ id }: CaseAnswer, upheld: boolean, by: Person = secondAuditor) =>
    service
      .as(by)
      .post(`/v1/falsification-cases/${id}/decision`, { upheld, statement: '经核查存档原件' });
  const openRound = (round: string, by: Person) =>
    service.as(by).post('/v1/dossiers', choiceOf(by, round));
  const startRound = async (year: number) => {
    const sent = { policy: roundOf(year), reason: '按通知发布' };
    await body(service.as(administrator).post('/v1/rounds', sent), 201);
    await moveClockTo(service, `${year}-08-25T09:00:00.000+08:00`);
  };

  it('is opened by one person and decided by another, once', async () => {
    const opened = await open(files.alice);
    expect(await refusal(decide(opened, true, auditor))).toEqual([409, 'decided-by-opener']);
    const decided = await body<CaseAnswer>(decide(opened, false), 201);
    expect(await refusal(decide(opened, true))).toEqual([409, 'case-not-open']);

    const look = service.as(auditor).get(`/v1/falsification-cases/${opened.id}`);
    const view = await body<CaseView>(look.set('Read-After', decided.position), 200);
    expect(view).toMatchObject({
      status: 'decided',
      dossier: files.alice.id,
      openedBy: 'aud',
      decision: { upheld: false, decidedBy: 'abe' },
    });
  });

  it('freezes the evidence, hears both sides, and tells the applicant', async () => {
    const { alice: file } = files;
    const opened = await open(file);
    const hear = (person: string, by = auditor) =>
      service
        .as(by)
        .post(`/v1/falsification-cases/${opened.id}/hearings`, { person, statement: '未作改动' });
    await body(hear('alice'), 201);
    await body(hear('uma', secondAuditor), 201);
    expect(await refusal(hear('bob'))).toEqual([409, 'not-a-party']);
    const decided = await body<CaseAnswer>(decide(opened, false), 201);
    expect(await refusal(hear('alice'))).toEqual([409, 'case-not-open']);

    const look = service.as(auditor).get(`/v1/falsification-cases/${opened.id}`);
    const view = await body<CaseView>(look.set('Read-After', decided.position), 200);
    const { contentHash } = await file.submission(1);
    expect(view).toMatchObject({
      frozen: { submissions: [{ number: 1, contentHash }], unitPapers: [expect.anything()] },
      intact: true,
      statements: [
        { number: 1, person: 'alice', statement: '未作改动', heardBy: 'aud' },
        { number: 2, person: 'uma', heardBy: 'abe' },
      ],
    });

    const told = service.as(file.applicant).get('/v1/notifications?limit=200');
    const { items } = await body<Page<{ readonly type: string }>>(
      told.set('Read-After', decided.position),
      200,
    );
    // Of the case before, as of this one; what others said is not told.
    const types = items.map(({ type }) => type).filter((type) => !type.startsWith('passed-on'));
    expect(types.filter((type) => type === 'investigation-opened')).toHaveLength(2);
    expect(types.filter((type) => type === 'statement-heard')).toHaveLength(1);
    expect(types.filter((type) => type === 'investigation-dismissed')).toHaveLength(2);
  });

  it('names everyone who vouched for the dossier, and is not decided by them', async () => {
    const opened = await open(files.alice);
    const both: Person = { ...officer, roles: ['title-office', 'auditor'] };
    expect(await refusal(decide(opened, false, both))).toEqual([409, 'decided-by-party']);
    const look = service.as(auditor).get(`/v1/falsification-cases/${opened.id}`);
    const view = await body(look.set('Read-After', opened.position), 200);
    expect(view).toMatchObject({
      vouchers: [
        {
          ...{ account: 'uma', stage: 'unit', submission: 1 },
          organisation: { id: unit, name: expect.stringMatching(/\p{Script=Han}/u) as unknown },
          checklist: [
            { code: 'no-omissions', question: '申报内容无漏项' },
            { code: 'authentic', question: '申报材料真实' },
            { code: 'accurate', question: '内容表述准确' },
          ],
          statement: '本单位已对提供的申报材料逐一审核，真实、完整、有效，同意推荐',
        },
        { account: 'ben', stage: 'supervision', checklist: null, statement: '同意上报' },
        { account: 'pat', stage: 'supervision' },
        { account: 'oda', stage: 'title-office', statement: null },
      ],
    });
    await body(decide(opened, false), 201);
  });

  it('that is not upheld leaves everything as it was', async () => {
    expect(await files.alice.seenBy(officer)).toMatchObject({ status: 'accepted' });
    const consequences = ['DossierFalsified', 'PersonBarred'];
    expect((await service.events()).filter(({ type }) => consequences.includes(type))).toEqual([]);
  });

  it('is for a dossier that was filed', async () => {
    const draft = await DossierFile.open(service, bob);
    const sent = { dossier: draft.id, grounds: '可疑' };
    const early = service.as(auditor).post('/v1/falsification-cases', sent);
    expect(await refusal(early)).toEqual([404, 'not-found']);
  });

  describe('that is upheld', () => {
    beforeAll(async () => {
      await body(decide(await open(files.mallory), true), 201);
      const { mallory: file } = files;
      await until(async () => (await file.seenBy(officer)).status === 'closed');
    });

    it('undoes the acceptance and closes the dossier for good', async () => {
      const { mallory: file } = files;
      expect(await file.seenBy(mallory)).toMatchObject({
        status: 'closed',
        closedBecause: 'falsification',
        after: null,
      });
      for (const test of [
        openRound('2022', mallory),
        service.as(mallory).put(`${file.path}/sections/workSummary`, summary('再改')),
        service.as(mallory).post(`${file.path}/submissions`, { confirmed: true }),
      ]) {
        expect(await refusal(test)).toEqual([422, 'barred-for-falsification']);
      }
      expect(await refusal(service.as(officer).post(`${file.path}/fee`, { amount: 500 }))).toEqual([
        409,
        'dossier-not-accepted',
      ]);
    });

    it('is on record as the system’s act, once, with whom it is about', async () => {
      const log = await service.events();
      const falsified = log.filter(({ type }) => type === 'DossierFalsified');
      expect(falsified).toMatchObject([
        {
          data: { titleWithdrawn: true },
          metadata: {
            actor: { kind: 'system', process: 'falsification-consequences' },
            person: 'mallory',
          },
        },
      ]);
      const bars = log.filter(({ type }) => type === 'PersonBarred');
      expect(bars).toMatchObject([
        { data: { firstYear: 2023, lastYear: 2025 } },
        { data: { firstYear: 2023, lastYear: 2025 } },
      ]);
      // Neither the account nor the ID number can be read from where the bar is kept.
      const { idNumber = '' } = files.mallory.sections.basicInformation ?? {};
      for (const { stream, data } of bars) {
        expect(`${stream} ${JSON.stringify(data)}`).not.toMatch(new RegExp(`mallory|${idNumber}`));
      }
    });

    it('M-26: bars the account when it opens the next year', async () => {
      await startRound(2023);
      const answer = await openRound('2023', mallory).set('Accept-Language', 'en');
      expect(problemIn(answer)).toMatchObject({
        status: 422,
        code: 'barred-for-falsification',
        rule: 'M-26',
        clause: '四(一)16',
        detail: 'Barred for falsification up to and including 2025.',
      });
      expect((await openRound('2023', alice)).status).toBe(201);
    });

    it('M-26: bars another account with the same ID number when it submits', async () => {
      const file = await DossierFile.open(service, malloryAgain, { round: '2023' });
      await file.fillIn({ policy: roundOf(2023) }, mallory);
      const precheck = service.as(malloryAgain).get(`${file.path}/precheck`);
      const findings = [{ rule: 'M-26', code: 'barred-for-falsification' }];
      expect(await body(precheck, 200)).toMatchObject({ ok: false, findings });
      const submit = service.as(malloryAgain).post(`${file.path}/submissions`, { confirmed: true });
      expect(await refusal(submit)).toEqual([422, 'barred-for-falsification']);

      // The same account with an ID number of its own is another person.
      await file.fillIn({ policy: roundOf(2023) });
      expect(await file.submit()).toMatchObject({ number: 1 });
    });

    it('M-26: is over after three years', async () => {
      await startRound(2026);
      expect((await openRound('2026', mallory)).status).toBe(201);
    });
  });
});

describe('A falsification case of someone who tries to get away', () => {
  let service: ServiceInProcess;
  beforeAll(async () => {
    service = await startService({ simulatedNow: '2022-08-08T09:00:00.000+08:00' });
  });
  afterAll(() => service.stop());

  const inPrefecture = (subject: string): Person => ({
    ...{ subject, roles: ['auditor'], organisation: prefecture },
  });
  const open = (file: DossierFile) =>
    body<CaseAnswer>(
      service.as(inPrefecture('pia')).post('/v1/falsification-cases', {
        dossier: file.id,
        grounds: '任务书与建设单位存档不一致',
      }),
      201,
    );
  const uphold = ({ id }: CaseAnswer) =>
    service
      .as(inPrefecture('pit'))
      .post(`/v1/falsification-cases/${id}/decision`, { upheld: true, statement: '查实' });
  const isClosed = (file: DossierFile) =>
    until(async () => (await file.seenBy(officer)).status === 'closed');
  const mayApply = async (subject: string, numberOf: Person) => {
    const file = await DossierFile.open(service, applicant(subject), { round: '2023' });
    await file.fillIn({ policy: roundOf(2023) }, numberOf);
    const asked = service.as(applicant(subject)).post(`${file.path}/submissions`, {
      confirmed: true,
    });
    return (await asked).status === 201;
  };

  it('stays with those it was filed under, also when the dossier is opened anew elsewhere', async () => {
    const eve: Person = { subject: 'eve', roles: ['applicant'], organisation: null };
    const file = await DossierFile.filed(service, eve, { organisation: unit });
    const found = await open(file);
    await file.withdraw();
    const elsewhere = 'kashgar-irrigation-station';
    const anew = choiceOf({ ...eve, organisation: elsewhere });
    await body(service.as(eve).post('/v1/dossiers', anew), 201);

    // Nothing is filed with the new unit, and the old one has what was.
    const there = { ...unitReviewer, subject: 'kim', organisation: elsewhere };
    expect(await refusal(service.as(there).get(file.path))).toEqual([404, 'not-found']);
    expect(await file.seenBy(unitReviewer)).toMatchObject({ status: 'draft' });
    await body(uphold(found), 201);
    await isClosed(file);
  });

  it('M-26: bars the ID number that was filed, not one written into the draft since', async () => {
    const file = await DossierFile.filed(service, mallory);
    await file.giveBack(unitReviewer, reasonAbout('workSummary'));
    const found = await open(file);
    const innocent = completeDossier(bob, choiceOf(bob), policy2022).sections.basicInformation;
    await file.save('basicInformation', innocent);
    await body(uphold(found), 201);
    await isClosed(file);
    const sent = { policy: roundOf(2023), reason: '按通知发布' };
    await body(service.as(administrator).post('/v1/rounds', sent), 201);
    await moveClockTo(service, '2023-08-25T09:00:00.000+08:00');
    expect(await mayApply('bob-himself', bob)).toBe(true);
    expect(await mayApply('mallory-elsewhere', mallory)).toBe(false);
  });
});
