import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { SqliteEventStore } from '../../src/adapters/sqlite/event-store';
import { SqliteKeyStore } from '../../src/adapters/sqlite/key-store';
import { personalTypes } from '../../src/privacy/personal-data';
import { policy2022 } from '../../src/rounds/policy-2022';
import { newEvent } from '../support/events';
import {
  body,
  describeBuilt,
  moveClockTo,
  startService,
  until,
  type ServiceInProcess,
} from '../support/service';
import { filesIn, sightings } from './canaries';
import { canaries, canaryDossier, wren } from './canary-dossier';
import type { DossierFile } from './dossier-file';
import { openedWith } from './opened-with';
import {
  administrator,
  auditor,
  bob,
  bureauSupervisor,
  neighbourReviewer,
  officer,
  unitReviewer,
} from './people';

describe('Canaries in every personal field', () => {
  let service: ServiceInProcess;
  let file: DossierFile;
  let evidence: string;
  const answers: string[] = [];

  beforeAll(async () => {
    service = await startService({
      logLevel: 'trace',
      simulatedNow: '2022-08-08T09:00:00.000+08:00',
    });
    ({ file, evidence } = await canaryDossier(service));
  });
  afterAll(() => service.stop());

  it('are seen by those who may see them', async () => {
    const view = JSON.stringify(await file.seenBy(wren));
    const unseen = canaries.filter(
      ({ field, value }) =>
        typeof value === 'string' &&
        !/bytes|hash|statement|grounds|withdrawal|opinion|^basicInformation|^workSummary|explanation|^objection$/.test(
          field,
        ) &&
        !view.includes(value),
    );
    expect(unseen.map(({ field }) => field)).toEqual([]);
    expect(canaries.length).toBeGreaterThan(40);
  });

  it('of an objection are seen by the unit, and not by whom it is against', async () => {
    const { value } = canaries.find(({ field }) => field === 'objection') ?? { value: '' };
    expect(JSON.stringify(await file.seenBy(unitReviewer))).toContain(value);
    expect(JSON.stringify(await file.seenBy(wren))).not.toContain(value);
  });

  it('are in an event of every type that may hold something personal', async () => {
    const types = new Set((await service.log()).map(({ type }) => type));
    expect(personalTypes.length).toBeGreaterThan(15);
    expect(personalTypes.filter((type) => !types.has(type))).toEqual([]);
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

  describeBuilt('in an export', () => {
    const folder = mkdtempSync(join(tmpdir(), 'canary-export-'));
    const data = join(folder, 'data');
    const command = resolve(__dirname, '../../dist/cli/export.js');
    beforeAll(() => {
      cpSync(service.dataDir, data, { recursive: true });
    });
    afterAll(() => {
      rmSync(folder, { recursive: true });
    });

    it.each([
      ['of the whole log', () => []],
      ['of the dossier', () => ['--dossier', file.id]],
    ])('%s none is', (name, scope) => {
      const to = join(folder, name);
      const env = { PATH: process.env.PATH, DATA_DIR: data };
      execFileSync(process.execPath, [command, '--to', to, ...scope()], { env });
      const exported = readFileSync(to);
      expect(exported.toString()).toContain('"type":"DossierSubmitted"');
      expect(sightings(canaries, exported, 'export')).toEqual([]);
    });
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
      expect(await openedWith(before, before, canaries)).toEqual({ values: true, files: true });
      expect(await openedWith(before, after, canaries)).toEqual({ values: false, files: false });
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
});
