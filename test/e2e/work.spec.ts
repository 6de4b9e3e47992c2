import type { Page } from '../../src/http/answers';
import type { AuditEntry } from '../../src/projections/audit-trail';
import type { DossierSummary } from '../../src/projections/dossier-summary';
import type { Waiting } from '../../src/projections/review-queue';
import { body, startService, type Person, type ServiceInProcess } from '../support/service';
import { DossierFile, reasonAbout } from './dossier-file';
import {
  alice,
  auditor,
  bob,
  bureauSupervisor,
  carol,
  neighbour,
  neighbourReviewer,
  officer,
  prefectureSupervisor,
  unit,
  unitReviewer,
} from './people';

type Queue = Page<Waiting> & { readonly counts: Record<string, number> };

/** Three dossiers wait for the bureau: Bob's, then Carol's, then Alice's, which was filed twice. */
describe('The lists of work', () => {
  let service: ServiceInProcess;
  let files: { alice: DossierFile; bob: DossierFile; carol: DossierFile };
  let position: string;

  let minute = 0;
  const nextMinute = () => {
    minute += 1;
    const now = `2022-09-02T10:${String(minute).padStart(2, '0')}:00+08:00`;
    return body(service.as(null).post('/v1/simulation/clock', { now }), 200);
  };
  const list = <Answer>(person: Person, path: string, after = position): Promise<Answer> =>
    body(service.as(person).get(path).set('Read-After', after), 200);
  const queue = (person: Person, query = ''): Promise<Queue> => list(person, `/v1/queue${query}`);
  const waiting = async (person: Person, query = '') =>
    (await queue(person, query)).items.map(({ dossier }) => dossier);

  beforeAll(async () => {
    service = await startService();
    files = {
      alice: await DossierFile.filed(service, alice),
      bob: await DossierFile.filed(service, bob),
      carol: await DossierFile.filed(service, carol, { subSpecialty: 'operation-management' }),
    };
    await files.alice.giveBack(unitReviewer, reasonAbout('workSummary'));
    await files.alice.summarise('修改');
    await files.alice.submit();
    await files.alice.publish();
    await files.bob.publish();
    await files.carol.publish(neighbourReviewer);
    await nextMinute();
    await files.bob.recommend();
    await nextMinute();
    await files.carol.recommend(neighbourReviewer);
    await nextMinute();
    await files.alice.recommend();
    position = files.alice.position;
  });
  afterAll(() => service.stop());

  describe('the queue', () => {
    it('serves who waits longest first', async () => {
      expect(await waiting(bureauSupervisor)).toEqual([
        files.bob.id,
        files.carol.id,
        files.alice.id,
      ]);
    });

    it('marks a resubmission and says since when each waits', async () => {
      const { items } = await queue(bureauSupervisor);
      expect(items.map(({ submission, resubmission }) => [submission, resubmission])).toEqual([
        [1, false],
        [1, false],
        [2, true],
      ]);
      expect(items.map(({ waitingSince }) => waitingSince.slice(11, 16))).toEqual([
        '10:01',
        '10:02',
        '10:03',
      ]);
    });

    it.each([
      ['?resubmission=true', ['alice']],
      ['?resubmission=false', ['bob', 'carol']],
      [`?organisation=${unit}`, ['bob', 'alice']],
      [`?organisation=${neighbour}`, ['carol']],
      ['?level=senior', ['bob', 'carol', 'alice']],
      ['?level=intermediate', []],
      ['?subSpecialty=construction', ['bob', 'alice']],
      ['?stage=supervision', ['bob', 'carol', 'alice']],
      ['?stage=unit', []],
      [`?organisation=${unit}&resubmission=true&level=senior`, ['alice']],
    ] as const)('with %s has %j', async (query, expected) => {
      expect(await waiting(bureauSupervisor, query)).toEqual(
        expected.map((name) => files[name].id),
      );
    });

    it('counts what waits at each stage in the jurisdiction', async () => {
      const atBureau = { unit: 0, supervision: 3, 'title-office': 0 };
      expect((await queue(bureauSupervisor)).counts).toEqual(atBureau);
      expect((await queue(officer)).counts).toEqual(atBureau);
      expect((await queue(neighbourReviewer)).counts).toMatchObject({ supervision: 1 });
    });

    it('holds what waits for the caller, and nothing else', async () => {
      expect(await waiting(unitReviewer)).toEqual([]);
      expect(await waiting(prefectureSupervisor)).toEqual([]);
    });

    it('goes on page by page from where it ended', async () => {
      const first = await queue(bureauSupervisor, '?limit=2');
      expect(first.items).toHaveLength(2);
      const rest = await queue(bureauSupervisor, `?limit=2&cursor=${String(first.nextCursor)}`);
      expect(rest.items.map(({ dossier }) => dossier)).toEqual([files.alice.id]);
      expect(rest.nextCursor).toBeNull();
    });
  });

  describe('the list of dossiers', () => {
    const ids = async (person: Person, query = '') =>
      (await list<Page<DossierSummary>>(person, `/v1/dossiers${query}`)).items.map(({ id }) => id);

    it('is the own for an applicant', async () => {
      expect(await ids(alice)).toEqual([files.alice.id]);
    });

    it('is the jurisdiction for a reviewer', async () => {
      const every = Object.values(files).map(({ id }) => id);
      expect((await ids(officer)).sort()).toEqual(every.sort());
      expect(await ids(neighbourReviewer)).toEqual([files.carol.id]);
    });

    it('shows some by status, level and round', async () => {
      expect(await ids(officer, '?level=senior')).toHaveLength(3);
      expect(await ids(officer, '?level=intermediate')).toEqual([]);
      expect(await ids(officer, '?status=returned')).toEqual([]);
      expect(await ids(officer, '?round=2021')).toEqual([]);
    });
  });

  describe('the audit trail', () => {
    const trail = async (query: string) =>
      (await list<Page<AuditEntry>>(auditor, `/v1/audit/events?${query}`)).items;

    it('says who did what, for whom, when, from where, under which policy', async () => {
      const entries = await trail(`dossier=${files.alice.id}&order=oldest-first`);
      const sections = Object.keys(files.alice.sections);
      expect(entries.map(({ type, actor, organisation }) => [type, actor, organisation])).toEqual([
        ['DossierOpened', 'alice', unit],
        ['EvidenceAttached', 'alice', unit],
        ['MaskingAnswered', 'alice', unit],
        ...sections.map(() => ['SectionSaved', 'alice', unit]),
        ['DossierSubmitted', 'alice', unit],
        ['DossierReturned', 'uma', unit],
        ['SectionRevised', 'alice', unit],
        ['DossierResubmitted', 'alice', unit],
        ['PublicityStarted', 'uma', unit],
        ['UnitPaperAttached', 'uma', unit],
        ['DossierRecommended', 'uma', unit],
      ]);
      for (const entry of entries) {
        expect(entry).toMatchObject({ address: '127.0.0.1', policyVersion: 1 });
        expect(entry.at).toMatch(/^2022-(08-26|09-02)T\d\d:\d\d:\d\d\.\d{3}\+08:00$/);
      }
    });

    it('shows the newest first by default, or the oldest', async () => {
      const newest = await trail(`dossier=${files.alice.id}`);
      const oldest = await trail(`dossier=${files.alice.id}&order=oldest-first`);
      expect(newest).toEqual(oldest.toReversed());
    });

    it.each([
      ['type=DossierReturned', ['DossierReturned']],
      ['actor=nia', ['DossierRecommended', 'UnitPaperAttached', 'PublicityStarted']],
      [`organisation=${neighbour}&type=DossierSubmitted`, ['DossierSubmitted']],
      ['actor=alice&from=2022-08-26T10:00:00+08:00', []],
      ['actor=uma&from=2022-09-02T10:02:00%2B08:00', ['DossierRecommended', 'UnitPaperAttached']],
      ['actor=nia&to=2022-09-02T10:01:59Z&type=DossierRecommended', ['DossierRecommended']],
      ['actor=nia&to=2022-09-02T10:01:59%2B08:00', ['PublicityStarted']],
    ])('with %s has %j', async (query, types) => {
      expect((await trail(query)).map(({ type }) => type)).toEqual(types);
    });

    it('names what an applicant wrote by its hash', async () => {
      const [revised] = await trail(`dossier=${files.alice.id}&type=SectionRevised`);
      expect(revised?.details).toEqual({
        section: 'workSummary',
        contentHash: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
      });
    });

    it('leaves out nothing and repeats nothing from page to page', async () => {
      const whole = await trail('limit=200');
      expect(whole.length).toBeGreaterThan(40);
      const paged: AuditEntry[] = [];
      for (let cursor: string | null = ''; cursor !== null;) {
        const page: Page<AuditEntry> = await list(
          auditor,
          `/v1/audit/events?limit=7${cursor && `&cursor=${cursor}`}`,
        );
        paged.push(...page.items);
        cursor = page.nextCursor;
      }
      expect(paged).toEqual(whole);
    });
  });
});
