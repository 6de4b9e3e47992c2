import { refusal, startService, type ServiceInProcess } from '../support/service';
import { DossierFile, summary } from './dossier-file';
import { alice, applicant, auditor, unitReviewer } from './people';

const lists = [
  ['/v1/queue', unitReviewer],
  ['/v1/dossiers', unitReviewer],
  ['/v1/audit/events', auditor],
] as const;

describe('Read-After', () => {
  let service: ServiceInProcess;
  beforeAll(async () => {
    service = await startService({ readAfterTimeout: 2000 });
  });
  afterAll(() => service.stop());

  it('shows a portal its own writes, every time', async () => {
    for (let round = 0; round < 10; round += 1) {
      const file = await DossierFile.filed(service, applicant(`writer-${round}`));
      for (const [path, person] of lists) {
        const test = service.as(person).get(`${path}?limit=200`);
        const { text } = await test.set('Read-After', file.position);
        expect(text).toContain(file.id);
      }
    }
  });

  it('is not needed where the dossier itself is asked for', async () => {
    const file = await DossierFile.open(service, alice);
    await file.summarise('自己刚写的');
    expect(await file.seenBy(alice)).toMatchObject({
      content: { sections: { workSummary: summary('自己刚写的') } },
    });
  });

  it('that is not reached in time is 503, with when to come back', async () => {
    const impatient = await startService({ readAfterTimeout: 20 });
    for (const [path, person] of lists) {
      const answer = await impatient.as(person).get(path).set('Read-After', '9'.repeat(16));
      expect(await refusal(Promise.resolve(answer))).toEqual([503, 'projection-behind']);
      expect(answer.headers['retry-after']).toBe('1');
    }
    await impatient.stop();
  });
});
