import { createHash } from 'node:crypto';

import type { EvidenceUseFound } from '../../src/application/investigation-evidence';
import type { Page } from '../../src/http/answers';
import type { leadTold, told } from '../../src/http/investigation-answers';
import type { AuditEntry } from '../../src/projections/audit-trail';
import type { DecisionView } from '../../src/projections/investigation/decision';
import { png } from '../../src/cli/season/people/evidence-files';
import {
  body,
  refusal,
  startService,
  type Person,
  type ServiceInProcess,
} from '../support/service';
import { DossierFile, reasonAbout } from './dossier-file';
import {
  alice,
  applicant,
  auditor,
  bob,
  bureau,
  carol,
  elsewhere,
  neighbour,
  officer,
  unit,
  unitReviewer,
} from './people';

type Timeline = { readonly items: readonly ReturnType<typeof told>[] };
type Leads = Page<ReturnType<typeof leadTold>>;

/**
 * Alice files with a scan that Bob attaches too, is returned once and accepted in a hurry: everybody acts from
 * this machine, within seconds.
 */
describe('An investigation', () => {
  let service: ServiceInProcess;
  let files: Record<'alice' | 'bob' | 'carol' | 'drafting', DossierFile>;
  let shared: string;
  let position: string;
  const original = png('SPECIMEN, name in sight');

  const get = <Answer>(path: string, { as = auditor, language = 'zh' } = {}): Promise<Answer> =>
    body(
      service.as(as).get(path).set('Read-After', position).set('Accept-Language', language),
      200,
    );

  beforeAll(async () => {
    service = await startService({ simulatedNow: '2022-08-26T11:00:00.000+08:00' });
    files = {
      alice: await DossierFile.filledIn(service, alice),
      bob: await DossierFile.filed(service, bob),
      carol: await DossierFile.filed(service, carol),
      drafting: await DossierFile.open(service, applicant('drafting')),
    };
    const named = await files.alice.attach(original, '承诺书.png');
    const covered = await files.alice.attach(png('SPECIMEN, name covered'), '遮盖.png');
    await files.alice.answerMasking(named.sha256, {
      nameShown: true,
      maskedVersion: covered.sha256,
    });
    await files.alice.save('commitment', {
      ...files.alice.sections.commitment,
      scan: named.sha256,
    });
    shared = named.sha256;
    await files.alice.submit();
    await files.bob.giveBack(unitReviewer, reasonAbout('workSummary'));
    await files.bob.attach(original, '我的承诺书.png');
    await files.bob.answerMasking(shared, { nameShown: false });
    await files.alice.giveBack(unitReviewer, reasonAbout('workSummary', '请写明主持的工程'));
    await files.alice.summarise('主持的工程');
    await files.alice.submit();
    await service.as(unitReviewer).get(`${files.alice.path}/submissions/2`);
    await files.alice.pass();
    await files.alice.accept();
    position = files.alice.position;
  });
  afterAll(() => service.stop());

  const acceptedAt = async (): Promise<number> => (await files.alice.seenBy(officer)).revision;

  describe('of what happened in a dossier', () => {
    it('reads its timeline in Chinese', async () => {
      const { items } = await get<Timeline>(`/v1/audit/dossiers/${files.alice.id}/timeline`);
      const sentences = items.map(({ sentence }) => sentence);
      expect(sentences[0]).toMatch(/^alice（.+，申报人）经.+建立申报材料：高级，工程建设。$/);
      const returned = items.find(({ type }) => type === 'DossierReturned');
      expect(returned).toMatchObject({
        actor: { account: 'uma', roles: ['unit-reviewer'], organisation: unit },
        reasons: ['〔个人工作总结〕漏项或未注明“无”：请写明主持的工程'],
        rules: [
          { rule: 'R-1', clause: '三(四)' },
          { rule: 'R-4', clause: '三(四), 四(三)' },
        ],
        policyVersion: 1,
        waited: { stage: 'unit' },
      });
      const refiled = items.find(({ type }) => type === 'DossierResubmitted');
      expect(refiled?.changes).toMatchObject([
        {
          title: '个人工作总结 › 个人工作总结',
          after: expect.stringMatching(/^主持的工程/) as unknown,
        },
      ]);
      expect(sentences.at(-1)).toMatch(/职称办公室审核人员）形式审核通过，到达后等待/);
    });

    it('and in English', async () => {
      const path = `/v1/audit/dossiers/${files.alice.id}/timeline`;
      const { items } = await get<Timeline>(path, { language: 'en' });
      expect(items.at(-1)?.sentence).toMatch(/^oda \(title office, .+\) accepted it after it had/);
      const refiled = items.find(({ type }) => type === 'DossierResubmitted');
      expect(refiled?.changes[0]?.title).toBe('Work summary › Work summary');
    });

    it('has the case about it in its place', async () => {
      const sent = { dossier: files.carol.id, grounds: '合同与存档不符' };
      const open = service.as(auditor).post('/v1/falsification-cases', sent);
      ({ position } = await body<{ position: string }>(open, 201));
      const { items } = await get<Timeline>(`/v1/audit/dossiers/${files.carol.id}/timeline`);
      expect(items.at(-1)).toMatchObject({
        type: 'FalsificationCaseOpened',
        sentence: expect.stringMatching(/立案调查，封存提交1次、附件1份。$/) as unknown,
        reasons: ['合同与存档不符'],
      });
    });
  });

  describe('of what a reviewer had before them', () => {
    const decision = async (revision: number): Promise<DecisionView> =>
      get(`/v1/audit/dossiers/${files.alice.id}/decisions/${revision}`);

    it('sees the dossier of then, masked as it was shown beyond the unit', async () => {
      const revision = await acceptedAt();
      const seen = await decision(revision);
      expect(seen).toMatchObject({
        ...{ type: 'DossierAccepted', account: 'oda', stage: { kind: 'title-office' } },
        submission: { number: 2, hashMatches: true },
        shown: { status: 'under-review', revision: revision - 1 },
        openedUnmasked: [],
      });
      const { sha256, bytes } = await downloadedBy(officer);
      const shown = seen.attachments.find((attachment) => attachment.sha256 === shared);
      expect(shown).toMatchObject({ as: 'masked', shown: { sha256, bytes } });
    });

    it('sees the original where the unit did, and what it opened unmasked', async () => {
      const recommended = (await timelineOf(files.alice)).find(
        ({ type }) => type === 'DossierRecommended',
      );
      const seen = await decision(recommended?.revision ?? -1);
      const shown = seen.attachments.find((attachment) => attachment.sha256 === shared);
      expect(shown).toMatchObject({ as: 'original', shown: { sha256: shared } });
      expect(seen.openedUnmasked.map(({ part }) => part)).toEqual(['submissions/2']);
    });

    it.each(['0', '9999', '01', 'x', '-1', '1.5'])('is nothing at %s', async (revision) => {
      const path = `/v1/audit/dossiers/${files.alice.id}/decisions/${revision}`;
      expect(await refusal(service.as(auditor).get(path))).toEqual([404, 'not-found']);
    });

    const timelineOf = async ({ id }: DossierFile) =>
      (await get<Timeline>(`/v1/audit/dossiers/${id}/timeline`)).items;

    /** What a reviewer is given who asks for the scan that shows the name. */
    const downloadedBy = async (person: Person) => {
      const response = await service
        .as(person)
        .get(`/v1/evidence/${files.alice.id}.${shared}`)
        .buffer()
        .parse((stream, done) => {
          const chunks: Buffer[] = [];
          stream.on('data', (chunk: Buffer) => chunks.push(chunk));
          stream.on('end', () => {
            done(null, Buffer.concat(chunks));
          });
        });
      const bytes = response.body as Buffer;
      expect(response.headers['content-type']).toBe('image/png');
      return {
        sha256: createHash('sha256').update(bytes).digest('hex'),
        bytes: bytes.length,
      };
    };
  });

  describe('of where a file was used', () => {
    const uses = async (sha256: string, as = auditor): Promise<Page<EvidenceUseFound>> =>
      get(`/v1/audit/evidence/${sha256}`, { as });

    it('finds every dossier, the submissions with it, and the fields that refer to it', async () => {
      const { items, nextCursor } = await uses(shared);
      expect(nextCursor).toBeNull();
      expect(items).toMatchObject([
        {
          ...{ dossier: files.alice.id, round: '2022', applicant: 'alice', as: 'evidence' },
          attachedBy: { account: 'alice', organisation: unit },
          submissions: [
            { number: 1, places: ['/sections/commitment/scan'] },
            { number: 2, places: ['/sections/commitment/scan'] },
          ],
        },
        { dossier: files.bob.id, applicant: 'bob', submissions: [] },
      ]);
      const receipt = await files.alice.submission(2);
      expect(items[0]?.submissions[1]?.contentHash).toBe(receipt.contentHash);
    });

    it('tells a paper of the unit and the recommendation that names it', async () => {
      const { items } = await get<Page<AuditEntry>>(
        `/v1/audit/events?dossier=${files.alice.id}&type=UnitPaperAttached`,
      );
      const { items: found } = await uses(items[0]?.evidence ?? '');
      expect(found).toMatchObject([
        {
          ...{ as: 'unit-paper', attachedBy: { account: 'uma' }, submissions: [{ number: 2 }] },
          recommendations: [
            { submission: 2, paper: 'publicity-notice' },
            { submission: 2, paper: 'publicity-result' },
          ],
        },
      ]);
    });

    it('goes page by page, and shows nothing outside the jurisdiction', async () => {
      const first = await get<Page<EvidenceUseFound>>(`/v1/audit/evidence/${shared}?limit=1`);
      expect(first.items.map(({ applicant }) => applicant)).toEqual(['alice']);
      const next = `/v1/audit/evidence/${shared}?limit=1&cursor=${String(first.nextCursor)}`;
      const second = await get<Page<EvidenceUseFound>>(next);
      expect(second.items.map(({ applicant }) => applicant)).toEqual(['bob']);
      const outside = { ...auditor, organisation: elsewhere };
      expect((await uses(shared, outside)).items).toEqual([]);
      expect(await refusal(service.as(auditor).get('/v1/audit/evidence/abc'))).toEqual([
        404,
        'not-found',
      ]);
    });
  });

  describe('of leads', () => {
    const leads = async (query = '', as = auditor): Promise<Leads> =>
      get(`/v1/audit/leads?limit=200&${query}`, { as });
    const kinds = async (query: string, as = auditor) =>
      [...new Set((await leads(query, as)).items.map(({ kind }) => kind))].sort();

    it('finds what this story leaves, each with its events and innocent explanations', async () => {
      const { items } = await leads();
      expect(new Set(items.map(({ kind }) => kind))).toEqual(
        new Set([
          'evidence-shared',
          'passed-fast',
          'address-of-applicant',
          'address-of-another-level',
        ]),
      );
      const positions = new Set((await service.events()).map(({ position }) => position));
      for (const lead of items) {
        expect(lead.sentence).toMatch(/这只是线索，不是结论。$/);
        expect(lead.explanations.length).toBeGreaterThan(1);
        expect(lead.events.length).toBeGreaterThan(0);
        for (const event of lead.events) expect(positions).toContain(event.position);
        expect(JSON.stringify(lead)).not.toContain('jurisdiction');
      }
    });

    it('by kind, time and organisation', async () => {
      const [file] = (await leads('kind=evidence-shared')).items;
      expect(file).toMatchObject({
        sha256: shared,
        dossiers: [files.alice.id, files.bob.id],
        accounts: ['alice', 'bob'],
        title: '同一文件用于不同人的材料',
      });
      expect(await kinds('to=2022-08-26T12:00:00%2B08:00')).toEqual(['evidence-shared']);
      expect(await kinds('from=2022-08-26T12:00:00%2B08:00')).not.toContain('evidence-shared');
      expect(await kinds(`organisation=${unit}`)).toContain('passed-fast');
      expect(await kinds(`organisation=${neighbour}`)).toEqual([]);
      const sent = service.as(auditor).get('/v1/audit/leads?kind=guilty');
      expect(await refusal(sent)).toEqual([400, 'malformed-request']);
    });

    it('for those the reviewer answers to', async () => {
      const about = async (organisation: string) =>
        (await leads('kind=passed-fast', { ...auditor, organisation })).items
          .flatMap(({ accounts }) => accounts)
          .sort();
      expect(await about('title-office')).toEqual(['ben', 'oda', 'pat']);
      expect(await about(bureau)).toEqual(['ben']);
      expect(await about(unit)).toEqual([]);
      expect(await about(elsewhere)).toEqual([]);
    });

    it('in English, page by page', async () => {
      const first = await get<Leads>('/v1/audit/leads?limit=1', { language: 'en' });
      expect(first.items[0]?.sentence).toMatch(/This is a lead, not a finding\.$/);
      const all = (await leads()).items.map(({ id }) => id);
      const found: string[] = [];
      for (let cursor: string | null | undefined; cursor !== null;) {
        const next = cursor === undefined ? '' : `&cursor=${cursor}`;
        const page = await get<Leads>(`/v1/audit/leads?limit=2${next}`);
        found.push(...page.items.map(({ id }) => id));
        cursor = page.nextCursor;
      }
      expect(found).toEqual(all);
    });
  });

  describe('of the trail', () => {
    const trail = async (query: string) =>
      (await get<Page<AuditEntry>>(`/v1/audit/events?${query}`)).items;

    it('finds everything about a person, also what others did', async () => {
      const entries = await trail('person=alice&limit=200');
      expect(new Set(entries.map(({ person }) => person))).toEqual(new Set(['alice']));
      expect(new Set(entries.map(({ actor }) => actor))).toEqual(
        new Set(['alice', 'uma', 'ben', 'pat', 'oda']),
      );
    });

    it.each([
      ['person=alice&actor=uma&type=DossierReturned', 1],
      ['person=bob&actor=oda', 0],
      [`actor=uma&organisation=${unit}&type=DossierReturned`, 2],
      ['type=DossierAccepted&from=2022-08-26T00:00:00%2B08:00&to=2022-12-01T00:00:00%2B08:00', 1],
      ['type=DossierAccepted&to=2022-08-26T00:00:00%2B08:00', 0],
    ])('with %s has %s', async (query, count) => {
      expect(await trail(query)).toHaveLength(count);
    });
  });

  it('finds nothing of a dossier that was never filed, nor of one’s own', async () => {
    const both: Person = { ...alice, roles: ['applicant', 'auditor'] };
    const outside = { ...auditor, organisation: elsewhere };
    for (const [person, id] of [
      [auditor, files.drafting.id],
      [both, files.alice.id],
      [outside, files.alice.id],
    ] as const) {
      for (const what of ['timeline', `decisions/${await acceptedAt()}`]) {
        const asked = service.as(person).get(`/v1/audit/dossiers/${id}/${what}`);
        expect(await refusal(asked)).toEqual([404, 'not-found']);
      }
    }
  });
});
