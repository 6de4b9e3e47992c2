import { refusal, startService, type ServiceInProcess } from '../support/service';
import { DossierFile, reasonAbout, summary } from './dossier-file';
import { alice, applicant, unitReviewer } from './people';

describe('At the same time', () => {
  let service: ServiceInProcess;
  beforeAll(async () => {
    service = await startService();
  });
  afterAll(() => service.stop());

  const eventsOf = async ({ id }: DossierFile) =>
    (await service.events()).filter(({ stream }) => stream.endsWith(id)).map(({ type }) => type);

  it('fifty third submissions are one (R-6)', async () => {
    const file = await DossierFile.filed(service, alice);
    for (const draft of ['第二稿', '第三稿']) {
      if (draft === '第三稿') await file.submit();
      await file.giveBack(unitReviewer, reasonAbout('workSummary'));
      await file.summarise(draft);
    }
    const submissions = await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        service
          .as(alice)
          .post(`${file.path}/submissions`, { confirmed: true })
          .set('Idempotency-Key', `third-${index}`),
      ),
    );
    const taken = submissions.filter(({ status }) => status === 201);
    expect(taken.map((answer) => answer.body as unknown)).toMatchObject([
      { number: 3, remaining: 0 },
    ]);
    const refused = submissions.filter(({ status }) => status !== 201);
    for (const answer of refused) {
      expect(await refusal(Promise.resolve(answer))).toEqual([422, 'submission-limit-reached']);
    }
    const filed = (await eventsOf(file)).filter((type) => type === 'DossierResubmitted');
    expect(filed).toHaveLength(2);
  });

  it('two that saw the same revision: one is taken, the other told so', async () => {
    const file = await DossierFile.open(service, applicant('two-windows'));
    const { revision } = await file.summarise('底稿');
    const save = (text: string) =>
      service
        .as(file.applicant)
        .put(`${file.path}/sections/workSummary`, summary(text))
        .set('If-Match', `"${revision}"`);
    const both = await Promise.all([save('左边窗口'), save('右边窗口')]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 412]);
    const lost = both.find(({ status }) => status === 412);
    expect(lost?.body).toMatchObject({ code: 'stale-revision' });
  });

  it('twenty applicants file, and each is filed', async () => {
    const people = Array.from({ length: 20 }, (_, index) => applicant(`crowd-${index}`));
    const files = await Promise.all(people.map((person) => DossierFile.filed(service, person)));
    const log = await service.events();
    const filed = log.filter(({ type }) => type === 'DossierSubmitted').map(({ stream }) => stream);
    for (const { id } of files) {
      expect(filed.filter((stream) => stream.endsWith(id))).toHaveLength(1);
    }
  });

  it('a recommendation and a return: one decides, the other comes out of turn', async () => {
    const file = await DossierFile.filed(service, applicant('decided'));
    const recommendation = await file.recommendation();
    const reviewer = service.as(unitReviewer);
    const both = await Promise.all([
      reviewer.post(`${file.path}/recommendation`, recommendation),
      reviewer.post(`${file.path}/returns`, { reasons: [reasonAbout('workSummary')] }),
    ]);
    const statuses = both.map(({ status }) => status);
    // A return by the unit after its recommendation would be the bureau's to make.
    expect(statuses.sort()).toEqual([201, 422]);
    const decisions = ['DossierRecommended', 'DossierReturned'];
    expect((await eventsOf(file)).filter((type) => decisions.includes(type))).toHaveLength(1);
  });

  it('positions in the log rise without a gap', async () => {
    const positions = (await service.log()).map(({ position }) => Number(position));
    expect(positions).toEqual(positions.map((_, index) => index + 1));
  });
});
