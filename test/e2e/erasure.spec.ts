import { readdirSync } from 'node:fs';
import { join } from 'node:path';

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
import type { Policy } from '../../src/rounds/policy';
import { policy2022 } from '../../src/rounds/policy-2022';
import { DossierFile, pdf, reasonAbout, summary } from './dossier-file';
import {
  administrator,
  alice,
  applicant,
  auditor,
  bob,
  carol,
  office,
  officer,
  secondAuditor,
  unitReviewer,
} from './people';
import { roundOf } from './rounds';

const erased = '（已依法删除）';
const mallory = applicant('mallory');
/** Shortened, so that a bar outlasts the retention. */
const keptOneYear: Policy = { ...policy2022, retention: { ...policy2022.retention, years: 1 } };

/** 依法删除个人信息: from the request to the last byte. */
describe('Erasing a person', () => {
  let service: ServiceInProcess;
  let files: Record<'alice' | 'bob' | 'mallory', DossierFile>;

  beforeAll(async () => {
    service = await startService({ simulatedNow: '2022-08-08T09:00:00.000+08:00' });
    files = {
      alice: await DossierFile.filed(service, alice),
      bob: await DossierFile.filed(service, bob),
      mallory: await DossierFile.filed(service, mallory),
    };
    await files.alice.giveBack(unitReviewer, reasonAbout('workSummary', '请补充灌区工作'));
  });
  afterAll(() => service.stop());

  const erase = (person: Person, by = administrator, ground = 'retention-over') =>
    service.as(by).post(`/v1/persons/${person.subject}/erasure`, { ground });
  const evidenceFolders = () =>
    readdirSync(join(service.dataDir, 'evidence'), { recursive: true, withFileTypes: true }).filter(
      (entry) => entry.isFile(),
    ).length;
  const openCase = ({ id }: DossierFile) =>
    body<{ readonly id: string }>(
      service.as(auditor).post('/v1/falsification-cases', { dossier: id, grounds: '存疑' }),
      201,
    );
  const decide = ({ id }: { readonly id: string }, upheld: boolean) =>
    body(
      service
        .as(secondAuditor)
        .post(`/v1/falsification-cases/${id}/decision`, { upheld, statement: '经核查' }),
      201,
    );

  it('is for administrators of the title office, and of people there are', async () => {
    expect(await refusal(erase(alice, officer))).toEqual([403, 'role-missing']);
    const elsewhere = { ...administrator, organisation: 'ili-hr' };
    expect(await refusal(erase(alice, elsewhere))).toEqual([404, 'not-found']);
    expect(await refusal(erase(carol))).toEqual([404, 'not-found']);
    expect(await erase(alice, administrator, 'because')).toMatchObject({ status: 400 });
  });

  it('waits until the retention of the dossier is over', async () => {
    const answer = await erase(alice);
    expect(problemIn(answer)).toMatchObject({
      status: 409,
      code: 'retention-not-over',
      findings: [{ clause: '职称办公室规定（通知未作规定）' }],
    });
    const corrected = { policy: keptOneYear, reason: '缩短保存期限' };
    await body(service.as(administrator).post('/v1/rounds/2022/policy', corrected), 201);
    await moveClockTo(service, '2023-12-31T23:00:00.000+08:00');
    expect(await refusal(erase(alice))).toEqual([409, 'retention-not-over']);
    await moveClockTo(service, '2024-01-01T09:00:00.000+08:00');
  });

  it('waits for the end of an investigation', async () => {
    const opened = await openCase(files.bob);
    expect(await refusal(erase(bob))).toEqual([409, 'under-investigation']);
    await decide(opened, false);
    await body(erase(bob), 201);
  });

  it('waits for the end of a bar', async () => {
    await decide(await openCase(files.mallory), true);
    await until(async () => (await files.mallory.seenBy(officer)).status === 'closed');
    const answer = problemIn(await erase(mallory));
    expect(answer).toMatchObject({ code: 'under-bar', findings: [{ clause: '四(一)16' }] });
  });

  describe('whom nothing holds any more', () => {
    let position: string;
    let before: number;
    beforeAll(async () => {
      before = evidenceFolders();
      const answer = await body<{ readonly position: string }>(
        erase(alice).set('Idempotency-Key', 'erase-alice'),
        201,
      );
      ({ position } = answer);
      await until(() => Promise.resolve(evidenceFolders() < before));
    });

    it('is recorded, with nobody’s name, once', async () => {
      const again = erase(alice).set('Idempotency-Key', 'erase-alice');
      expect(await body(again, 201)).toMatchObject({ position });
      expect(await refusal(erase(alice))).toEqual([409, 'already-erased']);
      const recorded = (await service.events()).filter(
        ({ type, metadata }) => type === 'PersonErased' && metadata.person === alice.subject,
      );
      expect(recorded).toMatchObject([{ data: { ground: 'retention-over' } }]);
      expect(recorded[0]?.stream).toMatch(/^person-[0-9a-f]{64}$/);
    });

    it('leaves the dossier with what is not personal', async () => {
      const view = await files.alice.seenBy({ ...officer, organisation: office });
      expect(view).toMatchObject({
        applicant: alice.subject,
        status: 'closed',
        content: { sections: { basicInformation: { erased } } },
        returns: [{ reasons: [{ code: 'omission', correction: erased }] }],
      });
      const [filing] = view.submissions;
      expect(filing).toMatchObject({ number: 1, counted: true });
      expect(filing?.contentHash).toMatch(/^[0-9a-f]{64}$/);
    });

    it('leaves no scan to download, and takes no new one', async () => {
      const { sha256 } = (await files.alice.seenBy(officer)).content.attachments[0] ?? {};
      const scan = service.as(officer).get(`/v1/evidence/${files.alice.id}.${sha256 ?? ''}`);
      expect(await refusal(scan)).toEqual([404, 'not-found']);
    });

    it('fails no query, list, audit or document', async () => {
      const reviewer = service.as(officer);
      for (const path of [
        '',
        '/submissions',
        '/submissions/1',
        '/submissions/1/changes',
        '/returns',
      ]) {
        expect([path, (await reviewer.get(files.alice.path + path)).status]).toEqual([path, 200]);
      }
      const audit = await service.as(auditor).get(`/v1/audit/events?dossier=${files.alice.id}`);
      expect(audit.status).toBe(200);
      expect(audit.text).toContain(erased);
      expect((await reviewer.get('/v1/queue')).status).toBe(200);
      expect((await service.as(alice).get('/v1/notifications')).status).toBe(200);
      expect((await service.as(null).get('/health/ready')).status).toBe(200);
    });

    it('takes nothing personal of that account any more', async () => {
      const published = { policy: roundOf(2024), reason: '按通知发布' };
      await body(service.as(administrator).post('/v1/rounds', published), 201);
      await moveClockTo(service, '2024-08-08T09:00:00.000+08:00');
      const file = await DossierFile.open(service, alice, { round: '2024' });
      const save = service.as(alice).put(`${file.path}/sections/workSummary`, summary('再来一次'));
      expect(await refusal(save)).toEqual([409, 'person-erased']);
      const upload = service.as(alice).upload(file.id, pdf('再来一次'));
      expect(await refusal(upload)).toEqual([409, 'person-erased']);
    });

    it('stays erased after a restart', async () => {
      service = await service.restart();
      const view = await body<{ content: object }>(service.as(officer).get(files.alice.path), 200);
      expect(view.content).toMatchObject({ sections: { basicInformation: { erased } } });
    });
  });
});
