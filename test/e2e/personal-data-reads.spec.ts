import { FileBlobStore } from '../../src/adapters/files/blob-store';
import { png } from '../../src/cli/season/people/evidence-files';
import type { AuditEntry } from '../../src/projections/audit-trail';
import type { Page } from '../../src/http/answers';
import { body, startService, type Person, type ServiceInProcess } from '../support/service';
import { FaultyLog } from '../faults/faulty-log';
import { DossierFile, reasonAbout } from './dossier-file';
import { alice, applicant, auditor, bureauSupervisor, officer, unitReviewer } from './people';

interface Identity {
  readonly idNumber: string;
  readonly phone: string;
}

describe('Personal data', () => {
  const faulty = new FaultyLog();
  let service: ServiceInProcess;
  let file: DossierFile;
  let identity: Identity;
  let original: string;

  beforeAll(async () => {
    service = await startService({ through: (log) => faulty.before(log) });
    file = await DossierFile.filledIn(service, alice);
    const scan = await file.attach(png('SPECIMEN, name in sight'), '承诺书.png');
    const covered = await file.attach(png('SPECIMEN, name covered'), '遮盖.png');
    await file.answerMasking(scan.sha256, { nameShown: true, maskedVersion: covered.sha256 });
    await file.save('commitment', { ...file.sections.commitment, scan: scan.sha256 });
    await file.submit();
    await file.publish();
    identity = file.sections.basicInformation as Identity;
    original = scan.id;
  });
  afterAll(() => service.stop());

  const textOf = async (path: string, person: Person) => (await service.as(person).get(path)).text;
  const reads = async () =>
    (await service.events()).filter(({ type }) => type === 'PersonalDataRead');
  const isMasked = (text: string): void => {
    expect(text).toContain(identity.idNumber.slice(0, 3));
    expect(text).not.toContain(identity.idNumber);
    expect(text).not.toContain(identity.phone);
  };

  it('is shown whole to the person, and masked to everybody else', async () => {
    const { revision } = await file.seenBy(alice);
    const paths = ['', '/sections/basicInformation', `?asOf=${revision}`].map(
      (what) => file.path + what,
    );
    for (const path of paths) {
      expect(await textOf(path, alice)).toContain(identity.idNumber);
      for (const person of [unitReviewer, bureauSupervisor, officer, auditor]) {
        isMasked(await textOf(path, person));
      }
    }
    expect(await reads()).toEqual([]);
  });

  it('that changed is masked, and named as changed, beside what was filed before', async () => {
    const mover = await DossierFile.filed(service, applicant('mover'));
    await mover.giveBack(unitReviewer, reasonAbout('basicInformation'));
    const before = mover.sections.basicInformation as Identity;
    const phone = `${before.phone.slice(0, 3)}7777${before.phone.slice(7)}`;
    await mover.save('basicInformation', { ...mover.sections.basicInformation, phone });
    await mover.submit();
    const pointer = '/sections/basicInformation/phone';
    const changed = (person: Person) =>
      mover
        .changes(2, person)
        .then(({ changes }) => changes.find((one) => one.pointer === pointer));
    expect(await changed(mover.applicant)).toMatchObject({ before: before.phone, after: phone });
    const hidden = `${phone.slice(0, 3)}****${phone.slice(-4)}`;
    expect(await changed(officer)).toMatchObject({ before: hidden, after: hidden });
  });

  it('is shown whole where a submission is read exactly as filed, and that is recorded', async () => {
    const path = `${file.path}/submissions/1`;
    expect(await textOf(path, alice)).toContain(identity.idNumber);
    expect(await reads()).toEqual([]);
    for (const person of [unitReviewer, unitReviewer, officer]) {
      expect(await textOf(path, person)).toContain(identity.idNumber);
    }
    const expected = ['uma', 'oda'].map((reader) => ({
      stream: `reads-${file.id}`,
      data: { dossier: file.id, reader, part: 'submissions/1' },
      metadata: { person: alice.subject, actor: { subject: reader }, command: null },
    }));
    expect(await reads()).toMatchObject(expected);
  });

  it('in scans and copies for the files is recorded as well, masked versions are not', async () => {
    const before = (await reads()).length;
    await service.as(alice).get(`/v1/evidence/${original}`);
    await service.as(officer).get(`/v1/evidence/${original}`);
    const notice = `${file.path}/documents/publicity-notice`;
    await service.as(officer).get(notice);
    expect(await reads()).toHaveLength(before);
    expect((await service.as(unitReviewer).get(`/v1/evidence/${original}`)).status).toBe(200);
    expect((await service.as(unitReviewer).get(`${notice}?audience=archive`)).status).toBe(200);
    expect((await reads()).slice(before).map(({ data }) => data)).toMatchObject([
      { reader: 'uma', part: `evidence/${original.split('.')[1] ?? ''}` },
      { reader: 'uma', part: 'documents/publicity-notice' },
    ]);
  });

  it('is found in the audit trail of the dossier by who read it', async () => {
    const [last] = (await reads()).slice(-1);
    const trail = service
      .as(auditor)
      .get(`/v1/audit/events?dossier=${file.id}&type=PersonalDataRead`)
      .set('Read-After', last?.position ?? '');
    const { items } = await body<Page<AuditEntry>>(trail, 200);
    expect(new Set(items.map(({ actor }) => actor))).toEqual(new Set(['uma', 'oda']));
  });

  it('is not given, nor its file opened, where that cannot be recorded', async () => {
    const opened = jest.spyOn(FileBlobStore.prototype, 'get');
    const look = () => service.as(auditor).get(`/v1/evidence/${original}`);
    faulty.failOnce('append refused');
    expect((await look()).status).toBe(503);
    expect(opened).not.toHaveBeenCalled();
    expect((await look()).status).toBe(200);
    expect(opened).toHaveBeenCalledTimes(1);
    opened.mockRestore();
  });
});
