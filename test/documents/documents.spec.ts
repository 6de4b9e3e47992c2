import type { Response } from 'supertest';

import { DossierFile, reasonAbout } from '../e2e/dossier-file';
import {
  alice,
  applicant,
  auditor,
  bob,
  bureauSupervisor,
  neighbourReviewer,
  officer,
  unitReviewer,
} from '../e2e/people';
import {
  body,
  moveClockTo,
  refusal,
  startService,
  type Person,
  type ServiceInProcess,
} from '../support/service';

let service: ServiceInProcess;
const at = (file: DossierFile, name: string) => `${file.path}/documents/${name}`;
const asked = (file: DossierFile, by: Person, name: string) =>
  service.as(by).get(at(file, name)).responseType('blob');
const refused = (file: DossierFile, by: Person, name: string) =>
  refusal(service.as(by).get(at(file, name)));

async function printed(file: DossierFile, by: Person, name: string): Promise<Buffer> {
  const response = await asked(file, by, name);
  expect([by.subject, response.status]).toEqual([by.subject, 200]);
  return response.body as Buffer;
}

describe('Documents of a dossier', () => {
  let file: DossierFile;
  beforeAll(async () => {
    service = await startService();
    file = await DossierFile.filledIn(service, alice);
  });
  afterAll(() => service.stop());

  it('there are none of a draft', async () => {
    expect(await refused(file, alice, 'publicity-notice')).toEqual([409, 'publicity-not-started']);
    expect(await refused(file, alice, 'publicity-result')).toEqual([409, 'publicity-not-started']);
    expect(await refused(file, alice, 'evaluation-form')).toEqual([409, 'dossier-not-accepted']);
    // To a reviewer it is not known yet.
    expect(await refused(file, unitReviewer, 'publicity-notice')).toEqual([404, 'not-found']);
  });

  it('others do not exist, nor do audiences', async () => {
    expect(await refused(file, alice, 'diploma')).toEqual([404, 'not-found']);
    expect(await refused(file, alice, 'toString')).toEqual([404, 'not-found']);
    const audience = 'publicity-notice?audience=everybody';
    expect(await refused(file, alice, audience)).toEqual([400, 'malformed-request']);
  });

  describe('that is public', () => {
    beforeAll(async () => {
      await file.submit();
      await file.publish();
    });

    it('the notice is a PDF to look at, under a name that says nothing of the person', async () => {
      const response: Response = await asked(file, unitReviewer, 'publicity-notice');
      expect(response.headers).toMatchObject({
        'content-type': 'application/pdf',
        'content-disposition': `inline; filename*=UTF-8''${encodeURIComponent('公示.pdf')}`,
        'cache-control': 'no-store',
        etag: expect.stringMatching(/^"\d+"$/) as string,
      });
      const pdf = response.body as Buffer;
      expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
      expect(response.headers['content-length']).toBe(String(pdf.length));
    });

    it('is shown to whom the dossier is, and to nobody else', async () => {
      const copies = await Promise.all(
        [alice, unitReviewer, bureauSupervisor, officer, auditor].map((person) =>
          printed(file, person, 'publicity-notice'),
        ),
      );
      for (const copy of copies) expect(copy.equals(copies[0] ?? Buffer.of())).toBe(true);
      for (const stranger of [bob, neighbourReviewer, applicant('mallory')]) {
        expect(await refused(file, stranger, 'publicity-notice')).toEqual([404, 'not-found']);
      }
    });

    it('the copy with the whole ID number is for the unit and the title office', async () => {
      const masked = await printed(file, unitReviewer, 'publicity-notice?audience=public');
      for (const keeper of [unitReviewer, officer]) {
        const copy = await printed(file, keeper, 'publicity-notice?audience=archive');
        expect(copy.equals(masked)).toBe(false);
      }
      for (const other of [alice, bureauSupervisor, auditor]) {
        expect(await refused(file, other, 'publicity-notice?audience=archive')).toEqual([
          403,
          'archive-copy-not-allowed',
        ]);
      }
    });

    it('there is no result before the time is over, and none while an objection is open', async () => {
      expect(await refused(file, unitReviewer, 'publicity-result')).toEqual([
        409,
        'publicity-too-short',
      ]);
      const objection = { text: '角色与实际不符。' };
      await body(
        service.as(unitReviewer).post(`${file.path}/publicity/objections`, objection),
        201,
      );
      await moveClockTo(service, '2022-09-02T09:00:00.000+08:00');
      expect(await refused(file, unitReviewer, 'publicity-result')).toEqual([
        409,
        'publicity-objection-open',
      ]);
      const outcome = { upheld: false, statement: '经核查不成立。' };
      const path = `${file.path}/publicity/objections/1/outcome`;
      await body(service.as(unitReviewer).post(path, outcome), 201);
      await printed(file, unitReviewer, 'publicity-result');
    });

    it('the evaluation form is of an accepted dossier only', async () => {
      expect(await refused(file, officer, 'evaluation-form')).toEqual([
        409,
        'dossier-not-accepted',
      ]);
      await file.pass();
      expect(await refused(file, officer, 'evaluation-form')).toEqual([
        409,
        'dossier-not-accepted',
      ]);
      await file.accept();
      const copies = await Promise.all(
        [alice, unitReviewer, bureauSupervisor, officer].map((person) =>
          printed(file, person, 'evaluation-form'),
        ),
      );
      for (const copy of copies) expect(copy.equals(copies[0] ?? Buffer.of())).toBe(true);
      // It holds the whole ID number: whoever but the applicant reads it is on record.
      const reads = (await service.events()).flatMap(({ type, data }) =>
        type === 'PersonalDataRead'
          ? [data as { readonly part: string; readonly reader: string }]
          : [],
      );
      const readers = reads.filter(({ part }) => part === 'documents/evaluation-form');
      expect(readers.map(({ reader }) => reader).sort()).toEqual(
        [unitReviewer, bureauSupervisor, officer].map(({ subject }) => subject).sort(),
      );
    });
  });
});

describe('Documents of a returned dossier', () => {
  beforeAll(async () => {
    service = await startService();
  });
  afterAll(() => service.stop());

  it('print what was filed, until something else is filed', async () => {
    const carl = applicant('carl');
    const file = await DossierFile.filed(service, carl);
    await file.publish();
    const before = await printed(file, carl, 'publicity-notice');
    await file.giveBack(unitReviewer, reasonAbout('basicInformation', '请核对电话'));
    const { basicInformation } = file.sections;
    if (basicInformation === undefined) throw new Error('nothing is filled in');
    await file.save('basicInformation', { ...basicInformation, post: '总工程师' });
    expect((await printed(file, carl, 'publicity-notice')).equals(before)).toBe(true);

    await file.submit();
    expect(await refused(file, carl, 'publicity-notice')).toEqual([409, 'publicity-not-started']);
    await file.publish();
    await printed(file, carl, 'publicity-notice');
  });
});
