import { createHash } from 'node:crypto';

import type { Json } from '../../src/engine/event-store';
import {
  body,
  refusal,
  startService,
  type Person,
  type ServiceInProcess,
} from '../support/service';
import { DossierFile, pdf, reasonAbout, summary } from './dossier-file';
import {
  alice,
  applicant,
  bureau,
  bureauSupervisor,
  elsewhere,
  office,
  officer,
  prefecture,
  prefectureSupervisor,
  unit,
  unitReviewer,
} from './people';

describe('A dossier', () => {
  let service: ServiceInProcess;
  beforeEach(async () => {
    service = await startService();
  });
  afterEach(() => service.stop());

  it('is filed, returned, corrected, filed again and accepted', async () => {
    const file = await DossierFile.filledIn(service, alice);
    const saved = await file.summarise('任现职以来');
    expect(saved).toMatchObject({ status: 'draft', submitted: false, section: 'workSummary' });

    const first = await file.submit();
    expect(first).toMatchObject({ status: 'under-review', number: 1, remaining: 2, warnings: [] });
    expect(await file.seenBy(unitReviewer)).toMatchObject({
      status: 'under-review',
      stage: { kind: 'unit', organisation: unit, step: 0 },
      chain: [unit, bureau, prefecture, office],
    });

    await file.giveBack(
      unitReviewer,
      reasonAbout('workSummary', '请写明具体工作'),
      reasonAbout('education', '请补充在职学历'),
    );
    const unanswered = service.as(alice).post(`${file.path}/submissions`, { confirmed: true });
    expect(await refusal(unanswered)).toEqual([422, 'return-reasons-unanswered']);

    await file.summarise('任现职以来主持完成三项灌区改造');
    await file.explain(2, '无在职学历');
    const second = await file.submit();
    expect(second).toMatchObject({ number: 2, remaining: 1 });

    await file.recommend();
    expect((await file.seenBy(unitReviewer)).stage).toMatchObject({ organisation: bureau });
    await file.endorse(bureauSupervisor);
    await file.endorse(prefectureSupervisor);
    expect((await file.seenBy(officer)).stage).toMatchObject({ organisation: office });
    expect(await file.accept()).toMatchObject({ status: 'accepted' });

    const later = service.as(alice).put(`${file.path}/sections/workSummary`, summary('再改'));
    expect(await refusal(later)).toEqual([422, 'dossier-final']);
  });

  it('is filed a third time after returns at other levels, and never a fourth', async () => {
    const file = await DossierFile.filed(service, applicant('third-time'));
    await file.recommend();
    await file.giveBack(bureauSupervisor, reasonAbout('workSummary'));
    await file.summarise('第二稿');
    await file.submit();
    await file.pass();
    await file.giveBack(officer, reasonAbout('workSummary'));
    await file.summarise('第三稿');
    expect(await file.submit()).toMatchObject({ number: 3, remaining: 0 });

    expect(await file.giveBack(unitReviewer, reasonAbout('workSummary'))).toMatchObject({
      status: 'closed',
    });
    const fourth = service.as(file.applicant).post(`${file.path}/submissions`, { confirmed: true });
    expect(await refusal(fourth)).toEqual([422, 'submission-limit-reached']);
    expect(await file.seenBy(file.applicant)).toMatchObject({
      status: 'closed',
      closedBecause: 'submission-limit',
    });
  });

  it('that is withdrawn and opened again keeps the tries it has used', async () => {
    const file = await DossierFile.filed(service, applicant('withdrawer'));
    await file.withdraw();
    const again = await DossierFile.open(service, file.applicant);
    expect(again.id).toBe(file.id);
    expect(await file.submit()).toMatchObject({ number: 2, remaining: 1 });
  });

  it('gives a receipt whose hash proves the content exactly as filed', async () => {
    const file = await DossierFile.filledIn(service, applicant('hashed'));
    const receipt = await file.submit();
    const { content } = await file.submission(1);
    expect(sha256OfSorted(content)).toBe(receipt.contentHash);
    expect(receipt.submittedAt).toMatch(/^2022-08-26T09:\d\d:\d\d\.\d{3}\+08:00$/);
  });

  it('shows submission n exactly as filed, whatever is edited later', async () => {
    const file = await DossierFile.filledIn(service, applicant('editor'));
    await file.summarise('第一稿');
    await file.submit();
    const asFiled = async (number: number, person?: Person) => {
      const { revision: _now, ...submission } = await file.submission(number, person);
      return submission;
    };
    const filed = await asFiled(1);
    expect(filed.content.sections).toEqual({ ...file.sections, workSummary: summary('第一稿') });

    await file.giveBack(unitReviewer, reasonAbout('workSummary'));
    await file.summarise('第二稿');
    await file.attach(pdf('第二稿'));
    expect(await asFiled(1)).toEqual(filed);
    await file.submit();
    expect(await asFiled(1, unitReviewer)).toEqual(filed);
    expect((await asFiled(2)).content.sections).toEqual({
      ...file.sections,
      workSummary: summary('第二稿'),
    });
    expect(await refusal(service.as(unitReviewer).get(`${file.path}/submissions/3`))).toEqual([
      404,
      'not-found',
    ]);
  });

  it('shows reviewers what was filed and never the draft in hand', async () => {
    const file = await DossierFile.filed(service, applicant('drafter'));
    await file.giveBack(unitReviewer, reasonAbout('workSummary'));
    await file.summarise('尚在修改');
    const { sha256 } = await file.attach(pdf('尚未上报'));
    await file.explain(1, '尚未上报的说明');

    const reviewer = service.as(unitReviewer);
    const { revision } = await file.seenBy(file.applicant);
    const paths = ['', '/sections/workSummary', '/submissions', '/submissions/1', '/returns'];
    for (const path of [...paths, `?asOf=${revision}`, '/submissions/1/changes']) {
      const { status, text } = await reviewer.get(`${file.path}${path}`);
      expect(status).toBe(200);
      expect(text).not.toMatch(/尚/);
      expect(text).not.toContain(sha256);
    }
    const own = await service.as(file.applicant).get(`${file.path}/sections/workSummary`);
    expect(own.body).toMatchObject({ content: summary('尚在修改') });
  });

  it('shows what changed since the submission before, beside reasons and answers', async () => {
    const file = await DossierFile.filledIn(service, applicant('changer'));
    const { text: promise = '' } = file.sections.commitment ?? {};
    const scanned = async (content: string): Promise<string> => {
      const { sha256 } = await file.attach(pdf(content));
      await file.answerMasking(sha256, { nameShown: false });
      await file.save('commitment', { text: promise, scan: sha256 });
      return sha256;
    };
    const blurred = await scanned('模糊');
    await file.summarise('原文');
    await file.submit();
    const attachment = {
      code: 'evidence-illegible',
      attachment: blurred,
      correction: '请重新扫描',
    };
    await file.giveBack(
      unitReviewer,
      reasonAbout('workSummary', '请改写'),
      reasonAbout('education', '请补充'),
      attachment,
    );
    const sharp = await scanned('清晰');
    await file.summarise('新文');
    await file.explain(2, '无其他学历');
    await file.submit();

    const scan = { pointer: '/sections/commitment/scan', before: blurred, after: sharp };
    const text = {
      pointer: '/sections/workSummary/text',
      before: summary('原文').text,
      after: summary('新文').text,
    };
    const masking = { pointer: `/masking/${sharp}`, kind: 'added', section: null };
    const { changes, reasons, previous } = await file.changes(2, unitReviewer);
    expect(previous).toBe(1);
    expect(changes).toEqual([
      expect.objectContaining({ pointer: `/attachments/${sharp}`, kind: 'added', section: null }),
      expect.objectContaining(masking),
      { ...text, kind: 'changed', section: 'workSummary' },
      { ...scan, kind: 'changed', section: 'commitment' },
    ]);
    expect(reasons).toMatchObject([
      { reason: 1, correction: '请改写', changed: true, explanation: null, changes: [text] },
      { reason: 2, correction: '请补充', changed: false, explanation: '无其他学历', changes: [] },
      { reason: 3, part: { attachment: blurred }, changed: true, changes: [scan] },
    ]);
    expect(await file.changes(1, unitReviewer)).toMatchObject({ previous: null, changes: [] });
  });

  it('is checked beforehand as often as one likes, which uses up nothing', async () => {
    const file = await DossierFile.filed(service, applicant('careful'));
    await file.giveBack(unitReviewer, reasonAbout('workSummary'));
    const precheck = () => service.as(file.applicant).get(`${file.path}/precheck`);
    const before = await body<{ ok: boolean }>(precheck(), 200);
    expect(before).toMatchObject({
      ok: false,
      findings: [{ code: 'return-reasons-unanswered', rule: 'R-5', clause: '三(四)' }],
    });
    expect(await body(precheck(), 200)).toEqual(before);
    await file.summarise('补充完整');
    expect(await body(precheck(), 200)).toMatchObject({ ok: true, findings: [] });
    expect(await file.submit()).toMatchObject({ number: 2, remaining: 1 });
  });

  it('is opened once a round', async () => {
    const person = applicant('twice');
    await DossierFile.open(service, person);
    await expect(DossierFile.open(service, person)).rejects.toThrow('dossier-already-open');
  });

  it('goes up the chain of the unit it comes from', async () => {
    const file = await DossierFile.open(service, applicant('at-the-region', elsewhere));
    const { chain } = await file.seenBy(file.applicant);
    expect(chain).toEqual([elsewhere, 'water-department-hr', office]);
  });
});

/** As anybody holding the content can compute it: JSON without white space, keys in order. */
function sha256OfSorted(content: Json): string {
  const text = JSON.stringify(content, (_, value: Json) =>
    value !== null && typeof value === 'object' && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
      : value,
  );
  return createHash('sha256').update(text).digest('hex');
}
