import type { Response } from 'supertest';

import { png } from '../../src/cli/season/people/evidence-files';
import { problemIn, refusal, startService, type ServiceInProcess } from '../support/service';
import { DossierFile, pdf, reasonAbout } from './dossier-file';
import {
  alice,
  applicant,
  auditor,
  bob,
  bureauSupervisor,
  officer,
  prefectureSupervisor,
  unit,
  unitReviewer,
} from './people';

const original = png('SPECIMEN, name in sight');
const covered = png('SPECIMEN, name covered');
const beyondTheUnit = [bureauSupervisor, prefectureSupervisor, officer];

/** M-27: an attachment that shows the applicant's name is seen masked beyond the unit. */
describe('Masking', () => {
  let service: ServiceInProcess;
  beforeAll(async () => {
    service = await startService();
  });
  afterAll(() => service.stop());

  const submit = ({ path, applicant: by }: DossierFile) =>
    service.as(by).post(`${path}/submissions`, { confirmed: true });
  const findingsOf = async (file: DossierFile) =>
    (problemIn(await submit(file)).findings ?? []).map(({ code, pointer }) => [code, pointer]);
  const saveCommitment = (file: DossierFile, scan: string) =>
    file.save('commitment', { ...file.sections.commitment, scan });
  const pointerOf = (sha256: string) => `/attachments/${sha256}/masking`;

  it('is answered for every attachment, and covered where the name shows', async () => {
    const file = await DossierFile.filledIn(service, applicant('answering'));
    const { sha256 } = await file.attach(original, '承诺书.png');
    await saveCommitment(file, sha256);
    expect(await findingsOf(file)).toEqual([['masking-unanswered', pointerOf(sha256)]]);

    await file.answerMasking(sha256, { nameShown: true });
    const answer = await submit(file);
    expect(answer.body).toMatchObject({
      status: 422,
      code: 'masked-version-missing',
      rule: 'M-27',
      clause: '四(一)17',
      findings: [{ pointer: pointerOf(sha256) }],
    });

    const { sha256: maskedVersion } = await file.attach(covered, '承诺书（遮盖）.png');
    await file.answerMasking(sha256, { nameShown: true, maskedVersion });
    expect((await submit(file)).status).toBe(201);
  });

  it('names attachments of this dossier only, and none as its own cover', async () => {
    const file = await DossierFile.open(service, bob);
    const { id, sha256 } = await file.attach(original);
    for (const maskedVersion of [sha256, 'a'.repeat(64)]) {
      const answer = service
        .as(bob)
        .put(`/v1/evidence/${id}/masking`, { nameShown: true, maskedVersion });
      expect(await refusal(answer)).toEqual([409, 'unknown-attachment']);
    }
    const unknown = `/v1/evidence/${file.id}.${'a'.repeat(64)}/masking`;
    expect(await refusal(service.as(bob).put(unknown, { nameShown: false }))).toEqual([
      409,
      'unknown-attachment',
    ]);
  });

  it('takes no cover that shows the name itself', async () => {
    const file = await DossierFile.open(service, applicant('covering'));
    const { id, sha256 } = await file.attach(original);
    const cover = await file.attach(covered);
    await file.answerMasking(cover.sha256, { nameShown: true });
    const maskedVersion = cover.sha256;
    const answer = await service
      .as(file.applicant)
      .put(`/v1/evidence/${id}/masking`, { nameShown: true, maskedVersion });
    expect(answer.body).toMatchObject({
      ...{ status: 422, code: 'masked-version-shows-name', rule: 'M-27', clause: '四(一)17' },
      findings: [{ pointer: '/maskedVersion' }],
    });
    await file.answerMasking(sha256, { nameShown: true });
  });

  describe('of a filed dossier', () => {
    let file: DossierFile;
    let ids: { original: string; covered: string; unanswered: string };

    beforeAll(async () => {
      file = await DossierFile.filledIn(service, alice);
      const scan = await file.attach(original, '张三的承诺书.png');
      const masked = await file.attach(covered, '承诺书（遮盖）.png');
      await file.answerMasking(scan.sha256, { nameShown: true, maskedVersion: masked.sha256 });
      await saveCommitment(file, scan.sha256);
      // Named by no section, so that the filing does not ask for it.
      const spare = await file.attach(png('SPECIMEN, spare'), '备用.png');
      await file.submit();
      ids = { original: scan.id, covered: masked.id, unanswered: spare.id };
    });

    const download = (id: string, person: typeof alice) =>
      service.as(person).get(`/v1/evidence/${id}`).buffer(true).parse(bytesOf);

    it.each([alice, unitReviewer, auditor, { ...auditor, organisation: unit }])(
      'shows the original to %j',
      async (person) => {
        expect((await download(ids.original, person)).body).toEqual(original);
      },
    );

    it.each(beyondTheUnit)('shows the masked version, and only it, to %j', async (person) => {
      for (const id of [ids.original, ids.covered]) {
        const answer = await download(id, person);
        expect([answer.status, answer.body]).toEqual([200, covered]);
        expect(answer.headers['content-length']).toBe(String(covered.length));
        const disposition = String(answer.headers['content-disposition']);
        expect(decodeURIComponent(disposition)).not.toContain('张三');
      }
    });

    it.each(beyondTheUnit)('shows nothing nobody answered for to %j', async (person) => {
      expect((await download(ids.unanswered, alice)).status).toBe(200);
      expect((await download(ids.unanswered, unitReviewer)).status).toBe(200);
      expect((await download(ids.unanswered, person)).status).toBe(404);
    });

    it.each(beyondTheUnit)(
      'shows the papers of the unit, which it asks for no answer, to %j',
      async (person) => {
        const paper = await file.attach(pdf('公示'), '公示.pdf', unitReviewer);
        expect((await download(paper.id, person)).body).toEqual(pdf('公示'));
      },
    );

    it('is asked again for an attachment that takes the place of another', async () => {
      await file.giveBack(unitReviewer, reasonAbout('commitment'));
      const again = await file.attach(png('SPECIMEN, scanned again'), '重新扫描.png');
      await saveCommitment(file, again.sha256);
      expect(await findingsOf(file)).toEqual([['masking-unanswered', pointerOf(again.sha256)]]);
      await file.answerMasking(again.sha256, { nameShown: false });
      await file.submit();
      expect((await download(again.id, officer)).body).toEqual(png('SPECIMEN, scanned again'));
      // What was filed before stays as it was answered for.
      for (const person of beyondTheUnit) {
        expect((await download(ids.original, person)).body).toEqual(covered);
      }
    });

    it('does not change under review', async () => {
      const answer = service.as(alice).put(`/v1/evidence/${ids.original}/masking`, {
        nameShown: false,
      });
      expect(await refusal(answer)).toEqual([409, 'dossier-under-review']);
    });
  });
});

function bytesOf(response: Response, done: (error: Error | null, bytes: Buffer) => void): void {
  const chunks: Buffer[] = [];
  const stream = response as unknown as NodeJS.ReadableStream;
  stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  stream.on('end', () => {
    done(null, Buffer.concat(chunks));
  });
}
