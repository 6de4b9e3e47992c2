import { none } from '../../src/dossier/form/schema';
import { body, problemIn, refusal, startService, type ServiceInProcess } from '../support/service';
import { checklist, DossierFile, notice, pdf, reasonAbout, statement } from './dossier-file';
import { HeldClock, justBefore } from './held-clock';
import { alice, officer, unitReviewer } from './people';

/** A Wednesday; the fifth working day, after the Mid-Autumn holiday, is the Wednesday after. */
const firstDay = '2022-09-07';
const over = '2022-09-15T00:00:00.000+08:00';

describe('Publicity in the unit', () => {
  let service: ServiceInProcess;
  let clock: HeldClock;
  let file: DossierFile;

  /** Filed in time, and with the unit on the first day. */
  beforeEach(async () => {
    clock = new HeldClock('2022-08-26T09:00:00.000+08:00');
    service = await startService({ clock });
    file = await DossierFile.filed(service, alice);
    clock.moveTo(`${firstDay}T16:00:00.000+08:00`);
  });
  afterEach(() => service.stop());

  const unit = () => service.as(unitReviewer);
  const recommend = (sent: object = {}) =>
    unit().post(`${file.path}/recommendation`, { checklist, statement, ...sent });
  const withPapers = async () => recommend({ papers: await file.sealedPapers() });
  const findingsOf = async (sent?: object) =>
    (problemIn(await recommend(sent)).findings ?? []).map(
      ({ rule, code, pointer }) => `${String(rule)} ${code} ${pointer}`,
    );
  const object = () => file.post(unitReviewer, 'publicity/objections', { text: '项目角色不符' });
  const settle = (n: number | string) =>
    unit().post(`${file.path}/publicity/objections/${n}/outcome`, {
      upheld: false,
      statement: '经核查任务书，角色属实',
    });

  it('is shown with its first day and every objection with its outcome', async () => {
    const look = (by = unitReviewer) => body(service.as(by).get(`${file.path}/publicity`), 200);
    expect(await look()).toMatchObject({ publicity: null, objections: [] });
    const started = await file.post(unitReviewer, 'publicity', notice);
    expect(started).toMatchObject({ firstDay, status: 'under-review' });
    expect(await object()).toMatchObject({ number: 1 });
    const publicity = { firstDay, ...notice };
    const objection = { number: 1, text: '项目角色不符' };
    expect(await look()).toMatchObject({
      publicity,
      objections: [{ ...objection, outcome: null }],
    });
    expect((await settle(1)).status).toBe(201);
    expect(await look()).toMatchObject({
      objections: [{ ...objection, outcome: { upheld: false } }],
    });
    // What was objected may tell who did.
    const toldToApplicant = [{ number: 1, text: null, outcome: { upheld: false } }];
    expect(await look(alice)).toMatchObject({ publicity, objections: toldToApplicant });
    expect(await file.seenBy(alice)).toMatchObject({ objections: toldToApplicant });
  });

  it('R-7: is needed before the recommendation', async () => {
    expect(await findingsOf({ papers: await file.sealedPapers() })).toEqual([
      'R-7 publicity-not-started ',
    ]);
  });

  it('R-7: lasts five working days, and the unit recommends from the day after', async () => {
    await file.publish();
    clock.moveTo(justBefore(over));
    const answer = await withPapers();
    expect(await refusal(Promise.resolve(answer))).toEqual([422, 'publicity-too-short']);
    expect(answer.body).toMatchObject({ rule: 'R-7', clause: '四(二)' });
    expect(answer.text).toContain('2022-09-14');
    clock.moveTo(over);
    expect((await withPapers()).status).toBe(201);
  });

  it('R-8: no objection is open when the unit recommends', async () => {
    await file.publish();
    await object();
    await object();
    clock.moveTo(over);
    expect((await settle(2)).status).toBe(201);
    const open = await withPapers();
    expect(await refusal(Promise.resolve(open))).toEqual([422, 'publicity-objection-open']);
    expect(open.body).toMatchObject({ findings: [{ pointer: '/publicity/objections/1' }] });
    expect((await settle(1)).status).toBe(201);
    expect((await withPapers()).status).toBe(201);
  });

  it('an objection is settled once, and only one there is', async () => {
    await file.publish();
    await object();
    expect(await refusal(settle(2))).toEqual([404, 'unknown-objection']);
    expect(await refusal(settle('one'))).toEqual([404, 'not-found']);
    expect((await settle(1)).status).toBe(201);
    expect(await refusal(settle(1))).toEqual([409, 'objection-settled']);
  });

  it('everything that speaks against a recommendation is told at once', async () => {
    await file.publish();
    await object();
    const sent = { checklist: {}, statement: `${statement}。`, papers: {} };
    expect((await findingsOf(sent)).sort()).toEqual([
      'F-3 publicity-material-missing /papers/publicity-notice',
      'F-3 publicity-material-missing /papers/publicity-result',
      'R-3 checklist-incomplete /checklist/accurate',
      'R-3 checklist-incomplete /checklist/authentic',
      'R-3 checklist-incomplete /checklist/no-omissions',
      'R-7 publicity-too-short ',
      'R-8 publicity-objection-open /publicity/objections/1',
      'R-9 recommendation-text-mismatch /statement',
    ]);
  });

  it('R-9: papers that were never uploaded prove nothing', async () => {
    await file.publish();
    clock.moveTo(over);
    const { 'publicity-notice': uploaded = '' } = await file.sealedPapers();
    const papers = { 'publicity-notice': uploaded, 'publicity-result': 'a'.repeat(64) };
    expect(await refusal(recommend({ papers }))).toEqual([409, 'unknown-attachment']);
  });

  it('R-9: papers are named by the codes of the round, each a SHA-256', async () => {
    const unknown = await recommend({ papers: { minutes: 'a'.repeat(64) } });
    expect(problemIn(unknown)).toMatchObject({ status: 422 });
    expect(unknown.body).toMatchObject({
      findings: expect.arrayContaining([
        expect.objectContaining({ code: 'unknown-paper', rule: 'R-9', pointer: '/papers/minutes' }),
      ]) as unknown,
    });
    const malformed = { papers: { 'publicity-notice': 5 }, checklist: { accurate: 'yes' } };
    const answer = await recommend(malformed);
    expect(await refusal(Promise.resolve(answer))).toEqual([400, 'malformed-request']);
    expect(answer.body).toMatchObject({
      findings: [{ pointer: '/checklist/accurate' }, { pointer: '/papers/publicity-notice' }],
    });
  });

  it('M-24: what the applicant left out of the other attachments, the unit adds', async () => {
    await file.giveBack(unitReviewer, reasonAbout('otherAttachments'));
    const { politicalConduct, ...others } = file.sections.otherAttachments ?? {};
    const unproven = { ...politicalConduct, evidence: none };
    await file.save('otherAttachments', { ...others, politicalConduct: unproven });
    await file.submit();
    await file.publish();
    clock.moveTo(over);
    const papers = await file.sealedPapers();
    expect(await findingsOf({ papers })).toEqual([
      'M-24 other-attachment-missing /papers/political-conduct',
    ]);
    const { sha256 } = await file.attach(pdf('思想政治表现'), '表现.pdf', unitReviewer);
    const taken = await recommend({ papers: { ...papers, 'political-conduct': sha256 } });
    expect(taken.status).toBe(201);
    const { unitPapers } = await file.seenBy(officer);
    expect(unitPapers.map((paper) => paper.sha256)).toEqual([papers['publicity-notice'], sha256]);
  });

  it('is for what was filed: it stays where other parts change, and is repeated where it shows', async () => {
    await file.publish();
    await file.giveBack(unitReviewer, reasonAbout('workSummary'));
    await file.summarise('第二稿');
    await file.submit();
    expect(await findingsOf()).toContain('R-7 publicity-too-short ');

    await file.giveBack(unitReviewer, reasonAbout('basicInformation'));
    const identity = { ...file.sections.basicInformation, post: '总工程师' };
    await file.save('basicInformation', identity);
    await file.submit();
    expect(await findingsOf()).toContain('R-7 publicity-not-started ');
    await file.publish();
    expect(await findingsOf()).toContain('R-7 publicity-too-short ');
  });

  it('is over once the dossier has left the unit', async () => {
    await file.publish();
    clock.moveTo(over);
    expect((await withPapers()).status).toBe(201);
    expect(await refusal(unit().post(`${file.path}/publicity`, notice))).toEqual([
      422,
      'not-at-this-stage',
    ]);
    const late = service.as(unitReviewer).upload(file.id, pdf('补充'));
    expect(await refusal(late)).toEqual([422, 'not-at-this-stage']);
  });
});
