import fc from 'fast-check';

import type { Batch, EventStore, Position, RecordedEvent } from '../../src/engine/event-store';
import { SharedEventStore } from '../../src/engine/shared-event-store';
import { newEvent } from '../support/events';
import { MemoryEventStore } from '../support/memory';

/** Events one is given until told to stop. */
class Follower {
  readonly events: RecordedEvent[] = [];
  readonly batches: Batch[] = [];
  private readonly stopping = new AbortController();
  private readonly running: Promise<void>;

  constructor(
    store: EventStore,
    private readonly options: {
      readonly after?: Position;
      readonly prefixes?: readonly string[];
      readonly batchSize?: number;
      /** Held up before each batch is asked for. */
      readonly pause?: () => Promise<unknown>;
    } = {},
  ) {
    this.running = this.follow(store);
  }

  /** Once everything up to there was handed over. */
  async upTo({ position }: { readonly position: Position }): Promise<this> {
    await until(() => this.events.some((event) => event.position >= position));
    return this;
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  private async follow(store: EventStore): Promise<void> {
    const { after = null, pause, ...options } = this.options;
    for await (const batch of store.subscribe(after, {
      ...options,
      signal: this.stopping.signal,
    })) {
      this.batches.push(batch);
      this.events.push(...batch.events);
      await pause?.();
    }
  }
}

const revisions = new Map<string, number>();

async function append(store: EventStore, stream: string) {
  const revision = revisions.get(stream) ?? -1;
  revisions.set(stream, revision + 1);
  return store.append(stream, [newEvent()], revision < 0 ? 'no-stream' : revision);
}

const turn = () => new Promise(setImmediate);

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await turn();
}

describe('A log that is read once for all who follow it', () => {
  let log: MemoryEventStore;
  let followers: Follower[];

  beforeEach(() => {
    revisions.clear();
    log = new MemoryEventStore();
    followers = [];
  });
  afterEach(async () => {
    await Promise.all(followers.map((follower) => follower.stop()));
  });

  const follow = (store: EventStore, options = {}): Follower => {
    const follower = new Follower(store, options);
    followers.push(follower);
    return follower;
  };

  it('is subscribed to once by those who stand at its end, whatever their number', async () => {
    const store = new SharedEventStore(log);
    const first = await append(store, 'a');
    const all = [1, 2, 3, 4, 5].map(() => follow(store));
    await Promise.all(all.map((follower) => follower.upTo(first)));
    const subscribe = jest.spyOn(log, 'subscribe');
    const second = await append(store, 'b');
    await Promise.all(all.map((follower) => follower.upTo(second)));
    expect(subscribe).not.toHaveBeenCalled();
    const [one, other] = all.map(({ events }) => events.at(-1));
    expect(one).toBeDefined();
    expect(other).toBe(one);
  });

  it('is let go of when nobody follows it any more', async () => {
    const store = new SharedEventStore(log);
    const subscribed: AbortSignal[] = [];
    const subscribe = log.subscribe.bind(log);
    jest.spyOn(log, 'subscribe').mockImplementation((after, options) => {
      subscribed.push(options.signal);
      return subscribe(after, options);
    });
    const follower = follow(store);
    await follower.upTo(await append(store, 'a'));
    await until(() => subscribed.length === 2);
    await follower.stop();
    expect(subscribed.map(({ aborted }) => aborted)).toEqual([true, true]);
  });

  it('does not wait for somebody slow, who loses nothing either', async () => {
    const store = new SharedEventStore(log, 3);
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    const slow = follow(store, { batchSize: 2, pause: () => held });
    const fast = follow(store);
    let last = await append(store, 'a');
    for (let n = 0; n < 20; n += 1) last = await append(store, 'a');
    await fast.upTo(last);
    expect(slow.events.length).toBeLessThanOrEqual(2);
    release();
    await slow.upTo(last);
    expect(slow.events).toEqual(fast.events);
    expect(Math.max(...slow.batches.map(({ events }) => events.length))).toBe(2);
  });

  it('goes on where the shared reading breaks off', async () => {
    const store = new SharedEventStore(log);
    const subscribe = log.subscribe.bind(log);
    let [readings, broken] = [0, 0];
    jest.spyOn(log, 'subscribe').mockImplementation(async function* (after, options) {
      readings += 1;
      const isShared = readings === 2; // The first is the follower's own, up to the end of the log.
      for await (const batch of subscribe(after, options)) {
        yield batch;
        if (!isShared || batch.events.length === 0) continue;
        broken += 1;
        throw new Error('cut off');
      }
    });
    const follower = follow(store);
    await until(() => readings === 2);
    let last = await append(store, 'a');
    await follower.upTo(last);
    for (let n = 0; n < 3; n += 1) last = await append(store, 'b');
    await follower.upTo(last);
    expect(broken).toBe(1);
    expect(follower.events).toEqual([...(await log.read('a')), ...(await log.read('b'))]);
  });

  it('hands everybody exactly what they asked for, however they come and go', async () => {
    const asked = fc.record({
      prefixes: fc.option(fc.subarray(['a', 'b', 'c'], { minLength: 1 }), { nil: undefined }),
      batchSize: fc.integer({ min: 1, max: 4 }),
      turns: fc.nat(4),
      begin: fc.nat(30),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(asked, { minLength: 1, maxLength: 6 }),
        fc.array(fc.constantFrom('a1', 'b1', 'c1', 'a2'), { minLength: 1, maxLength: 40 }),
        fc.integer({ min: 1, max: 5 }),
        async (wishes, streams, held) => {
          revisions.clear();
          const store = new SharedEventStore(new MemoryEventStore(), held);
          const there: [Follower, (typeof wishes)[number]][] = [];
          for (const [n, stream] of streams.entries()) {
            for (const wish of wishes) {
              if (wish.begin !== Math.min(n, 30)) continue;
              const pause = async () => {
                for (let i = 0; i < wish.turns; i += 1) await turn();
              };
              const { prefixes, batchSize } = wish;
              const filter = prefixes === undefined ? {} : { prefixes };
              there.push([new Follower(store, { ...filter, batchSize, pause }), wish]);
            }
            await append(store, stream);
          }
          // Of every kind one, so that each follower is given something past all the others.
          for (const stream of ['a9', 'b9', 'c9']) await append(store, stream);
          const all: RecordedEvent[] = [];
          for (const stream of new Set([...streams, 'a9', 'b9', 'c9'])) {
            all.push(...(await store.read(stream)));
          }
          all.sort((one, other) => (one.position < other.position ? -1 : 1));
          for (const [follower, { prefixes }] of there) {
            const wanted = all.filter(({ stream }) => prefixes?.includes(stream.charAt(0)) ?? true);
            await follower.upTo(wanted.at(-1) ?? { position: '' });
            expect(follower.events).toEqual(wanted);
            await follower.stop();
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});
