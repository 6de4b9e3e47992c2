import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Response } from 'supertest';

import type { Page } from '../../src/http/answers';
import type { AuditEntry } from '../../src/projections/audit-trail';
import {
  body,
  refusal,
  startService,
  type Person,
  type ServiceInProcess,
} from '../support/service';
import { DossierFile, pdf, reasonAbout } from './dossier-file';
import { alice, applicant, auditor, bob, neighbourReviewer, officer, unitReviewer } from './people';

const jpeg = Buffer.from('ffd8ffe000104a464946ffd9', 'hex');
const png = Buffer.from(
  '89504e470d0a1a0a0000000d4948445200000001000000010800000000000000000000000049454e44ae426082',
  'hex',
);
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

describe('Evidence', () => {
  let service: ServiceInProcess;
  let file: DossierFile;
  beforeAll(async () => {
    service = await startService({ evidenceLimit: 64 * 1024 });
    file = await DossierFile.open(service, alice);
  });
  afterAll(() => service.stop());

  /** Every file the service keeps, whatever its place. */
  const kept = () =>
    readdirSync(join(service.dataDir, 'evidence'), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
  const download = (id: string, person: Person) =>
    service.as(person).get(`/v1/evidence/${id}`).buffer(true).parse(bytesOf);

  it.each([
    ['application/pdf', pdf('学历证书')],
    ['image/jpeg', jpeg],
    ['image/png', png],
  ])('of the type %s comes back byte for byte, whatever its name says', async (type, bytes) => {
    const attached = await file.attach(bytes, '扫描件.txt');
    expect(attached).toMatchObject({
      dossier: file.id,
      id: `${file.id}.${sha256(bytes)}`,
      sha256: sha256(bytes),
      mediaType: type,
      bytes: bytes.length,
      name: '扫描件.txt',
    });
    const downloaded = await download(attached.id, alice);
    expect([downloaded.status, downloaded.body]).toEqual([200, bytes]);
    expect(downloaded.headers).toMatchObject({
      'content-type': type,
      'content-length': String(bytes.length),
      'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent('扫描件.txt')}`,
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    });
  });

  it('is stored once a person, encrypted, and recorded once a dossier', async () => {
    const bytes = pdf('同一份证书');
    const before = kept().length;
    const first = await file.attach(bytes);
    const events = (await service.acts()).length;
    expect(await file.attach(bytes, '又一次.pdf')).toMatchObject({ id: first.id });
    expect(await service.acts()).toHaveLength(events);

    const other = await DossierFile.open(service, bob);
    expect(await other.attach(bytes)).toMatchObject({ sha256: first.sha256 });
    expect(kept()).toHaveLength(before + 2);
    expect(kept().filter((path) => readFileSync(path).includes('同一份证书'))).toEqual([]);
  });

  it('is found in the audit trail by its hash, in every dossier that has it', async () => {
    const bytes = pdf('查档');
    const people = ['trail-1', 'trail-2'].map((subject) => applicant(subject));
    let position = '';
    for (const person of people) {
      const used = await DossierFile.open(service, person);
      ({ position } = await used.attach(bytes));
    }
    const trail = service
      .as(auditor)
      .get(`/v1/audit/events?evidence=${sha256(bytes)}`)
      .set('Read-After', position);
    const { items } = await body<Page<AuditEntry>>(trail, 200);
    expect(items.map(({ actor }) => actor).sort()).toEqual(['trail-1', 'trail-2']);
  });

  it('of the unit is found there too', async () => {
    const filed = await DossierFile.filed(service, applicant('papers'));
    const { sha256: hash, position } = await filed.attach(pdf('公示'), '公示.pdf', unitReviewer);
    const trail = service.as(auditor).get(`/v1/audit/events?evidence=${hash}`);
    const { items } = await body<Page<AuditEntry>>(trail.set('Read-After', position), 200);
    expect(items.map(({ type }) => type)).toEqual(['UnitPaperAttached']);
  });

  it('is for the eyes of the applicant, and of reviewers once it is filed', async () => {
    const own = await DossierFile.filledIn(service, applicant('shy'));
    const { id, sha256: hash } = await own.attach(pdf('已上报'));
    await own.answerMasking(hash, { nameShown: false });
    expect((await download(id, own.applicant)).status).toBe(200);
    expect((await download(id, unitReviewer)).status).toBe(404);
    await own.submit();
    expect((await download(id, unitReviewer)).status).toBe(200);
    expect((await download(id, officer)).status).toBe(200);
    for (const stranger of [bob, neighbourReviewer]) {
      expect((await download(id, stranger)).status).toBe(404);
    }

    await own.giveBack(unitReviewer, reasonAbout('workSummary'));
    const { id: inHand } = await own.attach(pdf('尚未上报'));
    expect((await download(inHand, unitReviewer)).status).toBe(404);
    expect((await download(id, unitReviewer)).status).toBe(200);
  });

  it('of another dossier cannot be had by its hash', async () => {
    const secret = pdf('他人的证书');
    await file.attach(secret);
    const thief = await DossierFile.open(service, applicant('thief'));
    const guess = service.as(thief.applicant).get(`/v1/evidence/${thief.id}.${sha256(secret)}`);
    expect(await refusal(guess)).toEqual([404, 'not-found']);
  });

  it('is not taken while the dossier is under review', async () => {
    const own = await DossierFile.filed(service, applicant('late-scan'));
    const before = kept();
    const late = service.as(own.applicant).upload(own.id, pdf('补交'));
    expect(await refusal(late)).toEqual([409, 'dossier-under-review']);
    expect(kept()).toEqual(before);
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
