import { now } from '../../src/dossier/form/schema';
import {
  problemIn,
  refusal,
  startService,
  type Person,
  type ServiceInProcess,
} from '../support/service';
import { DossierFile } from './dossier-file';
import { HeldClock, justAfter } from './held-clock';
import {
  alice,
  applicant,
  bob,
  bureauSupervisor,
  carol,
  elsewhere,
  neighbourReviewer,
  officer,
  unitReviewer,
} from './people';

const due = '2022-09-30T23:59:59.999+08:00';
const appointment = { defenceAt: '2022-10-12T10:30:00+08:00', meeting: '腾讯会议' };
const reviewerToo: Person = {
  ...unitReviewer,
  subject: 'both',
  roles: ['applicant', 'unit-reviewer'],
};

/** What follows the formal review (四(一)18, 19). Alice, Bob and the others are accepted in August. */
describe('After the acceptance', () => {
  let service: ServiceInProcess;
  let clock: HeldClock;
  let files: Record<'alice' | 'bob' | 'carol' | 'stationed' | 'both' | 'absent', DossierFile>;

  beforeAll(async () => {
    clock = new HeldClock('2022-08-08T09:00:00.000+08:00');
    service = await startService({ clock });
    files = {
      alice: await DossierFile.filed(service, alice),
      bob: await DossierFile.filed(service, bob),
      carol: await DossierFile.filed(service, carol),
      stationed: await DossierFile.open(service, applicant('stationed')),
      both: await DossierFile.filed(service, reviewerToo),
      absent: await DossierFile.filed(service, applicant('absent')),
    };
    await files.stationed.fillIn({ stationed: true });
    await files.stationed.submit();
    const { carol: county, ...others } = files;
    await county.publish(neighbourReviewer);
    for (const file of Object.values(others)) await file.publish();
    await county.pass(neighbourReviewer);
    for (const file of Object.values(others)) await file.pass();
    clock.moveTo('2022-08-26T09:00:00.000+08:00');
    for (const file of Object.values(files)) await file.accept();
  });
  afterAll(() => service.stop());

  const post = (file: DossierFile, by: Person, what: string, sent: object) =>
    service.as(by).post(`${file.path}/${what}`, sent);

  it('is nothing to be received before it', async () => {
    const file = await DossierFile.filed(service, applicant('waiting'));
    for (const [by, what, sent] of [
      [unitReviewer, 'fee', { amount: 500 }],
      [unitReviewer, 'printed-forms', { copies: 2 }],
      [officer, 'defence', appointment],
      [officer, 'defence/outcome', { attended: true, passed: true }],
    ] as const) {
      expect(await refusal(post(file, by, what, sent))).toEqual([409, 'dossier-not-accepted']);
    }
  });

  it('M-29: the fee of the level is received, once', async () => {
    const wrong = await post(files.alice, unitReviewer, 'fee', { amount: 350 });
    expect(await refusal(Promise.resolve(wrong))).toEqual([422, 'fee-amount-mismatch']);
    expect(wrong.body).toMatchObject({
      rule: 'M-29',
      clause: '四(一)19',
      findings: [{ pointer: '/amount' }],
    });
    const taken = await post(files.alice, bureauSupervisor, 'fee', { amount: 500 });
    expect(taken.body).toMatchObject({
      status: 'accepted',
      after: { fee: { amount: 500 }, printedForms: null, defence: null },
      warnings: [],
    });
    const again = post(files.alice, unitReviewer, 'fee', { amount: 500 });
    expect(await refusal(again)).toEqual([409, 'already-recorded']);
  });

  it('M-29: two printed forms are received', async () => {
    for (const copies of [1, 3]) {
      const wrong = post(files.alice, unitReviewer, 'printed-forms', { copies });
      expect(await refusal(wrong)).toEqual([422, 'printed-forms-incomplete']);
    }
    const taken = await post(files.alice, officer, 'printed-forms', { copies: 2 });
    expect(taken.body).toMatchObject({ after: { printedForms: { copies: 2 } }, warnings: [] });
    expect((await files.alice.seenBy(alice)).after).toMatchObject({ printedForms: { copies: 2 } });
  });

  it('R-2: nobody receives it for their own dossier, nor for another unit’s', async () => {
    for (const [what, sent] of [
      ['fee', { amount: 500 }],
      ['printed-forms', { copies: 2 }],
    ] as const) {
      expect(await refusal(post(files.both, reviewerToo, what, sent))).toEqual([
        422,
        'own-dossier',
      ]);
      const stranger = post(files.both, neighbourReviewer, what, sent);
      expect(await refusal(stranger)).toEqual([404, 'not-found']);
    }
  });

  it('T-4: what comes after 30 September is taken and shown as late', async () => {
    clock.moveTo(due);
    const onTime = await post(files.bob, unitReviewer, 'fee', { amount: 500 });
    expect(onTime.body).toMatchObject({ warnings: [] });
    clock.moveTo(justAfter(due));
    const late = await post(files.bob, unitReviewer, 'printed-forms', { copies: 2 });
    const overdue = { code: 'form-and-fee-overdue', rule: 'T-4', clause: '四(一)19' };
    expect(late.status).toBe(201);
    expect(late.body).toMatchObject({ warnings: [{ ...overdue, severity: 'warn' }] });
    const { after } = await files.bob.seenBy(officer);
    expect(after).toMatchObject({
      fee: { warnings: [] },
      printedForms: { warnings: [overdue] },
    });
  });

  describe('the defence', () => {
    const appoint = (file: DossierFile, on = '2022-10-12') =>
      post(file, officer, 'defence', { ...appointment, defenceAt: `${on}T10:30:00+08:00` });
    const isHeld = (on = '2022-10-12') => {
      clock.moveTo(`${on}T10:40:00.000+08:00`);
    };
    const conclude = (file: DossierFile, sent: object) =>
      post(file, officer, 'defence/outcome', sent);

    it('M-28: is for those of region and prefecture units', async () => {
      const answer = await appoint(files.carol);
      expect(await refusal(Promise.resolve(answer))).toEqual([422, 'defence-not-required']);
      expect(answer.body).toMatchObject({ rule: 'M-28', clause: '四(一)18' });
      const taken = await appoint(files.alice);
      expect(taken.body).toMatchObject({ after: { defence: { meeting: '腾讯会议' } } });
    });

    it('M-4: is not asked of whoever is stationed in a village', async () => {
      const { basicInformation } = files.stationed.sections;
      expect(basicInformation?.villageStationing).toMatchObject({ stationed: true, to: now });
      const answer = await appoint(files.stationed);
      expect(await refusal(Promise.resolve(answer))).toEqual([422, 'defence-exempt']);
      expect(answer.body).toMatchObject({ rule: 'M-4' });
    });

    it('is appointed before it is concluded', async () => {
      const early = conclude(files.bob, { attended: true, minutes: 4, passed: true });
      expect(await refusal(early)).toEqual([409, 'defence-not-scheduled']);
    });

    it('M-28: is appointed for a time to come, and has no outcome before it', async () => {
      const past = await appoint(files.alice, '2022-09-01');
      expect(past.body).toMatchObject({
        ...{ status: 422, code: 'defence-in-the-past', rule: 'M-28', clause: '四(一)18' },
        findings: [{ pointer: '/defenceAt' }],
      });
      for (const sent of [{ attended: true, passed: true }, { attended: false }]) {
        const early = await conclude(files.alice, sent);
        expect(early.body).toMatchObject({
          ...{ status: 422, code: 'defence-not-begun', rule: 'M-28', clause: '四(一)18' },
          findings: expect.arrayContaining([
            expect.objectContaining({ pointer: '/attended' }),
          ]) as unknown,
        });
      }
      expect((await files.alice.seenBy(officer)).after).toMatchObject({ defenceOutcome: null });
    });

    it('M-28: is passed in three to five minutes, and once', async () => {
      isHeld();
      // It would have failed for good, and nobody had said so.
      const unsaid = await conclude(files.alice, { attended: true, minutes: 4 });
      expect(problemIn(unsaid)).toMatchObject({ status: 400, findings: [{ pointer: '/passed' }] });
      const both = { attended: false, cause: '住院', passed: true };
      const contradictory = await conclude(files.alice, both);
      expect(problemIn(contradictory)).toMatchObject({
        status: 400,
        findings: [{ pointer: '/passed' }],
      });
      const passed = { attended: true, minutes: 5, passed: true };
      expect((await conclude(files.alice, passed)).body).toMatchObject({
        after: { defenceOutcome: { outcome: 'passed' } },
        warnings: [],
      });
      expect(await refusal(conclude(files.alice, passed))).toEqual([409, 'already-recorded']);
      expect(await refusal(appoint(files.alice, '2022-10-30'))).toEqual([409, 'already-recorded']);
    });

    it('M-28: may fail, and an unusual length is shown', async () => {
      expect((await appoint(files.bob, '2022-10-13')).status).toBe(201);
      isHeld('2022-10-13');
      const failed = { attended: true, minutes: 6, passed: false };
      const answer = await conclude(files.bob, failed).set('Accept-Language', 'en');
      expect(answer.body).toMatchObject({
        after: { defenceOutcome: { outcome: 'failed' } },
        warnings: [{ code: 'defence-length-unusual', rule: 'M-28', severity: 'warn' }],
      });
      expect(answer.text).toContain('A defence lasts 3 to 5 minutes.');
    });

    it('M-28: absent with cause is appointed again, without cause is a veto', async () => {
      const { absent } = files;
      expect((await appoint(absent, '2022-10-14')).status).toBe(201);
      isHeld('2022-10-14');
      const excused = await conclude(absent, { attended: false, cause: '住院，已附证明' });
      expect(excused.body).toMatchObject({
        after: { defence: null, defenceOutcome: { outcome: 'excused' } },
        warnings: [],
      });
      expect((await appoint(absent, '2022-10-20')).status).toBe(201);
      isHeld('2022-10-20');
      const vetoed = await conclude(absent, { attended: false });
      expect(vetoed.body).toMatchObject({
        after: { defenceOutcome: { outcome: 'vetoed' } },
        warnings: [{ code: 'defence-absent-veto', rule: 'M-28', clause: '四(一)18' }],
      });
      expect(await refusal(appoint(absent, '2022-10-21'))).toEqual([409, 'already-recorded']);
    });

    it('is the title office’s that has the dossier', async () => {
      const stranger = { ...officer, organisation: elsewhere };
      const answer = post(files.both, stranger, 'defence', appointment);
      expect(await refusal(answer)).toEqual([404, 'not-found']);
      const unitToo: Person = { ...unitReviewer, roles: ['unit-reviewer', 'title-office'] };
      const unit = await post(files.both, unitToo, 'defence', appointment);
      expect(problemIn(unit)).toMatchObject({ status: 422, code: 'not-your-organisation' });
    });
  });
});
