import type {
  Appended,
  Batch,
  EventStore,
  ExpectedRevision,
  NewEvent,
  Position,
  RecordedEvent,
  SubscribeOptions,
} from './event-store';
import type { PersonalDataCipher } from './personal-data-cipher';

/**
 * An event store whose log holds nothing personal in plain text. What is read by stream is decrypted, for
 * decisions and for views of one dossier. A subscription passes events as they are kept: what follows
 * the log sees nothing personal, so that no read model can hold any, and erasing a person needs no
 * rebuild.
 */
export class EncryptedEventStore implements EventStore {
  constructor(
    private readonly store: EventStore,
    private readonly cipher: PersonalDataCipher,
  ) {}

  async read(stream: string, from?: number): Promise<readonly RecordedEvent[]> {
    const events = await this.store.read(stream, from);
    const decrypted = await this.cipher.decrypt(
      events.map((event) => ({ ...event, person: event.metadata.person })),
    );
    return events.map((event, index) => ({ ...event, data: decrypted[index] ?? event.data }));
  }

  async append(
    stream: string,
    [first, ...rest]: readonly [NewEvent, ...NewEvent[]],
    expected: ExpectedRevision,
  ): Promise<Appended> {
    const encryptedFirst = await this.cipher.encrypt(stream, first);
    const encryptedRest = await Promise.all(
      rest.map((event) => this.cipher.encrypt(stream, event)),
    );
    return this.store.append(stream, [encryptedFirst, ...encryptedRest], expected);
  }

  subscribe(after: Position | null, options: SubscribeOptions): AsyncIterable<Batch> {
    return this.store.subscribe(after, options);
  }

  head(): Promise<Position | null> {
    return this.store.head();
  }

  close(): Promise<void> {
    return this.store.close();
  }
}
