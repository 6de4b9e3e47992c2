import type { EventStore } from '../../src/engine/event-store';
import { RecentStreams, type RecentStreamsOptions } from '../../src/engine/recent-streams';
import { eventStoreContract } from '../contract/event-store.contract';
import { newEvent } from '../support/events';
import { MemoryEventStore, MemoryLog } from '../support/memory';

eventStoreContract('streams held in memory', () => {
  const log = new MemoryLog();
  return Promise.resolve({
    connect: () => Promise.resolve(new RecentStreams(new MemoryEventStore(log))),
    dispose: () => Promise.resolve(),
  });
});

describe('Streams held in memory', () => {
  const log = new MemoryLog();
  let kept: MemoryEventStore;
  beforeEach(() => {
    log.streams.clear();
    kept = new MemoryEventStore(log);
  });

  const holding = (options: RecentStreamsOptions = {}) => new RecentStreams(kept, options);
  /** What is asked of the store behind, as `stream@from`. */
  const asked = (): readonly string[] => {
    const questions: string[] = [];
    const read = kept.read.bind(kept);
    jest.spyOn(kept, 'read').mockImplementation((stream, from) => {
      questions.push(`${stream}@${from ?? 0}`);
      return read(stream, from);
    });
    return questions;
  };
  const write = async (store: EventStore, stream: string, ...data: string[]) => {
    for (const text of data) {
      const { length } = await store.read(stream);
      await store.append(stream, [newEvent(text)], length === 0 ? 'no-stream' : length - 1);
    }
  };
  const dataOf = async (store: EventStore, stream: string, from?: number) =>
    (await store.read(stream, from)).map(({ data }) => data);

  it('asks only for what was added, whoever added it', async () => {
    await write(kept, 'a', 'one', 'two');
    const store = holding();
    const questions = asked();
    expect(await dataOf(store, 'a')).toEqual(['one', 'two']);
    await kept.append('a', [newEvent('three')], 1);
    expect(await dataOf(store, 'a')).toEqual(['one', 'two', 'three']);
    expect(await dataOf(store, 'a', 2)).toEqual(['three']);
    expect(await dataOf(store, 'a', 9)).toEqual([]);
    expect(questions).toEqual(['a@0', 'a@2', 'a@3', 'a@3']);
  });

  it('holds nothing of a stream that was read in part', async () => {
    await write(kept, 'a', 'one', 'two');
    const store = holding();
    expect(await dataOf(store, 'a', 1)).toEqual(['two']);
    expect(await dataOf(store, 'a')).toEqual(['one', 'two']);
  });

  it('drops the stream unread for longest where there are too many events', async () => {
    await write(kept, 'a', '1', '2');
    await write(kept, 'b', '1', '2');
    await write(kept, 'c', '1');
    const store = holding({ capacity: 4 });
    const questions = asked();
    for (const stream of ['a', 'b', 'a', 'c', 'a', 'c', 'b']) await store.read(stream);
    expect(questions).toEqual(['a@0', 'b@0', 'a@2', 'c@0', 'a@2', 'c@1', 'b@0']);
  });

  it('holds no stream that is longer than all it may hold', async () => {
    await write(kept, 'a', '1', '2', '3');
    const store = holding({ capacity: 2 });
    const questions = asked();
    expect(await dataOf(store, 'a')).toEqual(['1', '2', '3']);
    expect(await dataOf(store, 'a')).toEqual(['1', '2', '3']);
    expect(questions).toEqual(['a@0', 'a@0']);
  });

  it('reads a stream from its beginning again once it was held for long', async () => {
    await write(kept, 'a', '1');
    let now = 0;
    const store = holding({ freshFor: 100, now: () => now });
    const questions = asked();
    for (now of [0, 99, 100]) await store.read('a');
    expect(questions).toEqual(['a@0', 'a@1', 'a@0']);
  });

  it('forgets everything, also what is being read', async () => {
    await write(kept, 'a', '1');
    await write(kept, 'b', '1');
    const store = holding();
    await store.read('a');
    const questions = asked();
    const reading = store.read('b');
    store.forget();
    await reading;
    await store.read('a');
    await store.read('b');
    expect(questions).toEqual(['b@0', 'a@0', 'b@0']);
  });

  it('keeps what is newest where reads overlap', async () => {
    await write(kept, 'a', '1');
    const store = holding();
    const early = await kept.read('a');
    let release: () => void = () => undefined;
    const late = new Promise<void>((done) => (release = done));
    jest.spyOn(kept, 'read').mockImplementationOnce(async () => {
      await late;
      return early;
    });
    const slow = store.read('a');
    await write(kept, 'a', '2');
    expect(await dataOf(store, 'a')).toEqual(['1', '2']);
    release();
    expect(await slow).toHaveLength(1);
    expect(await dataOf(store, 'a')).toEqual(['1', '2']);
  });
});
