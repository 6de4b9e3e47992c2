import type { DossierView } from '../../src/projections/dossier-view';
import { body, refusal, startService, type ServiceInProcess } from '../support/service';
import { DossierFile, reasonAbout, summary } from './dossier-file';
import { alice, unitReviewer } from './people';

const minutes = ['09:00', '09:10', '09:20', '09:30'].map(
  (time) => `2022-08-26T${time}:00.000+08:00`,
);

describe('A dossier as it stood', () => {
  let service: ServiceInProcess;
  let file: DossierFile;
  /** Of the last save before it was filed; what was done after it counts from there. */
  let drafted: number;

  const moveClockTo = (now: string | undefined) =>
    body(service.as(null).post('/v1/simulation/clock', { now }), 200);

  /** 09:00 opened and filled in · 09:10 filed (+1) · 09:20 returned (+2) · 09:30 revised (+3) */
  beforeAll(async () => {
    service = await startService({ simulatedNow: minutes[0] ?? null });
    file = await DossierFile.filledIn(service, alice);
    drafted = (await file.summarise('第一稿')).revision;
    await moveClockTo(minutes[1]);
    await file.submit();
    await moveClockTo(minutes[2]);
    await file.giveBack(unitReviewer, reasonAbout('workSummary'));
    await moveClockTo(minutes[3]);
    await file.summarise('第二稿');
  });
  afterAll(() => service.stop());

  const summaryOf = ({ content }: DossierView) => content.sections.workSummary ?? null;

  it('as it was opened: a draft with nothing in it', async () => {
    const view = await file.seenBy(alice, '?asOf=0');
    expect(view).toMatchObject({ revision: 0, status: 'draft', content: { sections: {} } });
  });

  it.each([
    [0, 'draft', '第一稿'],
    [1, 'under-review', '第一稿'],
    [2, 'returned', '第一稿'],
    [3, 'returned', '第二稿'],
  ])('%i revisions after the draft: %s, %s', async (later, status, text) => {
    const revision = drafted + later;
    const view = await file.seenBy(alice, `?asOf=${revision}`);
    expect(view).toMatchObject({ revision, status });
    expect(summaryOf(view)).toEqual(summary(text));
  });

  it.each([
    ['2022-08-26T09:05:00+08:00', 'draft'],
    ['2022-08-26T01:25:00Z', 'returned'],
    ['2022-08-26T09:15:00.000%2B08:00', 'under-review'],
  ])('at the instant %s, with its plus sign escaped or not: %s', async (asOf, status) => {
    expect(await file.seenBy(alice, `?asOf=${asOf}`)).toMatchObject({ status });
  });

  it('to a reviewer: the filed content of then, and nothing before the first filing', async () => {
    const before = service.as(unitReviewer).get(`${file.path}?asOf=${drafted}`);
    expect(await refusal(before)).toEqual([404, 'not-found']);
    const after = await file.seenBy(unitReviewer, `?asOf=${drafted + 3}`);
    expect(summaryOf(after)).toEqual(summary('第一稿'));
  });

  it('before there was anything: nothing', async () => {
    const before = service.as(alice).get(`${file.path}?asOf=2022-08-26T08:59:59+08:00`);
    expect(await refusal(before)).toEqual([404, 'not-found']);
  });

  it('a section too', async () => {
    const path = `${file.path}/sections/workSummary`;
    expect(await body(service.as(alice).get(`${path}?asOf=${drafted}`), 200)).toMatchObject({
      content: summary('第一稿'),
      revision: drafted,
    });
  });

  it('now: with the revision as its ETag, for the next If-Match', async () => {
    const etag = (later: number) => `"${drafted + later}"`;
    for (const part of [
      '',
      '/submissions',
      '/submissions/1',
      '/submissions/1/changes',
      '/returns',
    ]) {
      const { headers } = await service.as(alice).get(`${file.path}${part}`);
      expect([part, headers.etag]).toEqual([part, etag(3)]);
    }
    const save = (revision: string) =>
      service.as(alice).put(`${file.path}/sections/education`, {}).set('If-Match', revision);
    expect(await refusal(save(etag(2)))).toEqual([412, 'stale-revision']);
    const saved = await save(etag(3));
    expect([saved.status, saved.headers.etag]).toEqual([200, etag(4)]);
  });
});
