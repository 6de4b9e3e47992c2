import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

import { decryptedFile } from '../../src/adapters/evidence/encrypted-file';
import { SqliteEventStore } from '../../src/adapters/sqlite/event-store';
import { SqliteKeyStore } from '../../src/adapters/sqlite/key-store';
import { png } from '../../src/cli/season/people/evidence-files';
import type { Json } from '../../src/engine/event-store';
import { MasterKeys } from '../../src/engine/master-keys';
import { PersonKeys, type PersonKey } from '../../src/engine/person-keys';
import { PersonalDataCipher } from '../../src/engine/personal-data-cipher';
import { personalData } from '../../src/privacy/personal-data';
import { policy2022 } from '../../src/rounds/policy-2022';
import { newEvent } from '../support/events';
import { testConfig } from '../support/http';
import {
  body,
  everyEvent,
  moveClockTo,
  startService,
  until,
  type ServiceInProcess,
} from '../support/service';
import { bodyCanary, filesIn, sightings, type Canary } from './canaries';
import { completeDossier } from './complete-dossier';
import { choiceOf, DossierFile, pdf, reasonAbout, summary } from './dossier-file';
import {
  administrator,
  applicant,
  auditor,
  bob,
  bureauSupervisor,
  neighbourReviewer,
  officer,
  prefectureSupervisor,
  secondAuditor,
  unitReviewer,
} from './people';

const wren = applicant('wren');
const canaries: Canary[] = [];

/** A text that is nowhere else, noted under the field it is put into. */
function canary(field: string): string {
  const value = `金丝雀${canaries.length + 1001}之${field}`;
  canaries.push({ field, value });
  return value;
}

/** The form as the season fills it in, with a canary in every text that is free. */
function filledForm() {
  const { sections } = completeDossier(wren, {
    ...choiceOf(wren),
    organisation: 'ili-irrigation-district',
  });
  const free = new Set([
    'name',
    'post',
    'village',
    'school',
    'major',
    'work',
    'summary',
    'workload',
  ]);
  const place = (value: Json, path: string): Json => {
    if (Array.isArray(value)) {
      return (value as readonly Json[]).map((item, index) => place(item, `${path}/${index}`));
    }
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, member]) => {
        const at = `${path}/${name}`;
        const isFree = free.has(name) && typeof member === 'string' && member !== '无';
        return [name, isFree ? canary(at) : place(member, at)];
      }),
    );
  };
  const filled = place(sections, '') as Record<string, Record<string, Json>>;
  const identity = {
    ...filled.basicInformation,
    phone: '13912348765',
    ethnicity: 'gaoshan',
    politicalStatus: 'member-of-the-tsl',
  };
  for (const field of ['idNumber', 'phone', 'ethnicity', 'politicalStatus', 'birthDate'] as const) {
    const value = (identity as Record<string, Json>)[field];
    if (typeof value === 'string') canaries.push({ field, value });
  }
  canaries.push(bodyCanary('basicInformation', identity));
  const workSummary = summary(canary('workSummary'));
  return { ...filled, basicInformation: identity, workSummary };
}

/** A dossier in which every personal field holds a canary, from the opening to the defence and a case. */
describe('Canaries in every personal field', () => {
  let service: ServiceInProcess;
  let file: DossierFile;
  let evidence: string;
  const photo = png('SPECIMEN canary-photo-bytes-4711');
  const answers: string[] = [];

  beforeAll(async () => {
    canaries.push(
      { field: 'photo bytes', value: photo },
      { field: 'attachment bytes', value: 'canary-attachment-bytes-0815' },
      { field: 'unit paper bytes', value: 'canary-paper-bytes-0816' },
    );
    service = await startService({
      logLevel: 'trace',
      simulatedNow: '2022-08-08T09:00:00.000+08:00',
    });
    file = await DossierFile.open(service, wren);
    const leaver = await DossierFile.open(service, applicant('leaver'));
    await leaver.post(leaver.applicant, 'withdrawal', { reason: canary('withdrawal') });
    await fillIn();
    await passThrough();
  });
  afterAll(() => service.stop());

  async function fillIn(): Promise<void> {
    const { sha256 } = await file.attach(photo, `${canary('photo name')}.png`);
    const form = JSON.stringify(filledForm()).replace(/[0-9a-f]{64}/g, sha256);
    for (const [section, content] of Object.entries(JSON.parse(form) as Record<string, Json>)) {
      await file.save(section as Parameters<typeof file.save>[0], content);
    }
    const scan = await file.attach(
      pdf('canary-attachment-bytes-0815'),
      `${canary('scan name')}.pdf`,
    );
    evidence = scan.id;
    await file.answerMasking(sha256, { nameShown: true, maskedVersion: scan.sha256 });
  }

  async function passThrough(): Promise<void> {
    await file.submit();
    await file.giveBack(unitReviewer, reasonAbout('education', canary('correction')));
    await file.explain(1, canary('explanation'));
    canaries.push(bodyCanary('explanation', { explanation: canaries.at(-1)?.value as string }));
    await file.submit();
    const notice = { place: canary('place'), telephone: '0999-8765432' };
    canaries.push({ field: 'telephone', value: notice.telephone });
    await file.post(unitReviewer, 'publicity', notice);
    await file.post(unitReviewer, 'publicity/objections', { text: canary('objection') });
    await file.post(unitReviewer, 'publicity/objections/1/outcome', {
      upheld: false,
      statement: canary('outcome of the objection'),
    });
    await file.attach(pdf('canary-paper-bytes-0816'), `${canary('paper name')}.pdf`, unitReviewer);
    await file.recommend();
    await file.post(bureauSupervisor, 'endorsement', { opinion: canary('opinion') });
    await file.endorse(prefectureSupervisor);
    await file.accept();
    await file.post(officer, 'defence', {
      defenceAt: '2022-10-12T10:00:00+08:00',
      meeting: '腾讯会议 000-000-000',
    });
    await moveClockTo(service, '2022-10-12T11:00:00.000+08:00');
    const cause = canary('cause of absence');
    await file.post(officer, 'defence/outcome', { attended: false, passed: false, cause });
    const opened = { dossier: file.id, grounds: canary('grounds') };
    const { id } = await body<{ id: string }>(
      service.as(auditor).post('/v1/falsification-cases', opened),
      201,
    );
    const decided = { upheld: false, statement: canary('statement of the case') };
    await body(
      service.as(secondAuditor).post(`/v1/falsification-cases/${id}/decision`, decided),
      201,
    );
  }

  it('are seen by those who may see them', async () => {
    const view = JSON.stringify(await file.seenBy(wren));
    const unseen = canaries.filter(
      ({ field, value }) =>
        typeof value === 'string' &&
        !/bytes|hash|statement of|grounds|withdrawal|opinion|^basicInformation|explanation/.test(
          field,
        ) &&
        !view.includes(value),
    );
    expect(unseen.map(({ field }) => field)).toEqual([]);
    expect(canaries.length).toBeGreaterThan(40);
  });

  it('are in no file of the data folder', () => {
    const files = filesIn(service.dataDir);
    expect(files.map(([path]) => path)).toEqual(
      expect.arrayContaining(['events.db', 'events.db-wal', 'read-models.db', 'keys.db']),
    );
    expect(files.flatMap(([path, bytes]) => sightings(canaries, bytes, path))).toEqual([]);
    // Nor in the name of one.
    const names = Buffer.from(files.map(([path]) => path).join('\n'));
    expect(sightings(canaries, names, 'names')).toEqual([]);
  });

  it('are in no answer to people who may not see them', async () => {
    const strangers = [
      bob,
      neighbourReviewer,
      administrator,
      { ...auditor, organisation: 'nowhere' },
    ];
    const paths = [
      file.path,
      ...['submissions', 'submissions/1', 'submissions/2/changes', 'returns', 'publicity'].map(
        (what) => `${file.path}/${what}`,
      ),
      `${file.path}/sections/basicInformation`,
      `${file.path}/documents/evaluation-form`,
      `/v1/evidence/${evidence}`,
      '/v1/dossiers',
      '/v1/queue',
      `/v1/audit/events?dossier=${file.id}`,
      '/v1/falsification-cases',
      '/v1/notifications',
      '/v1/notifications/deliveries',
      '/health/ready',
      '/metrics',
    ];
    for (const person of strangers) {
      for (const path of paths) answers.push((await service.as(person).get(path)).text);
      const attempts = [
        service.as(person).put(`${file.path}/sections/workSummary`, { text: 1 }),
        service.as(person).post(`${file.path}/submissions`, { confirmed: true }),
        service.as(person).post(`${file.path}/acceptance`),
      ];
      for (const attempt of attempts) answers.push((await attempt).text);
    }
    expect(sightings(canaries, Buffer.from(answers.join('\n')), 'answers')).toEqual([]);
  });

  it('are in no list, also of those who may see the dossier', async () => {
    const people = [wren, unitReviewer, bureauSupervisor, officer];
    const lists: string[] = [];
    for (const person of people) {
      for (const path of ['/v1/dossiers', '/v1/queue', '/v1/notifications']) {
        lists.push((await service.as(person).get(path)).text);
      }
    }
    expect(sightings(canaries, Buffer.from(lists.join('\n')), 'lists')).toEqual([]);
  });

  it('are in no line of the log, whatever goes wrong', async () => {
    const spoilt = service.as(wren).put(`${file.path}/sections/workSummary`, {
      text: canaries.at(-1)?.value as string,
      [canaries[0]?.field ?? '']: canaries[0]?.value.toString(),
    });
    expect((await spoilt).status).toBe(400);
    await service.as(wren).get(`/v1/evidence/${file.id}.${encodeURIComponent('金丝雀')}`);
    expect(service.logged.length).toBeGreaterThan(100);
    expect(sightings(canaries, Buffer.from(service.logged.join('\n')), 'log')).toEqual([]);
  });

  it('would be found: in a folder without encryption each is', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'canaries-'));
    const store = SqliteEventStore.open(join(folder, 'events.db'));
    const texts = canaries.map(({ value }) => value.toString());
    await store.append('dossier-x', [newEvent(texts)], 'no-stream');
    const found = filesIn(folder).flatMap(([path, bytes]) => sightings(canaries, bytes, path));
    await store.close();
    rmSync(folder, { recursive: true });
    const fields = new Set(found.map(([field]) => field));
    const text = canaries.filter(({ value }) => typeof value === 'string');
    expect(text.filter(({ field }) => !fields.has(field))).toEqual([]);
  });

  describe('after the person was erased', () => {
    const copies = mkdtempSync(join(tmpdir(), 'canary-copies-'));
    const before = join(copies, 'before');
    const after = join(copies, 'after');
    afterAll(() => {
      rmSync(copies, { recursive: true });
    });

    beforeAll(async () => {
      cpSync(service.dataDir, before, { recursive: true });
      const shortened = { ...policy2022, retention: { ...policy2022.retention, years: 1 } };
      const correction = { policy: shortened, reason: '缩短保存期限' };
      await body(service.as(administrator).post('/v1/rounds/2022/policy', correction), 201);
      await moveClockTo(service, '2024-01-01T09:00:00.000+08:00');
      const erasure = service
        .as(administrator)
        .post('/v1/persons/wren/erasure', { ground: 'retention-over' });
      await body(erasure, 201);
      await until(async () => JSON.stringify(await file.seenBy(officer)).includes('已依法删除'));
      const evidenceOf = () =>
        filesIn(service.dataDir).filter(([path]) => path.startsWith('evidence'));
      await until(() => Promise.resolve(evidenceOf().length === 0));
      cpSync(service.dataDir, after, { recursive: true });
    });

    it('open with the keys of before, and with none that is left', async () => {
      expect(await openedWith(before, before)).toEqual({ values: true, files: true });
      expect(await openedWith(before, after)).toEqual({ values: false, files: false });
    });

    it('are in no file, and in no answer to anybody', async () => {
      const files = filesIn(after);
      expect(files.flatMap(([path, bytes]) => sightings(canaries, bytes, path))).toEqual([]);
      const texts: string[] = [];
      for (const person of [wren, unitReviewer, officer, auditor]) {
        for (const what of [
          '',
          '/submissions',
          '/submissions/1',
          '/submissions/2/changes',
          '/returns',
        ]) {
          texts.push((await service.as(person).get(file.path + what)).text);
        }
      }
      texts.push((await service.as(auditor).get(`/v1/audit/events?dossier=${file.id}`)).text);
      texts.push((await service.as(auditor).get('/v1/falsification-cases')).text);
      expect(sightings(canaries, Buffer.from(texts.join('\n')), 'answers')).toEqual([]);
    });

    it('leave no byte of the wrapped key in the key store', async () => {
      const store = SqliteKeyStore.open(join(before, 'keys.db'));
      const record = await store.find('wren');
      await store.close();
      if (record === undefined || record === 'destroyed') throw new Error('there was no key');
      const left = filesIn(after).filter(([, bytes]) => bytes.includes(record.wrapped));
      expect(left.map(([path]) => path)).toEqual([]);
    });
  });

  /** Whether a text of the log and a file of one folder open with any key of another. */
  async function openedWith(data: string, keyFolder: string) {
    const { masterKeys } = testConfig();
    const masters = new MasterKeys(masterKeys.newest);
    const keyStore = SqliteKeyStore.open(join(keyFolder, 'keys.db'));
    const log = SqliteEventStore.open(join(data, 'events.db'));
    try {
      const people = (await keyStore.list(null, 1000)).map(({ person }) => person);
      const keys = new PersonKeys(keyStore, masters);
      const events = (await everyEvent(log)).filter(({ metadata }) => metadata.person === 'wren');
      const found = { values: false, files: false };
      for (const person of people) {
        const key = await keys.existing(person);
        if (key === undefined || key === 'erased') continue;
        const asTheirs = new PersonalDataCipher(keys, personalData);
        for (const event of events) {
          const opened = await asTheirs.decrypt([{ ...event, person }]).catch(() => null);
          if (
            opened !== null &&
            sightings(canaries, Buffer.from(JSON.stringify(opened)), '').length > 0
          )
            found.values = true;
        }
        for (const [path, bytes] of filesIn(data)) {
          if (path.startsWith('evidence') && (await opensAsFile(bytes, key))) found.files = true;
        }
      }
      return found;
    } finally {
      await log.close();
      await keyStore.close();
    }
  }
});

async function opensAsFile(bytes: Buffer, { files }: PersonKey): Promise<boolean> {
  const content = async function* () {
    await Promise.resolve();
    yield bytes;
  };
  const plain: Buffer[] = [];
  try {
    for await (const piece of decryptedFile(content(), files)) plain.push(piece);
  } catch {
    return false;
  }
  return sightings(canaries, Buffer.concat(plain), basename('')).length > 0;
}
