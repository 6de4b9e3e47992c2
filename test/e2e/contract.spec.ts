import type { Response } from 'supertest';

import { body, moveClockTo, startService, type Service } from '../support/service';
import { DossierFile, pdf, reasonAbout } from './dossier-file';
import { administrator, alice, applicant, auditor, bob, unitReviewer } from './people';
import { roundOf } from './rounds';

/* Small print of the contract that belongs to no resource alone. */

interface Listed {
  readonly items: readonly { readonly number?: number; readonly round?: string }[];
  readonly nextCursor: string | null;
}

describe('The contract', () => {
  let service: Service;
  beforeEach(async () => {
    service = await startService();
  });
  afterEach(() => service.stop());

  const located = async (asked: PromiseLike<Response>, path: (answer: never) => string) => {
    const answer = await asked;
    expect([answer.status, answer.headers.location]).toEqual([201, path(answer.body as never)]);
  };

  it('says where what was created is found', async () => {
    const file = await DossierFile.filledIn(service, alice);
    const mine = service.as(alice);
    const opening = { round: '2022', level: 'senior', specialty: 'hydraulic-engineering' };
    await located(
      service.as(bob).post('/v1/dossiers', {
        ...opening,
        subSpecialty: 'construction',
        organisation: bob.organisation,
      }),
      ({ id }: { id: string }) => `/v1/dossiers/${id}`,
    );
    await located(
      mine.upload(file.id, pdf('one more')),
      ({ id }: { id: string }) => `/v1/evidence/${id}`,
    );
    await located(
      mine.post(`${file.path}/submissions`, { confirmed: true }),
      () => `${file.path}/submissions/1`,
    );
    await located(
      service.as(auditor).post('/v1/falsification-cases', { dossier: file.id, grounds: '存疑' }),
      ({ id }: { id: string }) => `/v1/falsification-cases/${id}`,
    );
    await located(
      service.as(administrator).post('/v1/rounds', { policy: roundOf(2023), reason: '发布' }),
      () => '/v1/rounds/2023',
    );
  });

  it('pages every list, and takes no cursor of another one', async () => {
    const file = await DossierFile.filed(service, alice);
    await file.giveBack(unitReviewer, reasonAbout('workSummary'));
    await file.summarise('修改后');
    await file.submit();
    await file.giveBack(unitReviewer, reasonAbout('workSummary'));
    const lists = ['/v1/organisations', `${file.path}/submissions`, `${file.path}/returns`];
    for (const list of lists) {
      const page = (query: string) => service.as(alice).get(`${list}?${query}`);
      const whole = await body<Listed>(page('limit=200'), 200);
      const first = await body<Listed>(page('limit=1'), 200);
      const second = await body<Listed>(page(`limit=1&cursor=${first.nextCursor ?? ''}`), 200);
      expect([...first.items, ...second.items]).toEqual(whole.items.slice(0, 2));
      expect(whole.nextCursor).toBeNull();
      const foreign = Buffer.from('[true,"a"]').toString('base64url');
      for (const wrong of ['limit=0', 'limit=201', 'cursor=x', `cursor=${foreign}`, 'colour=1']) {
        expect([list, wrong, (await page(wrong)).status]).toEqual([list, wrong, 400]);
      }
    }
    expect((await service.as(alice).get('/v1/rounds?limit=0')).status).toBe(400);
  });

  it('shows warnings in one language wherever they are shown', async () => {
    const file = await DossierFile.filledIn(service, alice);
    await file.save('workSummary', { text: '大概做了一些工作。' });
    await file.submit();
    const english = { 'Accept-Language': 'en' };
    for (const path of [file.path, `${file.path}/submissions`, `${file.path}/submissions/1`]) {
      const { text } = await service.as(alice).get(path).set(english);
      const messages = [...text.matchAll(/"message":("[^"]*"|\{)/g)].map(([, message]) => message);
      expect([path, messages]).toEqual([path, expect.arrayContaining([expect.any(String)])]);
      expect(messages.filter((message) => !/^"[\x20-\x7e大概]+$/.test(message ?? ''))).toEqual([]);
    }
  });

  it('knows no revision that was never reached, nor a part that is not there', async () => {
    const file = await DossierFile.filed(service, alice);
    const { revision } = await file.seenBy(alice);
    const at = (asOf: number) => service.as(alice).get(`${file.path}?asOf=${asOf}`);
    expect((await at(revision)).status).toBe(200);
    expect((await at(revision + 1)).status).toBe(404);
    await file.giveBack(unitReviewer, reasonAbout('workSummary'));
    const explain = (reason: number) =>
      service
        .as(alice)
        .put(`${file.path}/returns/latest/reasons/${reason}/explanation`, { explanation: '说明' });
    expect((await explain(2)).status).toBe(404);
    expect((await explain(1)).status).toBe(200);
  });

  it('answers 412 to a tag it never gave', async () => {
    const file = await DossierFile.open(service, alice);
    const save = (tag: string) =>
      service
        .as(alice)
        .put(`${file.path}/sections/workSummary`, { text: '总结' })
        .set('If-Match', tag);
    expect((await save('"unknown"')).status).toBe(412);
    expect((await save('W/"0"')).status).toBe(412);
    expect((await save('"0"')).status).toBe(200);
  });

  it('takes one file in a form', async () => {
    const file = await DossierFile.open(service, alice);
    const two = await service
      .as(alice)
      .upload(file.id, pdf('one'))
      .attach('file', pdf('two'), 'two.pdf');
    expect([two.status, two.body]).toEqual([
      400,
      expect.objectContaining({ code: 'malformed-form' }),
    ]);
  });

  it('tells times as people read them', async () => {
    const late = applicant('late');
    const file = await DossierFile.filledIn(service, late);
    await moveClockTo(service, '2022-08-31T20:00:01.000+08:00');
    const answer = await service.as(late).post(`${file.path}/submissions`, { confirmed: true });
    expect((answer.body as { detail: string }).detail).toContain('2022年8月31日20:00');
  });
});
