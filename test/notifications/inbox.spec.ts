import type { Page } from '../../src/http/answers';
import { administrator, alice, applicant, auditor, bob, unitReviewer } from '../e2e/people';
import { refusal, until } from '../support/service';
import { accepted, dossierOf, early, happens, returned, submitted } from './happenings';
import { filed, Listener, listOf, running, type Item, type Running } from './running';

let service: Running;

describe('M-31: GET /v1/notifications', () => {
  beforeAll(async () => {
    service = await running(early);
  });
  afterAll(() => service.stop());

  it('shows what happened to one’s own dossier, newest first, page by page', async () => {
    await filed(service.store, alice);
    const position = await happens(service.store, 'alice', [returned()]);
    const first = await listOf(service, alice, position, '?limit=1');
    expect(first.items).toMatchObject([
      {
        type: 'returned',
        dossier: dossierOf('alice'),
        deadline: '2022-09-15T23:59:59.999+08:00',
        title: '所在单位已退回修改',
      },
    ]);
    const cursor = encodeURIComponent(first.nextCursor ?? '');
    const second = await listOf(service, alice, position, `?limit=1&cursor=${cursor}`);
    expect(second.items.map(({ type }) => type)).toEqual(['submitted']);
    expect(second.nextCursor).toBeNull();
  });

  it('speaks the language that is asked for', async () => {
    const answer = await service.as(alice).get('/v1/notifications').set('Accept-Language', 'en');
    expect((answer.body as Page<Item>).items[0]?.title).toBe('Returned by your unit');
    expect(answer.headers['content-language']).toBe('en');
    expect(answer.headers['vary']).toBe('Accept, Accept-Language');
  });

  it('shows nobody what others were told', async () => {
    const position = await filed(service.store, bob);
    expect((await listOf(service, bob, position)).items).toHaveLength(1);
    for (const person of [applicant('carol'), unitReviewer, auditor, administrator]) {
      expect((await listOf(service, person, position)).items).toEqual([]);
    }
    expect(JSON.stringify(await listOf(service, alice, position))).not.toContain(dossierOf('bob'));
  });
});

describe('M-31: notifications as they come', () => {
  beforeEach(async () => {
    service = await running(early);
  });
  afterEach(() => service.stop());

  const types = (listener: Listener): string[] => listener.heard.map(({ data }) => data.type);
  const hears = (listener: Listener, count: number): Promise<void> =>
    until(() => Promise.resolve(listener.heard.length >= count));

  it('come to their own reader only, in the language asked for', async () => {
    const { status, headers, listener } = await Listener.to(service, alice, {
      'accept-language': 'en',
    });
    expect([status, headers['content-type']]).toEqual([200, 'text/event-stream; charset=utf-8']);
    expect(headers['x-content-type-options']).toBe('nosniff');
    await filed(service.store, bob);
    await filed(service.store, alice);
    await hears(listener, 1);
    expect(listener.heard.map(({ data }) => data.title)).toEqual(['Your submission was received']);
    expect(listener.heard[0]?.id).toBe(listener.heard[0]?.data.position);
    await listener.hangUp();
  });

  it('go on after the last one that was heard, nothing lost and nothing twice', async () => {
    await filed(service.store, alice);
    const { listener } = await Listener.to(service, alice, { 'last-event-id': '0' });
    await hears(listener, 1);
    await listener.hangUp();
    await happens(service.store, 'alice', [returned()]);
    const last = listener.heard[0]?.id ?? '';
    const again = await Listener.to(service, alice, { 'last-event-id': last });
    await happens(service.store, 'alice', [accepted]);
    await hears(again.listener, 2);
    expect(types(again.listener)).toEqual(['returned', 'accepted']);
    await again.listener.hangUp();
  });

  it('come in order also where there are more than fit in a page', async () => {
    await filed(service.store, alice);
    const many = Array.from({ length: 120 }, (_, index) => submitted('alice', index + 2));
    await happens(service.store, 'alice', many);
    const { listener } = await Listener.to(service, alice, { 'last-event-id': '0' });
    await hears(listener, 121);
    const ids = listener.heard.map(({ id }) => id);
    expect(ids).toEqual([...new Set(ids)].sort());
    await listener.hangUp();
  });

  it('begin with what comes, where nothing was heard before', async () => {
    const position = await filed(service.store, alice);
    await listOf(service, alice, position);
    const { listener } = await Listener.to(service, alice);
    await happens(service.store, 'alice', [returned()]);
    await hears(listener, 1);
    expect(types(listener)).toEqual(['returned']);
    await listener.hangUp();
  });

  it('take four streams a person, and a place is free again when one is left', async () => {
    const streams = [];
    for (let i = 0; i < 4; i += 1) streams.push(await Listener.to(service, alice));
    expect(streams.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    const asked = service.as(alice).get('/v1/notifications').set('Accept', 'text/event-stream');
    expect(await refusal(asked)).toEqual([429, 'too-many-streams']);
    const others = await Listener.to(service, bob);
    expect(others.status).toBe(200);
    await streams[0]?.listener.hangUp();
    await until(async () => {
      const { status, listener } = await Listener.to(service, alice);
      if (status === 200) streams.push({ listener });
      return status === 200;
    });
    for (const { listener } of [...streams, others]) await listener.hangUp();
  });

  it('refuse what is no id of theirs', async () => {
    const asked = service.as(alice).get('/v1/notifications').set('Accept', 'text/event-stream');
    expect(await refusal(asked.set('Last-Event-ID', '; DROP'))).toEqual([
      400,
      'last-event-id-malformed',
    ]);
  });

  it('end with the service', async () => {
    const { listener } = await Listener.to(service, alice);
    service = await service.restart('2022-08-10T10:00:00.000+08:00');
    await listener.over;
  });
});
