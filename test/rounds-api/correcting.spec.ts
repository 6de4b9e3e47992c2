import type { PolicyChanged } from '../../src/http/round-answers';
import { alice, administrator } from '../e2e/people';
import { edited } from '../rounds/edit';
import { body, refusal, startService, type ServiceInProcess } from '../support/service';
import { correct, policyOf } from './support';

let service: ServiceInProcess;
beforeEach(async () => {
  service = await startService();
});
afterEach(() => service.stop());

const withFee = (yuan: number) => edited(['/afterAcceptance/fee/senior', yuan]);
const feeOf = async (query = '') =>
  (await policyOf(service, '2022', query)).policy.afterAcceptance.fee.senior;
const corrections = async () =>
  (await service.events()).filter(({ type }) => type === 'PolicyCorrected');

describe('Correcting a policy', () => {
  it('is a version of its own, and the versions before can be read', async () => {
    const answer = await body<PolicyChanged>(correct(service, '2022', withFee(520), '提高'), 201);
    expect(answer).toMatchObject({ round: '2022', version: 2 });
    await body(correct(service, '2022', withFee(480), '降低'), 201);

    expect([await feeOf(), await feeOf('?version=1'), await feeOf('?version=2')]).toEqual([
      480, 500, 520,
    ]);
    const { version, versions } = await policyOf(service, '2022', '?version=2');
    expect(version).toBe(2);
    expect(versions.map(({ version, author, reason }) => [version, author, reason])).toEqual([
      [1, 'sample-data', '发布2022年度自治区工程水利专业职称评审'],
      [2, administrator.subject, '提高'],
      [3, administrator.subject, '降低'],
    ]);
    expect(await body(service.as(alice).get('/v1/rounds/2022'), 200)).toMatchObject({
      policyVersion: 3,
    });
  });

  it('is an event with its author, reason and version', async () => {
    await body(correct(service, '2022', withFee(520), '提高'), 201);
    expect(await corrections()).toMatchObject([
      {
        data: { round: '2022', version: 2, reason: '提高' },
        metadata: { policyVersion: 2, actor: { subject: administrator.subject } },
      },
    ]);
  });

  it('is only made on the version that was seen', async () => {
    const seen = await service.as(administrator).get('/v1/rounds/2022/policy');
    const etag = String(seen.headers['etag']);
    expect(etag).toBe('"1"');
    const send = (yuan: number, match: string) =>
      correct(service, '2022', withFee(yuan)).set('If-Match', match);
    const first = await send(520, etag);
    expect([first.status, first.headers['etag']]).toEqual([201, '"2"']);
    expect(await refusal(send(540, etag))).toEqual([412, 'stale-revision']);
    expect((await send(560, '"2"')).status).toBe(201);
    expect(await feeOf()).toBe(560);
  });

  it('is made by one of two who saw the same version', async () => {
    const both = await Promise.all(
      [520, 540].map((yuan) => correct(service, '2022', withFee(yuan)).set('If-Match', '"1"')),
    );
    expect(both.map(({ status }) => status).sort()).toEqual([201, 412]);
    expect(await corrections()).toHaveLength(1);
  });

  it('happens once with one key, also after a later correction', async () => {
    const send = () =>
      correct(service, '2022', withFee(520)).set('Idempotency-Key', 'k').set('If-Match', '"1"');
    const first = await send();
    await body(correct(service, '2022', withFee(540)), 201);
    const again = await send();
    expect([again.status, again.body]).toEqual([201, first.body]);
    expect(await corrections()).toHaveLength(2);
    expect(await feeOf()).toBe(540);
  });

  it('is not for who is no administrator', async () => {
    const sent = service
      .as(alice)
      .post('/v1/rounds/2022/policy', { policy: withFee(0), reason: '减免' });
    expect(await refusal(sent)).toEqual([403, 'role-missing']);
  });

  it('keeps the round', async () => {
    const sent = correct(service, '2022', edited(['/round', '2023']));
    expect(await refusal(sent)).toEqual([409, 'policy-contradictory']);
    expect(await refusal(correct(service, '2023', edited()))).toEqual([404, 'not-found']);
  });

  it('is held against the same schema as a new round', async () => {
    const shapeless = correct(service, '2022', withFee(0.5));
    expect(await refusal(shapeless)).toEqual([400, 'malformed-request']);
    const contradictory = correct(service, '2022', edited(['/year', 2021]));
    expect(await refusal(contradictory)).toEqual([409, 'policy-contradictory']);
    expect(await corrections()).toEqual([]);
  });

  it('has no version that was not made', async () => {
    const version = (n: string) => service.as(alice).get(`/v1/rounds/2022/policy?version=${n}`);
    expect(await refusal(version('2'))).toEqual([404, 'not-found']);
    for (const no of ['0', '-1', 'x', '1.5', '99999999']) {
      expect(await refusal(version(no))).toEqual([400, 'malformed-request']);
    }
  });
});
