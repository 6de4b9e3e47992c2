import type { RecordedEvent } from '../../src/engine/event-store';
import type { Instant } from '../../src/engine/instant';
import type { Page } from '../../src/http/answers';
import type { DeliveryView } from '../../src/projections/deliveries';
import { policy2022 } from '../../src/rounds/policy-2022';
import { asKey } from '../../src/secrets';
import { administrator, alice, applicant, auditor, unitReviewer } from '../e2e/people';
import { listen } from '../support/http';
import { body, everyEvent, refusal, until, withoutCheckpoints } from '../support/service';
import {
  accepted,
  appointed,
  decreed,
  dossierOf,
  early,
  happens,
  opened,
  returned,
} from './happenings';
import { filed, listOf, running, type Running } from './running';

let service: Running;

describe('M-31: reminders', () => {
  afterEach(() => service.stop());

  const reminders = async (): Promise<readonly RecordedEvent[]> =>
    withoutCheckpoints(await everyEvent(service.store)).filter(
      ({ type }) => type === 'ReminderDue',
    );
  const given = async (): Promise<readonly (readonly unknown[])[]> =>
    (await reminders()).map(({ metadata, data }) => {
      const { kind, leadHours } = data as { kind: string; leadHours: number };
      return [metadata.person, kind, leadHours];
    });
  /** Lets the service look a few times at what is due. */
  const looked = async (): Promise<void> => {
    const events = withoutCheckpoints(await everyEvent(service.store)).length;
    await new Promise((resolve) => setTimeout(resolve, 1500));
    expect(withoutCheckpoints(await everyEvent(service.store))).toHaveLength(events);
  };
  const moved = (now: Instant, count: number): Promise<void> => {
    service.moveTo(now);
    return until(async () => (await reminders()).length >= count);
  };

  it('go out before each deadline to whom it concerns, once, also over a restart', async () => {
    service = await running(early);
    const defenceAt = '2022-10-12T10:30:00.000+08:00';
    await happens(service.store, 'drafting', [opened('drafting')]);
    await filed(service.store, applicant('waiting'));
    await filed(service.store, applicant('returned'));
    await happens(service.store, 'returned', [returned()]);
    await filed(service.store, applicant('defending'));
    await happens(service.store, 'defending', [accepted, appointed(defenceAt)]);
    const expected: (readonly unknown[])[] = [];
    for (const [now, ...reminder] of [
      ['2022-08-24T20:00:00.000+08:00', 'drafting', 'filing', 168],
      ['2022-08-30T20:00:00.000+08:00', 'drafting', 'filing', 24],
      ['2022-09-09T08:00:00.000+08:00', 'returned', 'refiling', 168],
      ['2022-09-15T08:00:00.000+08:00', 'returned', 'refiling', 24],
      ['2022-09-24T08:00:00.000+08:00', 'defending', 'fee-and-forms', 168],
      ['2022-09-30T08:00:00.000+08:00', 'defending', 'fee-and-forms', 24],
      ['2022-10-05T10:30:00.000+08:00', 'defending', 'defence', 168],
      ['2022-10-11T10:30:00.000+08:00', 'defending', 'defence', 24],
    ] as const) {
      expected.push(reminder);
      await moved(now, expected.length);
      expect(await given()).toEqual(expected);
    }
    service = await service.restart('2022-10-11T10:31:00.000+08:00');
    await looked();
    expect(await given()).toEqual(expected);
    const { items } = await listOf(
      service,
      applicant('defending'),
      (await service.store.head()) ?? '',
    );
    expect(items[0]).toMatchObject({
      type: 'deadline-near',
      deadline: defenceAt,
      title: '提醒：答辩即将开始',
    });
  });

  it('missed while the service was down are made up for by one, before the deadline only', async () => {
    service = await running(early);
    await happens(service.store, 'drafting', [opened('drafting')]);
    service = await service.restart('2022-08-31T12:00:00.000+08:00');
    await until(async () => (await reminders()).length === 1);
    expect(await given()).toEqual([['drafting', 'filing', 24]]);

    await service.stop();
    service = await running(early);
    await happens(service.store, 'drafting', [opened('drafting')]);
    service = await service.restart('2022-08-31T20:00:01.000+08:00');
    await until(async () =>
      withoutCheckpoints(await everyEvent(service.store)).some(
        ({ type }) => type === 'DossierClosed',
      ),
    );
    await looked();
    expect(await given()).toEqual([]);
  });

  it('of a corrected window go to everybody in the round, once', async () => {
    service = await running(early);
    const people = Array.from({ length: 60 }, (_, index) => applicant(`a-${index}`));
    for (const person of people) await filed(service.store, person);
    await happens(service.store, 'a-0', [returned()]);
    const filing = { ...policy2022.windows.filing, closes: '2022-09-02T20:00:00.000+08:00' };
    const windows = { ...policy2022.windows, filing };
    await decreed(service.store, { ...policy2022, title: '未动时间' });
    await decreed(service.store, { ...policy2022, windows });
    const told = async (): Promise<readonly RecordedEvent[]> =>
      withoutCheckpoints(await everyEvent(service.store)).filter(
        ({ type }) => type === 'DeadlinesCorrected',
      );
    await until(async () => (await told()).length >= 60);
    service = await service.restart('2022-08-11T09:00:00.000+08:00');
    await looked();
    expect(new Set((await told()).map(({ metadata }) => metadata.person)).size).toBe(60);
    expect(await told()).toHaveLength(60);
    const { items } = await listOf(service, applicant('a-0'), (await service.store.head()) ?? '');
    expect(items[0]?.text).toContain('网上申报自2022年8月5日10:00至2022年9月2日20:00');
  });
});

describe('M-31: a configured webhook', () => {
  const secret = asKey('wq5uRzjB1xKpTn8Yd3Hf6Vm0Lc9Se2GaQoIiZbXk');
  let receiver: Awaited<ReturnType<typeof listen>>;
  let status = 204;
  let ids: string[] = [];
  beforeEach(async () => {
    ids = [];
    receiver = await listen((request, response) => {
      ids.push(String(request.headers['x-notification-id']));
      request.resume().on('end', () => response.writeHead(status).end());
    });
    service = await running(early, { webhook: { url: receiver.url, secret } });
  });
  afterEach(async () => {
    await service.stop();
    await receiver.close();
  });

  const deliveries = (state: string): Promise<Page<DeliveryView>> =>
    body(service.as(administrator).get(`/v1/notifications/deliveries?state=${state}`), 200);

  it('is told, again where it fails, and administrators see how it stands', async () => {
    status = 503;
    await filed(service.store, alice);
    await until(async () => (await deliveries('pending')).items[0]?.attempts === 1);
    const [pending] = (await deliveries('pending')).items;
    expect(pending).toMatchObject({
      recipient: 'alice',
      type: 'submitted',
      reason: 'the receiver answered 503',
    });
    expect(JSON.stringify(pending)).not.toContain(dossierOf('alice'));
    const health = await body<object>(service.as(administrator).get('/health/ready'), 200);
    expect(health).toMatchObject({
      deliveries: [{ channel: 'webhook', pending: 1, delivered: 0, dead: 0 }],
      reactions: expect.arrayContaining([
        expect.objectContaining({ name: 'reaction-deliver-webhook', state: 'running' }),
      ]) as unknown,
    });
    status = 204;
    service.moveTo('2022-08-10T10:00:00.000+08:00');
    await until(async () => (await deliveries('delivered')).items.length === 1);
    expect(ids).toHaveLength(2);
    expect(new Set(ids).size).toBe(1);
    expect((await deliveries('dead')).items).toEqual([]);
  });

  it('is nobody’s business but the administrators’', async () => {
    for (const person of [alice, unitReviewer, auditor]) {
      const asked = service.as(person).get('/v1/notifications/deliveries');
      expect(await refusal(asked)).toEqual([403, 'role-missing']);
    }
  });
});
