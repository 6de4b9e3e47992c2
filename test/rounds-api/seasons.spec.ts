import type { AuditEntry } from '../../src/projections/audit-trail';
import type { Page } from '../../src/http/answers';
import type { Instant } from '../../src/engine/instant';
import { materialFindings } from '../../src/rules/materials';
import { dossierContent } from '../../src/cli/season/people/dossier-content';
import { applicant } from '../../src/cli/season/people/person';
import { policy2022 } from '../../src/rounds/policy-2022';
import { DossierFile, reasonAbout } from '../e2e/dossier-file';
import { alice, auditor, bob, unit, unitReviewer } from '../e2e/people';
import { edited } from '../rounds/edit';
import {
  body,
  refusal,
  startService,
  until,
  type Person,
  type ServiceInProcess,
} from '../support/service';
import { correct, fillIn, policyOf, published } from './support';

let service: ServiceInProcess;
afterEach(() => service.stop());

const moveClock = (now: Instant) =>
  body(service.as(null).post('/v1/simulation/clock', { now }), 200);
const submit = ({ path, applicant: by }: DossierFile) =>
  service.as(by).post(`${path}/submissions`, { confirmed: true });
const openAs = (person: Person, round: string) =>
  service.as(person).post('/v1/dossiers', {
    round,
    level: 'senior',
    specialty: 'hydraulic-engineering',
    subSpecialty: 'construction',
    organisation: unit,
  });

describe('The round of 2023, made by editing data alone', () => {
  const everyLevel = <T>(value: T) => ({ senior: value, intermediate: value, junior: value });
  const of2023 = edited(
    ['/round', '2023'],
    ['/year', 2023],
    ['/title', '2023年度自治区工程水利专业职称评审'],
    ['/windows/filing/opens', '2023-07-20T10:00:00+08:00'],
    ['/windows/filing/closes', '2023-08-20T20:00:00+08:00'],
    ['/windows/review', { firstDay: '2023-08-15', lastDay: '2023-09-10' }],
    ['/afterAcceptance/dueBy/day', '2023-09-28'],
    ['/submissions/limit', 2],
    ['/materials/achievements/general/senior', 3],
    ['/materials/assessments/years', everyLevel([2020, 2021, 2022])],
    [
      '/materials/continuingEducation/years',
      everyLevel({ professional: [2022, 2023], public: [2019, 2020, 2021, 2022, 2023] }),
    ],
  );

  it('takes a dossier in its own time, with its own number of tries', async () => {
    service = await startService({ simulatedNow: '2023-07-19T09:00:00.000+08:00' });
    await published(service, of2023);
    expect(await refusal(openAs(alice, '2022'))).toEqual([422, 'filing-window-closed']);

    const file = await DossierFile.open(service, alice, { round: '2023' });
    await fillIn(service, file, '2023');
    expect(await refusal(submit(file))).toEqual([422, 'filing-window-not-open']);
    await moveClock('2023-07-20T10:00:00+08:00');
    expect(await file.submit()).toMatchObject({ number: 1, remaining: 1 });

    await file.giveBack(unitReviewer, reasonAbout('workSummary'));
    await file.explain(1, '已在总结中写明');
    expect(await file.submit()).toMatchObject({ number: 2, remaining: 0 });
    await file.giveBack(unitReviewer, reasonAbout('workSummary'));
    expect(await file.seenBy(alice)).toMatchObject({ closedBecause: 'submission-limit' });
    expect(await refusal(submit(file))).toEqual([422, 'submission-limit-reached']);
  });

  it('asks for its own years and counts', async () => {
    service = await startService({ simulatedNow: '2023-07-19T09:00:00.000+08:00' });
    await published(service, of2023);
    const { policy } = await policyOf(service, '2023');
    const { tier } = await body<{ tier: 'county' }>(
      service.as(alice).get(`/v1/organisations/${unit}`),
      200,
    );
    const last = {
      seed: 3,
      year: 2022,
      units: [{ id: unit, name: '灌区', tier }] as const,
      subSpecialties: ['construction'] as const,
      levels: ['senior'] as const,
    };
    const judged = (year: number, by: typeof policy) => {
      const person = applicant({ ...last, year }, 0);
      const { sections, evidence: attachments } = dossierContent(person, by);
      const { level, subSpecialty } = person;
      const now = '2023-07-25T09:00:00.000+08:00';
      return materialFindings(
        { sections, attachments },
        { policy, level, subSpecialty, unit: undefined, now },
      )
        .filter(({ severity }) => severity === 'block')
        .map(({ code, message }) => `${code}: ${message.en}`);
    };
    expect(judged(2023, policy)).toEqual([]);
    expect(judged(2022, policy2022)).toEqual([
      expect.stringMatching(/^achievement-conditions-unmet: /),
      expect.stringMatching(/^assessment-missing: .*2022/),
      expect.stringMatching(/^continuing-education-missing: .*2023/),
      expect.stringMatching(/^continuing-education-missing: .*2023/),
    ]);
  });
});

describe('Extending the filing window by a correction', () => {
  it('lets whom the system closed out open again and file; what was before keeps its version', async () => {
    service = await startService({ simulatedNow: '2022-08-31T19:00:00.000+08:00' });
    const file = await DossierFile.open(service, alice);
    await fillIn(service, file, '2022');
    await moveClock('2022-08-31T20:00:01+08:00');
    await until(async () => (await file.seenBy(alice)).status === 'closed');
    expect(await refusal(submit(file))).toEqual([422, 'filing-window-closed']);
    expect(await refusal(openAs(alice, '2022'))).toEqual([422, 'filing-window-closed']);

    const extended = edited(['/windows/filing/closes', '2022-09-05T20:00:00+08:00']);
    await body(correct(service, '2022', extended, '系统故障，申报延期'), 201);
    await body(openAs(alice, '2022'), 201);
    const { position } = await file.submit();
    await DossierFile.open(service, bob);

    const events = (await service.events()).filter(({ stream }) => stream === `dossier-${file.id}`);
    const versions = events.map(({ type, metadata }) => [type, metadata.policyVersion] as const);
    const closed = versions.findIndex(([type]) => type === 'DossierClosed');
    expect(versions.slice(closed)).toEqual([
      ['DossierClosed', 1],
      ['DossierReopened', 2],
      ['DossierSubmitted', 2],
    ]);
    expect(new Set(versions.slice(0, closed).map(([, version]) => version))).toEqual(new Set([1]));

    const trail = await body<Page<AuditEntry>>(
      service
        .as(auditor)
        .get(`/v1/audit/events?dossier=${file.id}&limit=4`)
        .set('Read-After', position),
      200,
    );
    expect(trail.items.map(({ type, policyVersion }) => [type, policyVersion])).toEqual([
      ['DossierSubmitted', 2],
      ['DossierReopened', 2],
      ['DossierClosed', 1],
      [expect.any(String), 1],
    ]);
  });
});
