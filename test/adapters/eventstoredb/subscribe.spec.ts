import { newEvents } from '../../support/events';
import { errors } from '../../support/stand-ins/eventstoredb/faults';
import { Log } from '../../support/stand-ins/eventstoredb/log';
import { collect, foreignRecord, namespace, newBench, until } from './support';

const bench = newBench();
afterEach(() => bench.close());

const ids = (events: readonly { id: string }[]) => events.map(({ id }) => id);

describe('a subscription', () => {
  it('goes on after drops of all kinds without loss or repeat', async () => {
    const server = await bench.server();
    const store = await bench.connect(server.url);
    const reasons: string[] = [];
    const reader = await bench.connect(server.url, {
      timeout: 500,
      onReconnect: (reason) => reasons.push(reason),
    });
    const received = collect(reader, null, 7);
    const appended: string[] = [];
    let revision: number | 'no-stream' = 'no-stream';
    const troubles: (() => unknown)[] = [
      () => {
        server.cutConnections();
      },
      () => {
        server.failSubscriptions(errors.notReady);
      },
      () => {
        server.failSubscriptions(errors.noLeader);
      },
      () => {
        server.fail('subscribe', 'hang');
        server.cutConnections();
      },
      () => {
        server.fail('read-all', errors.notReady, 2);
        server.cutConnections();
      },
      () => server.stop().then(() => server.start()),
    ];
    for (let round = 0; round < 30; round += 1) {
      const events = newEvents(4);
      ({ revision } = await store.append('a', events, revision));
      appended.push(...ids(events));
      if (round % 5 === 2) await troubles[(round - 2) / 5]?.();
    }
    await until(() => received.events.length >= appended.length);
    await received.stop();
    expect(ids(received.events)).toEqual(appended);
    expect(reasons.length).toBeGreaterThanOrEqual(troubles.length - 1);
  });

  it('and its reader tell of an outage once, however often they try', async () => {
    const server = await bench.server();
    const reasons: string[] = [];
    const store = await bench.connect(server.url, {
      timeout: 300,
      onReconnect: (reason) => reasons.push(reason),
    });
    expect(reasons).toEqual([]);
    const received = collect(store);
    await until(() => received.batches.length === 1);
    await server.stop();
    for (let tries = 0; tries < 3; tries += 1) {
      await expect(store.read('a')).rejects.toMatchObject({ name: 'StoreUnavailable' });
    }
    await server.start();
    await store.append('a', newEvents(1), 'no-stream');
    await until(() => received.events.length === 1);
    await received.stop();
    // The connection, and what was followed over it.
    expect(reasons).toHaveLength(2);
  });

  it('begins once the server is back', async () => {
    const server = await bench.server();
    const store = await bench.connect(server.url);
    await server.stop();
    const received = collect(store);
    server.log.append(`${namespace}a`, 'no-stream', [foreignRecord(), foreignRecord()]);
    await server.start();
    await until(() => received.events.length === 2);
    await received.stop();
  });

  it('is asked for again where the server never begins it', async () => {
    const server = await bench.server();
    const store = await bench.connect(server.url, { timeout: 500 });
    server.fail('subscribe', 'hang', 2);
    const received = collect(store);
    await store.append('a', newEvents(3), 'no-stream');
    await until(() => received.events.length === 3);
    expect(server.calls.subscribe).toBe(3);
    await received.stop();
  });

  it('moves to the new leader with the rest', async () => {
    const log = new Log();
    const [first, second] = [await bench.server({ log }), await bench.server({ log })];
    const store = await bench.connect(first.url);
    const received = collect(store);
    await until(() => first.subscriptions.size === 1);
    first.leader = second.address;
    const events = newEvents(2);
    await store.append('a', events, 'no-stream');
    await until(() => second.subscriptions.size === 1);
    await until(() => received.events.length === 2);
    expect(first.subscriptions.size).toBe(0);
    await received.stop();
    expect(ids(received.events)).toEqual(ids(events));
  });

  it("passes over others' streams, system events, links and deletions", async () => {
    const server = await bench.server();
    const store = await bench.connect(server.url);
    const { log } = server;
    const link = { ...foreignRecord(), type: '$>' };
    await store.append('a', newEvents(1), 'no-stream');
    log.append('theirs.a', 'any', [foreignRecord()]);
    log.append('our', 'any', [foreignRecord()]);
    log.append(`${namespace}links`, 'any', [link]);
    await store.append('deleted', newEvents(1), 'no-stream');
    log.delete(`${namespace}deleted`);
    await store.append('gone', newEvents(1), 'no-stream');
    log.tombstone(`${namespace}gone`);
    log.writeStatistic();

    const received = collect(store);
    await until(() => received.batches.length > 0);
    // The server gives events of deleted streams until it is scavenged.
    expect(received.events.map(({ stream }) => stream)).toEqual(['a', 'deleted', 'gone']);
    expect(received.batches.at(-1)?.caughtUp).toBe(true);
    expect(await store.head()).toBe(received.events.at(-1)?.position);
    await received.stop();
  });

  it('has an empty log where only others have written', async () => {
    const server = await bench.server();
    const store = await bench.connect(server.url);
    server.log.append('theirs', 'any', [foreignRecord()]);
    expect(await store.head()).toBeNull();
    const received = collect(store);
    await until(() => received.batches.length === 1);
    expect(received.batches).toEqual([{ events: [], caughtUp: true }]);
    await received.stop();
  });

  it.each([true, false])(
    'knows when it has caught up, whether the server tells or not: %s',
    async (tellsCaughtUp) => {
      const server = await bench.server({ tellsCaughtUp });
      const store = await bench.connect(server.url);
      await store.append('a', newEvents(5), 'no-stream');
      const received = collect(store, null, 2);
      await until(() => received.events.length === 5);
      await store.append('a', newEvents(1), 4);
      await until(() => received.events.length === 6);
      await received.stop();
      expect(received.batches.map(({ events, caughtUp }) => [events.length, caughtUp])).toEqual([
        [2, false],
        [2, false],
        [1, true],
        [1, true],
      ]);
    },
  );

  it('resumes from the last checkpoint, not from its last event', async () => {
    const server = await bench.server();
    const store = await bench.connect(server.url);
    const { position } = await store.append('a', newEvents(1), 'no-stream');
    const received = collect(store);
    await until(() => received.events.length === 1);
    for (let n = 0; n < 200; n += 1) server.log.append('theirs', 'any', [foreignRecord()]);
    await until(() => server.checkpointsSent > 0);
    // One more round, so that the last checkpoint has arrived.
    await store.head();
    server.cutConnections();
    await until(() => server.subscribedFrom.length === 2);
    expect(server.subscribedFrom[0]).toBeNull();
    expect(server.subscribedFrom[1]).toBeGreaterThan(BigInt(position.slice(0, 19)));
    await store.append('a', newEvents(1), 0);
    await until(() => received.events.length === 2);
    await received.stop();
  });

  it('holds the server back while the consumer is slow', async () => {
    const server = await bench.server();
    const store = await bench.connect(server.url);
    const count = 5_000;
    server.log.append(
      `${namespace}a`,
      'no-stream',
      Array.from({ length: count }, () => foreignRecord(2_000)),
    );
    const abort = new AbortController();
    const batches = store.subscribe(null, { batchSize: 10, signal: abort.signal });
    const received = [];
    for await (const { events } of batches) {
      expect(events.length).toBeLessThanOrEqual(10);
      if (received.length === 0) await untilStill(() => server.eventsSent);
      // What is under way fits in the buffers of both sides and the connection's window.
      expect(server.eventsSent - received.length).toBeLessThan(500);
      received.push(...events);
      if (received.length === count) break;
    }
    expect(received.map(({ revision }) => revision)).toEqual(
      Array.from({ length: count }, (_, revision) => revision),
    );
    await until(() => server.subscriptions.size === 0);
  });

  it('repeats nothing where it drops with events still on their way', async () => {
    const server = await bench.server();
    const store = await bench.connect(server.url);
    const records = Array.from({ length: 1_000 }, () => foreignRecord(2_000));
    server.log.append(`${namespace}a`, 'no-stream', records);
    const abort = new AbortController();
    const received: string[] = [];
    // Sizes that leave a part of a batch behind when the connection is cut.
    for await (const { events } of store.subscribe(null, { batchSize: 7, signal: abort.signal })) {
      if (received.length % 140 === 0) {
        await untilStill(() => server.eventsSent);
        server.cutConnections();
      }
      received.push(...ids(events));
      if (received.length >= records.length) break;
    }
    expect(received).toEqual(ids(records));
  });

  it('lets the server go when it ends', async () => {
    const server = await bench.server();
    const store = await bench.connect(server.url);
    const received = collect(store);
    await until(() => server.subscriptions.size === 1);
    await received.stop();
    await until(() => server.subscriptions.size === 0);
  });

  it('refuses the position of another kind of log', async () => {
    const server = await bench.server();
    const store = await bench.connect(server.url);
    const { signal } = new AbortController();
    const batches = store.subscribe('0000000000000001', { signal })[Symbol.asyncIterator]();
    await expect(batches.next()).rejects.toThrow('not a position of this log: 0000000000000001');
  });

  it('delivers nothing for no prefixes', async () => {
    const server = await bench.server();
    const store = await bench.connect(server.url);
    await store.append('a', newEvents(1), 'no-stream');
    const abort = new AbortController();
    const batches = store
      .subscribe(null, { prefixes: [], signal: abort.signal })
      [Symbol.asyncIterator]();
    expect(await batches.next()).toEqual({ done: false, value: { events: [], caughtUp: true } });
    const waiting = batches.next();
    abort.abort();
    expect(await waiting).toEqual({ done: true, value: undefined });
  });
});

/** Waits until a count has stopped to grow. */
async function untilStill(count: () => number): Promise<void> {
  for (let before = -1; before !== count();) {
    before = count();
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
