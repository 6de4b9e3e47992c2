import type { RoundView } from '../../src/http/round-answers';
import { alice, administrator, officer } from '../e2e/people';
import { edited, type Edit } from '../rounds/edit';
import {
  body,
  problemIn,
  refusal,
  startService,
  type Person,
  type ServiceInProcess,
} from '../support/service';
import { policyOf, publish, published } from './support';

let service: ServiceInProcess;
const start = async () => {
  service = await startService();
};
const stop = () => service.stop();

const pilot = (...edits: readonly Edit[]) => edited(['/round', 'pilot'], ...edits);

describe('Publishing a round', () => {
  beforeEach(start);
  afterEach(stop);

  it('makes it a round like any other, with its author and reason', async () => {
    const response = await publish(service, pilot(), '试点');
    expect(response.status).toBe(201);
    expect(response.headers['etag']).toBe('"1"');
    expect(response.body).toMatchObject({ round: 'pilot', version: 1 });
    const { items } = await body<{ items: RoundView[] }>(service.as(alice).get('/v1/rounds'), 200);
    expect(items.map(({ round, policyVersion }) => [round, policyVersion])).toEqual([
      ['2022', 1],
      ['pilot', 1],
    ]);
    const by = { author: administrator.subject, organisation: administrator.organisation };
    const shown = await policyOf(service, 'pilot');
    expect(shown).toMatchObject({ round: 'pilot', version: 1, reason: '试点', ...by });
    expect(shown.policy).toEqual(pilot());
    expect(shown.versions).toEqual([{ version: 1, at: shown.at, reason: '试点', ...by }]);
  });

  it('is an event with its author, reason and version', async () => {
    await published(service, pilot());
    expect((await service.events()).at(-1)).toMatchObject({
      type: 'RoundPublished',
      data: { round: 'pilot', version: 1, reason: '按通知发布' },
      metadata: {
        policyVersion: 1,
        person: null,
        actor: { kind: 'person', subject: administrator.subject },
      },
    });
  });

  it('is for administrators', async () => {
    const others: readonly Person[] = [alice, officer, { ...administrator, roles: ['auditor'] }];
    for (const person of others) {
      const sent = service.as(person).post('/v1/rounds', { policy: pilot(), reason: '试点' });
      expect(await refusal(sent)).toEqual([403, 'role-missing']);
    }
  });

  it('happens once', async () => {
    expect(await refusal(publish(service, edited()))).toEqual([409, 'round-already-published']);
  });

  it('happens once with one key, and one key is for one policy', async () => {
    const send = (policy: object) => publish(service, policy).set('Idempotency-Key', 'pilot-1');
    const first = await send(pilot());
    const second = await send(pilot());
    expect([second.status, second.body]).toEqual([201, first.body]);
    expect(second.headers['etag']).toBe('"1"');
    expect(await refusal(send(pilot(['/title', '另一个'])))).toEqual([
      422,
      'idempotency-key-reused',
    ]);
    const events = (await service.events()).filter(({ type }) => type === 'RoundPublished');
    expect(events).toHaveLength(2);
  });

  it('keeps instants in Beijing time, however they are written', async () => {
    await published(service, pilot(['/windows/filing/opens', '2022-08-05T02:00:00Z']));
    const { policy } = await policyOf(service, 'pilot');
    expect(policy.windows.filing).toMatchObject({ opens: '2022-08-05T10:00:00.000+08:00' });
  });
});

describe('A policy that is refused', () => {
  beforeAll(start);
  afterAll(stop);

  it.each([
    [{ policy: pilot() }, ['/reason']],
    [{ policy: pilot(), reason: ' ' }, ['/reason']],
    [{ policy: pilot(), reason: '试点', force: true }, ['/force']],
    [{ policy: 'pilot', reason: '试点' }, ['/policy']],
    [{ policy: [], reason: '试点' }, ['/policy']],
    [{ policy: pilot(['/round', 'Pilot 1']), reason: '试点' }, ['/policy/round']],
    [{ policy: pilot(['/hobby', 1]), reason: '试点' }, ['/policy/hobby']],
    [
      {
        policy: pilot(['/submissions/limit', 0], ['/windows/review/lastDay', '2022-09-31']),
        reason: '试点',
      },
      ['/policy/windows/review/lastDay', '/policy/submissions/limit'],
    ],
  ])('for its shape is malformed (%#)', async (sent, pointers) => {
    const problem = problemIn(await service.as(administrator).post('/v1/rounds', sent));
    expect([problem.status, problem.code]).toEqual([400, 'malformed-request']);
    expect(problem.findings?.map(({ pointer }) => pointer)).toEqual(pointers);
  });

  it('for what it says in two places is a conflict, all of it told at once', async () => {
    const policy = pilot(
      ['/windows/filing/closes', '2022-08-01T20:00:00+08:00'],
      ['/materials/practice/conditions/senior', 9],
    );
    const sent = publish(service, policy).set('Accept-Language', 'en');
    const { rule, ...problem } = problemIn(await sent);
    expect(rule).toBeUndefined();
    expect(problem).toMatchObject({ status: 409, code: 'policy-contradictory' });
    expect(problem.findings?.map(({ pointer, message }) => `${pointer}: ${message}`)).toEqual([
      '/policy/windows/filing: It must close (2022-08-01T20:00:00.000+08:00) after it opens (2022-08-05T10:00:00.000+08:00).',
      '/policy/materials/practice/conditions/senior: Asks for 9 conditions where the catalogue has 4 (for one sub-specialty at least).',
    ]);
  });

  it('is told in Chinese by default, and changes nothing', async () => {
    const before = await service.events();
    const problem = problemIn(await publish(service, pilot(['/year', 2023])));
    expect(problem.findings?.[0]?.message).toContain('申报时间不在申报年度（2023）内');
    expect(await service.events()).toEqual(before);
    const sent = service.as(administrator).get('/v1/rounds/pilot/policy');
    expect(await refusal(sent)).toEqual([404, 'not-found']);
  });
});
