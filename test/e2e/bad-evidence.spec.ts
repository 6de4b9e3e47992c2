import { randomUUID } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

import type { Test } from 'supertest';

import { refusal, startService, type ServiceInProcess } from '../support/service';
import { DossierFile, pdf, type EvidenceAnswer } from './dossier-file';
import { alice, bob } from './people';

const limit = 64 * 1024;
const boundary = 'boundary';
const scan = pdf('扫描件');

describe('Evidence that is none is refused and leaves nothing behind:', () => {
  let service: ServiceInProcess;
  let file: DossierFile;
  beforeAll(async () => {
    service = await startService({ evidenceLimit: limit });
    file = await DossierFile.open(service, alice);
  });
  afterAll(() => service.stop());

  const kept = () =>
    readdirSync(join(service.dataDir, 'evidence'), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ name }) => name);

  const upload = (content: Buffer, name?: string) =>
    service.as(alice).upload(file.id, content, name);
  /** A form of parts as they stand here; `end` closes it. */
  const form = (parts: readonly string[], end = `--${boundary}--\r\n`) =>
    service
      .as(alice)
      .postBytes(
        '/v1/evidence',
        `multipart/form-data; boundary=${boundary}`,
        Buffer.from(parts.map((part) => `--${boundary}\r\n${part}\r\n`).join('') + end),
      );
  const field = (name: string, value: string) =>
    `Content-Disposition: form-data; name="${name}"\r\n\r\n${value}`;
  const dossier = () => field('dossier', file.id);
  /** Of bytes that were never stored before, so that it shows when they are. */
  const filePart = () =>
    'Content-Disposition: form-data; name="file"; filename="a.pdf"\r\n' +
    `Content-Type: application/pdf\r\n\r\n${pdf(randomUUID()).toString()}`;

  type Case = readonly [name: string, send: () => Test, status: number, code: string];
  const cases: readonly Case[] = [
    ['a fake PDF', () => upload(Buffer.from('MZ\x90 not a pdf')), 415, 'evidence-type-unsupported'],
    ['HTML', () => upload(Buffer.from('<script>1</script>')), 415, 'evidence-type-unsupported'],
    ['SVG', () => upload(Buffer.from('<svg/>'), 'a.png'), 415, 'evidence-type-unsupported'],
    ['half a PDF', () => upload(scan.subarray(0, 12)), 400, 'evidence-damaged'],
    ['an empty file', () => upload(Buffer.alloc(0)), 400, 'evidence-damaged'],
    ['a file too large', () => upload(pdf('x'.repeat(limit))), 413, 'evidence-too-large'],
    ['a file far too large', () => upload(pdf('x'.repeat(99 * limit))), 413, 'evidence-too-large'],
    ['no file', () => form([dossier()]), 400, 'malformed-form'],
    ['no dossier', () => form([filePart()]), 400, 'malformed-form'],
    ['the dossier after the file', () => form([filePart(), dossier()]), 400, 'malformed-form'],
    ['a field more', () => form([dossier(), field('x', '1'), filePart()]), 400, 'malformed-form'],
    ['__proto__', () => form([dossier(), field('__proto__', '1')]), 400, 'malformed-request'],
    [
      'a form cut off in a field',
      () => form([field('dossier', '2022')], ''),
      400,
      'malformed-body',
    ],
    ['a form cut off in the file', () => form([dossier(), filePart()], ''), 400, 'malformed-body'],
    ['nothing at all', () => form([], ''), 400, 'malformed-form'],
    [
      'no boundary',
      () => service.as(alice).postBytes('/v1/evidence', 'multipart/form-data', Buffer.from('--')),
      400,
      'malformed-body',
    ],
    ['an unknown dossier', () => service.as(alice).upload('nothing', scan), 404, 'not-found'],
    ["another's dossier", () => service.as(bob).upload(file.id, scan), 404, 'not-found'],
    ['a way out for a dossier', () => service.as(alice).upload('../../x', scan), 404, 'not-found'],
  ];

  it.each(cases)('%s', async (_, send, status, code) => {
    const [stored, events] = [kept(), (await service.acts()).length];
    expect(await refusal(send())).toEqual([status, code]);
    expect((await service.acts()).length).toBe(events);
    expect(kept()).toEqual(stored);
  });

  /** The file is whole, so that its bytes may lie in the store; no dossier has them. */
  const brokenAfterTheFile: readonly Case[] = [
    [
      'a field after the file',
      () => form([dossier(), filePart(), field('x', '1')]),
      400,
      'malformed-form',
    ],
    ['two files', () => form([dossier(), filePart(), filePart()]), 400, 'malformed-form'],
    [
      'a form cut off after the file',
      () => form([dossier(), filePart()], `--${boundary}\r\nContent-Dis`),
      400,
      'malformed-body',
    ],
  ];

  it.each(brokenAfterTheFile)('%s', async (_, send, status, code) => {
    const events = (await service.acts()).length;
    expect(await refusal(send())).toEqual([status, code]);
    expect((await service.acts()).length).toBe(events);
    expect((await file.seenBy(alice)).content.attachments).toEqual([]);
  });
});

describe('The name of a scan', () => {
  let service: ServiceInProcess;
  let file: DossierFile;
  beforeAll(async () => {
    service = await startService({ evidenceLimit: limit });
    file = await DossierFile.open(service, alice);
  });
  afterAll(() => service.stop());

  it.each([
    ['../../../etc/passwd', 'passwd'],
    ['..\\..\\windows\\win.ini', 'win.ini'],
    ['C:\\scans\\证书.pdf', '证书.pdf'],
    ['/etc/cron.d/x', 'x'],
    ['..', 'file'],
    ['a\u0000b.pdf', 'ab.pdf'],
    ['invoice\u202efdp.exe', 'invoicefdp.exe'],
    ['<img src=x onerror=alert(1)>.pdf', 'img src=x onerror=alert(1).pdf'],
    ['证'.repeat(500), '证'.repeat(120)],
  ])('%j is shown as %j and names no place', async (given, shown) => {
    const attached = await file.attach(pdf(given), given);
    expect(attached.name).toBe(shown);
    const { headers } = await service.as(alice).get(`/v1/evidence/${attached.id}`);
    expect(headers['content-disposition']).toBe(
      `attachment; filename*=UTF-8''${encodeURIComponent(shown)}`,
    );
    // Stored by content, below the data folder and nowhere beside it.
    const stored = readdirSync(join(service.dataDir, 'evidence'), { recursive: true }).map(String);
    expect(stored.some((name) => /[0-9a-f]{64}$/.test(name))).toBe(true);
    expect(stored.filter((name) => name.includes(basename(given)))).toEqual([]);
    const beside = readdirSync(dirname(service.dataDir)).filter((name) => name === basename(given));
    expect(beside).toEqual([]);
  });

  it('that breaks a header does not', async () => {
    const name = 'a.pdf"\r\nSet-Cookie: a=b\r\n';
    const answer = await service.as(alice).upload(file.id, pdf('header'), name);
    expect(answer.status).toBe(201);
    const { id } = answer.body as EvidenceAnswer;
    const { headers } = await service.as(alice).get(`/v1/evidence/${id}`);
    expect(headers).not.toHaveProperty('set-cookie');
  });
});
