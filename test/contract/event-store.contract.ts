import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import type {
  Batch,
  EventStore,
  Json,
  Position,
  RecordedEvent,
  SubscribeOptions,
} from '../../src/engine/event-store';
import { newEvent, newEvents } from '../support/events';
import type { Backing } from './adapters';

/**
 * What every event log must do. It may hold other tests' events: each test writes to streams of a
 * prefix of its own.
 */
export function eventStoreContract(name: string, open: () => Promise<Backing<EventStore>>): void {
  describe(`event store on ${name}`, () => {
    let backing: Backing<EventStore>;
    let store: EventStore;
    let prefix: string;
    let abort: AbortController;

    beforeAll(async () => {
      backing = await open();
    });
    beforeEach(async () => {
      store = await backing.connect();
      prefix = `contract-${randomUUID()}-`;
      abort = new AbortController();
    });
    afterEach(async () => {
      abort.abort();
      await store.close();
    });
    afterAll(() => backing.dispose());

    const subscribe = (after: Position | null, options: Partial<SubscribeOptions> = {}) =>
      store.subscribe(after, { prefixes: [prefix], signal: abort.signal, ...options });

    /** Everything under the prefix that is in the log by now. */
    const recordedSoFar = async (after: Position | null = null): Promise<RecordedEvent[]> => {
      const events: RecordedEvent[] = [];
      for await (const batch of subscribe(after)) {
        events.push(...batch.events);
        if (batch.caughtUp) break;
      }
      return events;
    };

    describe('append and read', () => {
      it('gives back every event as it was appended, numbered from 0', async () => {
        const stream = `${prefix}a`;
        const events = newEvents(3);
        const appended = await store.append(stream, events, 'no-stream');
        const read = await store.read(stream);
        expect(read).toEqual(
          events.map((event, revision) => ({
            ...event,
            stream,
            revision,
            position: expect.any(String) as string,
          })),
        );
        expect(appended).toEqual({ revision: 2, position: read.at(-1)?.position });
      });

      it('reads from a revision on, and nothing of a stream that does not exist', async () => {
        const stream = `${prefix}a`;
        await store.append(stream, newEvents(4), 'no-stream');
        expect((await store.read(stream, 2)).map(({ revision }) => revision)).toEqual([2, 3]);
        expect(await store.read(stream, 4)).toEqual([]);
        expect(await store.read(`${prefix}b`)).toEqual([]);
      });

      it('takes the next append at the revision the last one gave', async () => {
        const stream = `${prefix}a`;
        const first = await store.append(stream, newEvents(2), 'no-stream');
        const second = await store.append(stream, newEvents(1), first.revision);
        expect(second.revision).toBe(2);
        expect(second.position > first.position).toBe(true);
        expect(await store.head()).toBe(second.position);
      });

      it.each([
        { stands: 'no-stream' as const, expected: 0 },
        { stands: 1, expected: 'no-stream' as const },
        { stands: 1, expected: 0 },
        { stands: 1, expected: 2 },
      ])('refuses $expected where the stream stands at $stands', async ({ stands, expected }) => {
        const stream = `${prefix}a`;
        if (stands !== 'no-stream') await store.append(stream, newEvents(2), 'no-stream');
        const before = await store.read(stream);
        await expect(store.append(stream, newEvents(2), expected)).rejects.toMatchObject({
          name: 'WrongExpectedRevision',
          stream,
          expected,
          actual: stands,
        });
        expect(await store.read(stream)).toEqual(before);
      });

      it('lets one of 50 concurrent appends to a stream win', async () => {
        const stream = `${prefix}a`;
        const other = await backing.connect();
        const attempts = await Promise.allSettled(
          Array.from({ length: 50 }, (_, n) =>
            (n % 2 ? store : other).append(stream, newEvents(2), 'no-stream'),
          ),
        );
        await other.close();
        const refused = attempts.filter(({ status }) => status === 'rejected');
        expect(refused).toHaveLength(49);
        for (const refusal of refused) {
          expect(refusal).toMatchObject({ reason: { name: 'WrongExpectedRevision', actual: 1 } });
        }
        expect(await store.read(stream)).toHaveLength(2);
      });

      it('takes appends to one stream in the order they were made', async () => {
        const stream = `${prefix}a`;
        const appended = await Promise.all([
          store.append(stream, newEvents(2), 'no-stream'),
          store.append(stream, newEvents(1), 1),
          store.append(stream, newEvents(3), 2),
        ]);
        expect(appended.map(({ revision }) => revision)).toEqual([1, 2, 5]);
      });

      it('takes concurrent appends to many streams, a refused one among them', async () => {
        const streams = Array.from({ length: 40 }, (_, n) => `${prefix}${n}`);
        const good = streams.map((stream) => store.append(stream, newEvents(3), 'no-stream'));
        const bad = store.append(`${prefix}bad`, newEvents(1), 7);
        await expect(bad).rejects.toMatchObject({ name: 'WrongExpectedRevision' });
        await Promise.all(good);
        for (const stream of streams) expect(await store.read(stream)).toHaveLength(3);
        expect(await store.read(`${prefix}bad`)).toEqual([]);
      });

      it('still has everything after a restart', async () => {
        const stream = `${prefix}a`;
        const { position } = await store.append(stream, newEvents(3), 'no-stream');
        const before = await store.read(stream);
        await store.close();
        store = await backing.connect();
        expect(await store.read(stream)).toEqual(before);
        expect(await store.head()).toBe(position);
        await store.append(stream, newEvents(1), 2);
      });

      it('keeps any JSON', async () => {
        let streams = 0;
        const anyJson = fc.jsonValue({ stringUnit: 'binary' }).map(
          (value) =>
            // JSON knows no -0.
            JSON.parse(JSON.stringify(value)) as Json,
        );
        const keeps = fc.asyncProperty(anyJson, async (data) => {
          const stream = `${prefix}${(streams += 1)}`;
          await store.append(stream, [newEvent(data)], 'no-stream');
          expect((await store.read(stream))[0]?.data).toEqual(data);
        });
        await fc.assert(keeps, { numRuns: 50 });
      });

      it('keeps Chinese, rare characters, emoji and half a megabyte', async () => {
        const stream = `${prefix}职称-𠮷-👩‍🏫`;
        const data = {
          姓名: '买买提·艾合买提',
          地名: '㐖𠮷𪚥',
          符号: '👩‍🏫🇨🇳\u0000\ud800"\\\n',
          long: '评'.repeat(170_000),
        };
        await store.append(stream, [newEvent(data, { type: '已申报' })], 'no-stream');
        expect(await store.read(stream)).toMatchObject([{ stream, type: '已申报', data }]);
      });

      it.each<[string, unknown]>([
        ['undefined', { a: undefined }],
        ['a function', { a: () => 1 }],
        ['a bigint', { a: 1n }],
        ['not a number', [Number.NaN]],
        ['infinity', [Number.POSITIVE_INFINITY]],
        ['a date', { a: new Date(0) }],
        ['a map', new Map([['a', 1]])],
        ['a hole', Array<number>(2)],
      ])('refuses %s as data, and takes what is appended beside it', async (_, data) => {
        const good = store.append(`${prefix}good`, newEvents(1), 'no-stream');
        const bad = store.append(`${prefix}bad`, [newEvent(data as Json)], 'no-stream');
        await expect(bad).rejects.toThrow(TypeError);
        await good;
        expect(await store.read(`${prefix}bad`)).toEqual([]);
      });
    });

    describe('subscribe', () => {
      it('delivers the log in commit order, with ids and data as appended', async () => {
        const events = newEvents(6);
        for (const [n, event] of events.entries()) {
          const stream = `${prefix}${n % 2}`;
          await store.append(stream, [event], n < 2 ? 'no-stream' : Math.floor(n / 2) - 1);
        }
        const recorded = await recordedSoFar();
        expect(recorded.map(({ id, data }) => ({ id, data }))).toEqual(
          events.map(({ id, data }) => ({ id, data })),
        );
        expectAscending(recorded);
      });

      it('resumes after every position without loss or repeat', async () => {
        await store.append(`${prefix}a`, newEvents(4), 'no-stream');
        await store.append(`${prefix}b`, newEvents(3), 'no-stream');
        const all = await recordedSoFar();
        expect(all).toHaveLength(7);
        for (const [index, { position }] of all.entries()) {
          expect(await recordedSoFar(position)).toEqual(all.slice(index + 1));
        }
      });

      it('delivers without gaps what several writers append while it reads', async () => {
        const other = await backing.connect();
        const write = async (writer: EventStore, stream: string) => {
          await writer.append(stream, newEvents(2), 'no-stream');
          for (let revision = 1; revision < 39; revision += 2) {
            await writer.append(stream, newEvents(2), revision);
          }
        };
        const writers = Promise.all(
          ['a', 'b', 'c', 'd'].map((stream, n) => write(n % 2 ? store : other, prefix + stream)),
        );
        const received: RecordedEvent[] = [];
        for await (const { events } of subscribe(null, { batchSize: 7 })) {
          received.push(...events);
          if (received.length >= 160) break;
        }
        await writers;
        await other.close();
        expectAscending(received);
        expect(received).toEqual(await recordedSoFar());
      });

      it('says whether it has caught up, and tells an idle consumer once', async () => {
        const batches = iterate(subscribe(null));
        expect(await batches.next()).toEqual({ events: [], caughtUp: true });
        // Another's event must not wake the consumer: the next batch has its own.
        await store.append(`other-${prefix}`, newEvents(1), 'no-stream');
        const next = batches.next();
        await store.append(`${prefix}a`, newEvents(1), 'no-stream');
        expect(await next).toMatchObject({ events: [{ stream: `${prefix}a` }], caughtUp: true });
      });

      it('never hands over more than a batch, however slow the consumer', async () => {
        await store.append(`${prefix}a`, newEvents(10), 'no-stream');
        const batches = iterate(subscribe(null, { batchSize: 4 }));
        const first = await batches.next();
        expect(first.events).toHaveLength(4);
        expect(first.caughtUp).toBe(false);
        await store.append(`${prefix}b`, newEvents(3), 'no-stream');
        const received = [...first.events];
        while (received.length < 13) {
          const { events } = await batches.next();
          expect(events.length).toBeLessThanOrEqual(4);
          received.push(...events);
        }
        expect(received).toEqual(await recordedSoFar());
      });

      it('takes streams by prefix literally, and all without one', async () => {
        const head = await store.head();
        const names = ['a%', 'ab', 'a_', 'a', 'A', 'b', '审', '审查', '审\u{10FFFD}', '宦'];
        for (const name of names) {
          await store.append(prefix + name, newEvents(1), 'no-stream');
        }
        const under = async (...prefixes: string[]) => {
          const batch = await iterate(
            subscribe(null, { prefixes: prefixes.map((name) => prefix + name) }),
          ).next();
          return batch.events.map(({ stream }) => stream.slice(prefix.length));
        };
        expect(await under('a')).toEqual(['a%', 'ab', 'a_', 'a']);
        expect(await under('a%')).toEqual(['a%']);
        expect(await under('a_', 'A', 'A')).toEqual(['a_', 'A']);
        expect(await under('审')).toEqual(['审', '审查', '审\u{10FFFD}']);
        expect(await under('c')).toEqual([]);
        const { signal } = abort;
        const unfiltered = await iterate(store.subscribe(head, { signal })).next();
        expect(unfiltered.events.map(({ stream }) => stream)).toEqual(
          names.map((name) => prefix + name),
        );
      });

      it('ends without an error when aborted while it waits', async () => {
        const iterator = subscribe(null)[Symbol.asyncIterator]();
        await iterator.next();
        const waiting = iterator.next();
        abort.abort();
        expect(await waiting).toEqual({ done: true, value: undefined });
      });

      it('ends without an error when aborted before or between batches', async () => {
        await store.append(`${prefix}a`, newEvents(4), 'no-stream');
        const iterator = subscribe(null, { batchSize: 2 })[Symbol.asyncIterator]();
        await iterator.next();
        abort.abort();
        expect((await iterator.next()).done).toBe(true);
        expect((await subscribe(null)[Symbol.asyncIterator]().next()).done).toBe(true);
      });

      it('ends without an error when the store is closed', async () => {
        const iterator = subscribe(null)[Symbol.asyncIterator]();
        await iterator.next();
        const waiting = iterator.next();
        await store.close();
        expect((await waiting).done).toBe(true);
      });
    });

    it('finishes what was appended before it was closed, and refuses what comes after', async () => {
      const before = store.append(`${prefix}a`, newEvents(1), 'no-stream');
      await store.close();
      await before;
      const after = store.append(`${prefix}b`, newEvents(1), 'no-stream');
      await expect(after).rejects.toMatchObject({ name: 'StoreUnavailable' });
    });
  });
}

function iterate(batches: AsyncIterable<Batch>): { next: () => Promise<Batch> } {
  const iterator = batches[Symbol.asyncIterator]();
  return {
    next: async () => {
      const result = await iterator.next();
      if (result.done === true) throw new Error('the subscription has ended');
      return result.value;
    },
  };
}

function expectAscending(events: readonly RecordedEvent[]): void {
  const positions = events.map(({ position }) => position);
  expect(positions).toEqual([...new Set(positions)].sort());
}
