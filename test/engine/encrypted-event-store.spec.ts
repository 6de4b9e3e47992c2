import { StoreUnavailable, type Json, type NewEvent } from '../../src/engine/event-store';
import type { PersonalData } from '../../src/engine/personal-data-cipher';
import { PersonalDataCipher } from '../../src/engine/personal-data-cipher';
import { EncryptedEventStore } from '../../src/engine/encrypted-event-store';
import { newEvent, someMetadata } from '../support/events';
import { MemoryEventStore } from '../support/memory';
import { MemoryKeyStore, personKeys } from '../support/memory-key-store';
import { everyEvent } from '../support/service';

const gone = '（已依法删除）';
const letters: PersonalData = (type) => {
  if (type === 'counted') return [];
  if (type !== 'written') throw new TypeError(`${type} is undecided`);
  return [
    { path: ['text'], erased: gone },
    { path: ['form'], erased: {} },
    { path: ['reasons', '*', 'correction'], erased: gone },
    { path: ['papers', '*', 'name'], erased: gone },
  ];
};

const letter = {
  number: 7,
  text: 'canary-text encrypted:v1:AAAA',
  form: { name: 'canary-name', entries: ['canary-entry', 1, null, true] },
  reasons: [
    { code: 'omission', correction: 'canary-first' },
    { code: 'other', correction: null },
    { code: 'other', correction: 'canary-third' },
  ],
  papers: { photo: { sha256: 'ab', name: 'canary-photo' } },
};

describe('An encrypted event store', () => {
  let kept: MemoryEventStore;
  let keyStore: MemoryKeyStore;
  let store: EncryptedEventStore;
  beforeEach(() => {
    kept = new MemoryEventStore();
    keyStore = new MemoryKeyStore();
    store = overKeys(keyStore);
  });
  const overKeys = (keys: MemoryKeyStore) =>
    new EncryptedEventStore(kept, new PersonalDataCipher(personKeys(keys), letters));

  const written = (data: Json = letter, person: string | null = 'p'): NewEvent =>
    newEvent(data, { type: 'written', metadata: { ...someMetadata, person } });
  const dataOf = async (stream: string) => (await store.read(stream)).map(({ data }) => data);
  const keptIn = async (stream: string) => JSON.stringify(await kept.read(stream));

  /** The log as it is kept, with the data of one event of the stream changed. */
  const tamper = (stream: string, change: (data: Json) => Json): void => {
    const read = kept.read.bind(kept);
    jest.spyOn(kept, 'read').mockImplementation(async (asked, from) => {
      const events = await read(asked, from);
      return asked === stream
        ? events.map((event) => ({ ...event, data: change(event.data) }))
        : events;
    });
  };

  it('keeps nothing personal in plain text, and all else as it is', async () => {
    await store.append('s', [written()], 'no-stream');
    expect(await keptIn('s')).not.toContain('canary');
    const encrypted = expect.stringMatching(/^encrypted:v1:[\w-]+$/) as unknown;
    expect((await kept.read('s'))[0]?.data).toEqual({
      number: 7,
      text: encrypted,
      form: encrypted,
      reasons: [
        { code: 'omission', correction: encrypted },
        { code: 'other', correction: null },
        { code: 'other', correction: encrypted },
      ],
      papers: { photo: { sha256: 'ab', name: encrypted } },
    });
  });

  it('reads what was appended', async () => {
    const events = [written(), newEvent({ n: 1 }, { type: 'counted' })] as const;
    await store.append('s', events, 'no-stream');
    expect(await store.read('s')).toMatchObject(events);
    expect(await dataOf('s')).toEqual(events.map(({ data }) => data));
    // Also with keys looked up anew.
    expect(await overKeys(keyStore).read('s')).toMatchObject(events);
  });

  it('encrypts the same text differently each time', async () => {
    await store.append('s', [written({ text: 'a' }), written({ text: 'a' })], 'no-stream');
    const [one, other] = (await kept.read('s')).map(({ data }) => (data as { text: string }).text);
    expect(one).not.toBe(other);
  });

  it('leaves out what is not there', async () => {
    await store.append('s', [written({ number: 1, reasons: [] })], 'no-stream');
    expect(await dataOf('s')).toEqual([{ number: 1, reasons: [] }]);
  });

  it('passes subscribers the events as they are kept', async () => {
    await store.append('s', [written()], 'no-stream');
    expect(JSON.stringify(await everyEvent(store))).not.toContain('canary');
  });

  it.each([
    ['an event of nobody', () => written(letter, null)],
    ['an event of a type nobody decided on', () => newEvent({}, { type: 'new' })],
    ['what does not survive JSON', () => written({ text: Number.NaN })],
  ])('refuses %s as a mistake of the program', async (_, event) => {
    await expect(store.append('s', [event()], 'no-stream')).rejects.toBeInstanceOf(TypeError);
    expect(await kept.head()).toBeNull();
  });

  describe('opens a value only where it was encrypted', () => {
    const move = async (change: (data: typeof letter) => Json) => {
      await store.append('s', [written()], 'no-stream');
      tamper('s', (data) => change(data as typeof letter));
      await expect(store.read('s')).rejects.toMatchObject({ name: 'NotAuthentic' });
    };
    const flipped = (token: string, at: number) => {
      const bytes = Buffer.from(token.slice('encrypted:v1:'.length), 'base64url');
      bytes[at] = (bytes[at] ?? 0) ^ 1;
      return `encrypted:v1:${bytes.toString('base64url')}`;
    };

    it.each([0, 11, 12, 20, 30, 45])('not with byte %i changed', (at) =>
      move((data) => ({ ...data, text: flipped(data.text, at) })),
    );
    it('not cut off', () => move((data) => ({ ...data, text: 'encrypted:v1:AAAA' })));
    it('not in plain text', () => move((data) => ({ ...data, text: 'put there by another' })));
    it('not in another field', () => move((data) => ({ ...data, text: data.form as never })));
    it('not in another place of a list', () =>
      move((data) => ({ ...data, reasons: data.reasons.toReversed() })));
    it('not in another event, stream or person', async () => {
      await store.append('s', [written(), written()], 'no-stream');
      await store.append('t', [written()], 'no-stream');
      await store.append('u', [written(letter, 'q')], 'no-stream');
      const [first, second] = await kept.read('s');
      const [third] = await kept.read('t');
      const [fourth] = await kept.read('u');
      for (const other of [second, third, fourth]) {
        tamper('s', (data) => (data === first?.data ? (other?.data ?? null) : data));
        await expect(store.read('s')).rejects.toMatchObject({ name: 'NotAuthentic' });
        jest.restoreAllMocks();
      }
    });
  });

  describe('of a person who was erased', () => {
    const others = written(letter, 'q');
    beforeEach(async () => {
      await store.append('s', [written(), others], 'no-stream');
      await personKeys(keyStore).destroy('p');
      store = overKeys(keyStore);
    });

    it('shows what took the place of what was personal, and others as before', async () => {
      expect(await dataOf('s')).toEqual([
        {
          number: 7,
          text: gone,
          form: {},
          reasons: [
            { code: 'omission', correction: gone },
            { code: 'other', correction: null },
            { code: 'other', correction: gone },
          ],
          papers: { photo: { sha256: 'ab', name: gone } },
        },
        letter,
      ]);
    });

    it('takes nothing personal any more, and everything else', async () => {
      const append = store.append('s', [written()], 1);
      await expect(append).rejects.toMatchObject({ name: 'ErasedPerson' });
      await store.append('s', [newEvent({}, { type: 'counted' })], 1);
    });
  });

  it('says that the keys are out of reach, or lost', async () => {
    await store.append('s', [written()], 'no-stream');
    keyStore.down = true;
    await expect(overKeys(keyStore).read('s')).rejects.toBeInstanceOf(StoreUnavailable);
    expect(await dataOf('s')).toEqual([letter]);
    const lost = overKeys(new MemoryKeyStore());
    await expect(lost.read('s')).rejects.toBeInstanceOf(StoreUnavailable);
  });
});
