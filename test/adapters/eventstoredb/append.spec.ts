import { StoreUnavailable, WrongExpectedRevision } from '../../../src/engine/event-store';
import { newEvents } from '../../support/events';
import { type Fault, errors } from '../../support/stand-ins/eventstoredb/faults';
import { Log } from '../../support/stand-ins/eventstoredb/log';
import { foreignRecord, namespace, newBench, until } from './support';

const bench = newBench();
afterEach(() => bench.close());

/** Short enough for a call that is never answered. */
const impatient = { timeout: 800 };

describe('an append of unknown outcome', () => {
  it.each<Fault>(['cut', 'cut-after', 'hang', 'hang-after', errors.timeout, errors.notReady])(
    'is made once: %s',
    async (fault) => {
      const server = await bench.server();
      const store = await bench.connect(server.url, impatient);
      await store.append('a', newEvents(1), 'no-stream');
      const events = newEvents(3);
      server.fail('append', fault);
      // A call that is never answered takes the time there is: the outcome then decides.
      const outcome = await store.append('a', events, 0).catch((error: unknown) => error);
      const read = await store.read('a', 1);
      if (outcome instanceof StoreUnavailable) {
        expect(fault).toBe('hang');
        expect(read).toEqual([]);
      } else {
        expect(read.map(({ id }) => id)).toEqual(events.map(({ id }) => id));
        expect(outcome).toEqual({ revision: 3, position: read.at(-1)?.position });
      }
    },
  );

  it('is found among the events, though the answer never came and others have gone on', async () => {
    const server = await bench.server();
    const store = await bench.connect(server.url, impatient);
    server.fail('append', 'hang-after');
    const appended = store.append('a', newEvents(2), 'no-stream');
    await until(() => server.log.read(`${namespace}a`)?.length === 2);
    server.log.append(`${namespace}a`, 1n, [foreignRecord()]);
    const read = await store.read('a');
    expect(await appended).toEqual({ revision: 1, position: read[1]?.position });
    expect(read).toHaveLength(3);
    expect(server.calls.append).toBe(1);
  });

  it('is a conflict where another writer took its place', async () => {
    const server = await bench.server();
    const store = await bench.connect(server.url, impatient);
    server.fail('append', errors.timeout);
    server.log.append(`${namespace}a`, 'no-stream', [foreignRecord()]);
    const append = store.append('a', newEvents(2), 'no-stream');
    await expect(append).rejects.toMatchObject({ name: 'WrongExpectedRevision', actual: 0 });
    expect(server.calls.append).toBe(2);
    expect(await store.read('a')).toHaveLength(1);
  });

  it('is StoreUnavailable where the stream cannot be read either, and safe to repeat', async () => {
    const server = await bench.server();
    const store = await bench.connect(server.url, impatient);
    const events = newEvents(2);
    server.fail('append', 'cut-after');
    server.fail('read-stream', 'hang', 5);
    await expect(store.append('a', events, 'no-stream')).rejects.toThrow(StoreUnavailable);
    server.heal();
    // The caller looks at the stream first, as it does for every command.
    expect(await store.read('a')).toHaveLength(2);
    await expect(store.append('a', newEvents(1), 'no-stream')).rejects.toThrow(
      WrongExpectedRevision,
    );
  });

  it('keeps the order of the appends to a stream', async () => {
    const server = await bench.server();
    const store = await bench.connect(server.url);
    server.fail('append', errors.notReady);
    server.fail('append', 'cut-after');
    const appended = await Promise.all([
      store.append('a', newEvents(2), 'no-stream'),
      store.append('a', newEvents(1), 1),
      store.append('a', newEvents(1), 2),
    ]);
    expect(appended.map(({ revision }) => revision)).toEqual([1, 2, 3]);
    expect(await store.read('a')).toHaveLength(4);
  });
});

describe('an append that cannot be made', () => {
  it.each(['append', 'read-stream', 'read-all'] as const)(
    'or any call ends in StoreUnavailable when %s is never answered',
    async (operation) => {
      const server = await bench.server();
      const store = await bench.connect(server.url, impatient);
      server.fail(operation, 'hang', 100);
      const call = {
        append: () => store.append('a', newEvents(1), 'no-stream'),
        'read-stream': () => store.read('a'),
        'read-all': () => store.head(),
      }[operation];
      await expect(call()).rejects.toThrow(StoreUnavailable);
      expect(server.log.read(`${namespace}a`)).toBeUndefined();
    },
  );

  it('is StoreUnavailable while the server is away, and goes on when it is back', async () => {
    const server = await bench.server();
    const store = await bench.connect(server.url, impatient);
    await store.append('a', newEvents(1), 'no-stream');
    await server.stop();
    await expect(store.append('a', newEvents(1), 0)).rejects.toThrow(StoreUnavailable);
    await expect(store.read('a')).rejects.toThrow(StoreUnavailable);
    await server.start();
    const back = await bench.connect(server.url);
    await back.append('a', newEvents(1), 0);
    await store.append('a', newEvents(1), 1);
    expect(await store.read('a')).toHaveLength(3);
  });

  it('is not tried again where the server denies it', async () => {
    const server = await bench.server();
    const store = await bench.connect(server.url);
    server.fail('append', errors.accessDenied);
    await expect(store.append('a', newEvents(1), 'no-stream')).rejects.toThrow(StoreUnavailable);
    expect(server.calls.append).toBe(1);
  });

  it('is refused for data JSON would change, before anything is sent', async () => {
    const server = await bench.server();
    const store = await bench.connect(server.url);
    const [event] = newEvents(1);
    const metadata = { ...event.metadata, policyVersion: 1n as unknown as number };
    await expect(store.append('a', [{ ...event, metadata }], 'no-stream')).rejects.toThrow(
      TypeError,
    );
    expect(server.calls.append).toBe(0);
  });
});

describe('what passes by itself', () => {
  it.each([
    ['a server not ready', errors.notReady],
    ['an election without a leader', errors.noLeader],
    ['a write that timed out', errors.timeout],
  ])('is waited for: %s', async (_, fault) => {
    const server = await bench.server();
    const store = await bench.connect(server.url);
    server.fail('append', fault, 2);
    server.fail('read-stream', fault, 2);
    server.fail('read-all', fault, 2);
    const { position } = await store.append('a', newEvents(2), 'no-stream');
    expect(await store.read('a')).toHaveLength(2);
    expect(await store.head()).toBe(position);
  });
});

describe('a change of leader', () => {
  it('is followed to the node the server names', async () => {
    const log = new Log();
    const [first, second] = [await bench.server({ log }), await bench.server({ log })];
    const reasons: string[] = [];
    const store = await bench.connect(first.url, { onReconnect: (reason) => reasons.push(reason) });
    await store.append('a', newEvents(1), 'no-stream');
    first.leader = second.address;
    await store.append('a', newEvents(1), 0);
    await store.append('a', newEvents(1), 1);
    expect(second.calls.append).toBe(2);
    expect(reasons).toHaveLength(1);
    // And back, when the second is gone.
    first.leader = null;
    await second.stop();
    await store.append('a', newEvents(1), 2);
    expect(await store.read('a')).toHaveLength(4);
  });

  it('is found by gossip in a cluster whose leader has died', async () => {
    const log = new Log();
    const [first, second] = [await bench.server({ log }), await bench.server({ log })];
    const tell = (leader: typeof first) => {
      for (const server of [first, second]) {
        server.leader = server === leader ? null : leader.address;
        server.members = [first, second].map((member) => ({
          ...member.address,
          leads: member === leader,
          isAlive: true,
        }));
      }
    };
    tell(first);
    const url = `esdb://localhost:${first.port},localhost:${second.port}?tls=false`;
    const store = await bench.connect(url);
    await store.append('a', newEvents(1), 'no-stream');
    expect(second.calls.append).toBe(0);
    await first.stop();
    tell(second);
    await store.append('a', newEvents(1), 0);
    expect(second.calls.append).toBeGreaterThan(0);
    expect(await store.read('a')).toHaveLength(2);
  });
});

describe('a deleted stream', () => {
  it('reads as absent and may be begun again', async () => {
    const server = await bench.server();
    const store = await bench.connect(server.url);
    await store.append('a', newEvents(2), 'no-stream');
    server.log.delete(`${namespace}a`);
    expect(await store.read('a')).toEqual([]);
    await store.append('a', newEvents(1), 'no-stream');
    expect(await store.read('a')).toMatchObject([{ revision: 2 }]);
  });

  it('reads as absent and takes nothing where it was deleted for good', async () => {
    const server = await bench.server();
    const store = await bench.connect(server.url);
    await store.append('a', newEvents(2), 'no-stream');
    server.log.tombstone(`${namespace}a`);
    expect(await store.read('a')).toEqual([]);
    await expect(store.append('a', newEvents(1), 'no-stream')).rejects.toThrow(StoreUnavailable);
  });
});
