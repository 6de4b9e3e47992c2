import { Courier, type CourierOptions } from '../../src/application/notification-courier';
import { ChannelLog } from '../../src/application/notification-deliveries';
import { NotificationWording } from '../../src/application/notification-wording';
import { ReferenceData } from '../../src/application/reference-data';
import { SimulatedClock } from '../../src/engine/clock';
import { StoreUnavailable, type RecordedEvent } from '../../src/engine/event-store';
import { fromEpoch, toEpoch, type Instant } from '../../src/engine/instant';
import type { Message, NotificationChannel } from '../../src/engine/notification-channel';
import { ProjectionRunner } from '../../src/engine/projection-runner';
import { ReactionRunner } from '../../src/engine/reaction-runner';
import { readAfter } from '../../src/engine/read-after';
import { rebuild } from '../../src/engine/rebuild';
import { failed } from '../../src/notifications/delivery';
import { deliveries, type DeliveryView } from '../../src/projections/deliveries';
import { deliveryCounts } from '../../src/projections/delivery-counts';
import { eventually } from '../engine/tally';
import { MemoryEventStore, MemoryLog, MemoryReadModels } from '../support/memory';
import { accepted, decreed, early, happens, returned, submitted } from './happenings';

const quick = { backoff: { base: 1, cap: 2 }, generationCheck: 5 };
const retries = { attempts: 4, base: 10_000, cap: 30_000 };

/** A receiver that refuses what it is told to refuse, and notes what it was sent. */
class Receiver implements NotificationChannel {
  readonly name = 'pigeon';
  readonly sent: Message[] = [];
  refuse: (message: Message) => boolean = () => false;

  async deliver(message: Message, signal: AbortSignal): Promise<void> {
    this.sent.push(message);
    await this.meanwhile(message, signal);
    if (this.refuse(message)) throw new Error('the pigeon is tired');
  }

  meanwhile: (message: Message, signal: AbortSignal) => Promise<void> = () => Promise.resolve();
}

let log: MemoryLog;
let store: MemoryEventStore;
let readModels: MemoryReadModels;
let clock: SimulatedClock;
let receiver: Receiver;
let parts: { stop(): Promise<void> }[];

beforeEach(async () => {
  log = new MemoryLog();
  store = new MemoryEventStore(log);
  readModels = new MemoryReadModels();
  clock = new SimulatedClock(early);
  receiver = new Receiver();
  parts = [];
  await decreed(store);
});
afterEach(stopped);

async function stopped(): Promise<void> {
  for (const part of parts.splice(0)) await part.stop();
}

/** The service as far as deliveries go; `stopped()` and this again is a restart. */
async function started(options: CourierOptions = {}): Promise<ChannelLog> {
  const channel = new ChannelLog(receiver, store, clock);
  await channel.begin();
  const wording = new NotificationWording(new ReferenceData(store));
  const courier = new Courier(channel, wording, store, readModels, clock, {
    retries,
    pause: 1,
    chance: () => 0.999_999,
    ...options,
  });
  parts = [
    ...[deliveries, deliveryCounts].map(
      (one) => new ProjectionRunner(one, store, readModels, quick),
    ),
    new ReactionRunner(channel, store, readModels, quick),
    courier,
  ].map((part) => {
    part.start();
    return part;
  });
  return channel;
}

const events = (type: string): readonly RecordedEvent[] =>
  log.events.filter((event) => event.type === type);
const times = (type: string, count: number): Promise<void> =>
  eventually(() => events(type).length >= count);
const sentTo = (person: string): Message[] =>
  receiver.sent.filter(({ recipient }) => recipient === person);
/** Messages may overtake one another; the position says what came first. */
const inOrder = (messages: readonly Message[]): Message[] => {
  const position = ({ content }: Message): string => content['position'] as string;
  return [...messages].sort((one, other) => (position(one) < position(other) ? -1 : 1));
};
const list = async (state: DeliveryView['state']): Promise<readonly DeliveryView[]> => {
  await readAfter(readModels, deliveries, (await store.head()) ?? '', { timeout: 5000 });
  const query = { index: 'by-state', equals: { state }, limit: 100 };
  return (await readModels.find<DeliveryView>(deliveries, query)).items;
};
/** Lets the projections and the courier look a few times at what there is. */
const settled = async (): Promise<void> => {
  await readAfter(readModels, deliveries, (await store.head()) ?? '', { timeout: 5000 });
  await new Promise((resolve) => setTimeout(resolve, 20));
};
const later = (milliseconds: number): Instant => fromEpoch(toEpoch(clock.now()) + milliseconds);

describe('M-31: through a channel', () => {
  it('each notification goes out once, in both languages', async () => {
    await started();
    await happens(store, 'alice', [submitted('alice'), returned()]);
    await happens(store, 'bob', [submitted('bob')]);
    await times('DeliverySucceeded', 3);
    await settled();
    expect(inOrder(sentTo('alice')).map(({ content }) => content['type'])).toEqual([
      'submitted',
      'returned',
    ]);
    expect(sentTo('bob')).toHaveLength(1);
    const [source] = events('DossierReturned');
    expect(inOrder(sentTo('alice'))[1]).toMatchObject({
      id: source?.id,
      content: {
        deadline: '2022-09-15T23:59:59.999+08:00',
        title: { zh: '所在单位已退回修改', en: 'Returned by your unit' },
      },
    });
  });

  it('nothing goes out of what happened before there was the channel', async () => {
    await happens(store, 'alice', [submitted('alice')]);
    await started();
    await happens(store, 'alice', [accepted]);
    await times('DeliverySucceeded', 1);
    await settled();
    expect(receiver.sent.map(({ content }) => content['type'])).toEqual(['accepted']);
  });

  it('what happened while the service was down goes out when it is back, once', async () => {
    await started();
    await stopped();
    await happens(store, 'alice', [submitted('alice')]);
    await started();
    await times('DeliverySucceeded', 1);
    await stopped();
    await started();
    await settled();
    expect(receiver.sent).toHaveLength(1);
  });

  it('nothing goes out again when the read models are lost or built anew', async () => {
    await started();
    await happens(store, 'alice', [submitted('alice'), accepted]);
    await times('DeliverySucceeded', 2);
    await rebuild(deliveries, store, readModels);
    await settled();
    await stopped();
    readModels = new MemoryReadModels();
    await started();
    await settled();
    expect(receiver.sent).toHaveLength(2);
    expect(await list('delivered')).toHaveLength(2);
  });

  it('after a crash between delivery and record it goes out again, under the same id', async () => {
    const append = store.append.bind(store);
    let crashes = 1;
    store.append = (stream, given, expected) => {
      if (given[0].type !== 'DeliverySucceeded' || crashes === 0)
        return append(stream, given, expected);
      crashes -= 1;
      return Promise.reject(new StoreUnavailable('memory', new Error('unplugged')));
    };
    await started();
    await happens(store, 'alice', [submitted('alice')]);
    await times('DeliverySucceeded', 1);
    await settled();
    expect(receiver.sent).toHaveLength(2);
    expect(new Set(receiver.sent.map(({ id }) => id)).size).toBe(1);
  });

  it('two services record one outcome', async () => {
    await started();
    const first = [...parts];
    await started();
    parts.push(...first);
    await happens(store, 'alice', [submitted('alice')]);
    await times('DeliverySucceeded', 1);
    await settled();
    expect(events('DeliveryRequested')).toHaveLength(1);
    expect(events('DeliverySucceeded')).toHaveLength(1);
    expect(new Set(receiver.sent.map(({ id }) => id)).size).toBe(1);
  });

  it('a service that another has replaced sends nothing, and leaves what it had sent to that one', async () => {
    let isOurs = true;
    receiver.meanwhile = () => {
      isOurs = false;
      return Promise.resolve();
    };
    receiver.refuse = () => true;
    await started({ isOurs: () => isOurs });
    await happens(store, 'alice', [submitted('alice')]);
    await eventually(() => receiver.sent.length === 1);
    await happens(store, 'bob', [submitted('bob')]);
    await times('DeliveryRequested', 2);
    await settled();
    expect(receiver.sent).toHaveLength(1);
    expect(events('DeliveryFailed')).toEqual([]);
    expect(await list('pending')).toHaveLength(2);
  });

  it('a stop breaks off the attempt at work, which counts for nothing', async () => {
    receiver.meanwhile = (_, signal) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => {
          reject(new Error('broken off'));
        });
      });
    await started();
    await happens(store, 'alice', [submitted('alice')]);
    await eventually(() => receiver.sent.length === 1);
    await stopped();
    expect(events('DeliveryFailed')).toEqual([]);
    receiver.meanwhile = () => Promise.resolve();
    await started();
    await times('DeliverySucceeded', 1);
    expect(events('DeliverySucceeded')[0]?.data).toEqual({ channel: 'pigeon', attempt: 1 });
  });
});

describe('M-31: what cannot be delivered', () => {
  it('is tried again after a wait that doubles, and given up after the last attempt', async () => {
    receiver.refuse = () => true;
    await started();
    await happens(store, 'alice', [submitted('alice')]);
    for (const [attempt, wait] of [10_000, 20_000, 30_000].entries()) {
      await times('DeliveryFailed', attempt + 1);
      const { data, metadata } = events('DeliveryFailed')[attempt] ?? { data: null };
      const { nextAttemptAt, reason } = data as { nextAttemptAt: Instant; reason: string };
      expect(toEpoch(nextAttemptAt) - toEpoch(metadata?.at ?? '')).toBeCloseTo(wait, -2);
      expect(reason).toBe('the pigeon is tired');
      await settled();
      expect(receiver.sent).toHaveLength(attempt + 1);
      expect(await list('pending')).toMatchObject([{ attempts: attempt + 1, nextAttemptAt }]);
      clock.moveTo(later(wait + 1000));
    }
    await times('DeliveryAbandoned', 1);
    clock.moveTo(later(1e9));
    await settled();
    expect(receiver.sent).toHaveLength(4);
    expect(await list('dead')).toMatchObject([
      {
        recipient: 'alice',
        channel: 'pigeon',
        type: 'submitted',
        attempts: 4,
        nextAttemptAt: null,
        reason: 'the pigeon is tired',
      },
    ]);
    expect(await readModels.get(deliveryCounts, 'pigeon')).toEqual({
      channel: 'pigeon',
      pending: 0,
      delivered: 0,
      dead: 1,
    });
  });

  it('keeps its count of attempts over a restart', async () => {
    receiver.refuse = () => true;
    await started();
    await happens(store, 'alice', [submitted('alice')]);
    await times('DeliveryFailed', 1);
    await stopped();
    clock.moveTo(later(60_000));
    await started();
    await times('DeliveryFailed', 2);
    receiver.refuse = () => false;
    clock.moveTo(later(60_000));
    await times('DeliverySucceeded', 1);
    expect(events('DeliverySucceeded')[0]?.data).toEqual({ channel: 'pigeon', attempt: 3 });
  });

  it('holds up nobody else, whether it fails or hangs', async () => {
    receiver.refuse = ({ recipient }) => recipient === 'failing';
    receiver.meanwhile = ({ recipient }, signal) =>
      recipient !== 'hanging'
        ? Promise.resolve()
        : new Promise((_resolve, reject) => {
            signal.addEventListener('abort', () => {
              reject(new Error('broken off'));
            });
          });
    await started();
    for (const person of ['failing', 'hanging']) await happens(store, person, [submitted(person)]);
    await eventually(() => receiver.sent.length === 2);
    for (const person of ['alice', 'bob']) await happens(store, person, [submitted(person)]);
    await times('DeliverySucceeded', 2);
    expect(sentTo('alice')).toHaveLength(1);
    expect(sentTo('bob')).toHaveLength(1);
  });

  it('waits at least half and at most all of its time, within the cap', () => {
    const wait = (attempt: number, chance: number): number => {
      const context = { now: early, chance, retries: { attempts: 9, base: 1000, cap: 5000 } };
      const next = failed({ channel: 'c', attempt, reason: 'r' }, context);
      if (next.type !== 'DeliveryFailed') throw new Error(next.type);
      return toEpoch(next.data.nextAttemptAt) - toEpoch(early);
    };
    expect([wait(1, 0), wait(1, 1), wait(3, 0), wait(3, 1)]).toEqual([500, 1000, 2000, 4000]);
    expect([wait(4, 0), wait(8, 1)]).toEqual([2500, 5000]);
  });
});
