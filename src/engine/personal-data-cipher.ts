import type { KeyObject } from 'node:crypto';

import { decrypt, encrypt, NotAuthentic, placeOf } from './aes-gcm';
import { StoreUnavailable, type Json, type NewEvent, type RecordedEvent } from './event-store';
import { encodeJson } from './json';
import { ErasedPerson, type PersonKey, type PersonKeys } from './person-keys';

/** Where an event's data holds something personal. */
export interface PersonalValue {
  /** Names from the data inwards; `*` stands for every member of a list or record. */
  readonly path: readonly string[];
  /** Takes the value's place once the person's key is destroyed: what readers need not fail on. */
  readonly erased: Json;
}

/** The personal values of an event type. Throws for a type of which that was not decided. */
export type PersonalData = (type: string) => readonly PersonalValue[];

/** An event's data with its place in the log, which every encrypted value is bound to. */
export type Placed = Pick<RecordedEvent, 'stream' | 'id' | 'type' | 'data'> & {
  /** Whom it is about: whose key encrypts it. */
  readonly person: string | null;
};

const mark = 'encrypted:v1:';

/**
 * Puts a token, `encrypted:v1:…`, in the place of each personal value of an event: its JSON under
 * AES-256-GCM, with the key of the person the event is about. A token opens only where it was put: in
 * that event, at that path.
 */
export class PersonalDataCipher {
  constructor(
    private readonly keys: PersonKeys,
    private readonly personalData: PersonalData,
  ) {}

  /**
   * The event as it is kept. Rejects with ErasedPerson, and with TypeError where it holds something
   * personal of nobody.
   */
  async encrypt(stream: string, event: NewEvent): Promise<NewEvent> {
    const { id, type, data } = event;
    const values = this.personalData(type);
    if (values.length === 0) return event;
    const { person } = event.metadata;
    if (person === null) throw new TypeError(`${type} holds personal data of nobody`);
    const key = await this.keys.keyOf(person);
    if (key === 'erased') throw new ErasedPerson('nothing can be kept of a person who was erased');
    const tokens = values.reduce(
      (result, { path }) =>
        changedAt(result, path, (value, pointer) =>
          tokenOf(key.values, value, placeIn({ stream, id, type }, pointer)),
        ),
      data,
    );
    return { ...event, data: tokens };
  }

  /** The data of each event as it was before it was encrypted; of erased persons, as far as anything is left. */
  async decrypt(events: readonly Placed[]): Promise<readonly Json[]> {
    const located = events.map((event) => ({ ...event, values: this.personalData(event.type) }));
    const persons = new Set(
      located.flatMap(({ values, person }) =>
        values.length === 0 || person === null ? [] : [person],
      ),
    );
    const keys = new Map(
      await Promise.all(
        [...persons].map(async (person) => [person, await this.keys.existing(person)] as const),
      ),
    );
    return located.map(({ values, ...event }) =>
      values.reduce(
        (data, { path, erased }) =>
          changedAt(data, path, (value, pointer) =>
            valueOf(value, erased, keys.get(event.person ?? ''), placeIn(event, pointer)),
          ),
        event.data,
      ),
    );
  }
}

function placeIn({ stream, id, type }: Omit<Placed, 'data' | 'person'>, pointer: string): Buffer {
  return placeOf(mark, stream, id, type, pointer);
}

function tokenOf(key: KeyObject, value: Json, place: Buffer): string {
  const encrypted = encrypt(key, Buffer.from(encodeJson(value)), place);
  return mark + encrypted.toString('base64url');
}

function valueOf(
  token: Json,
  erased: Json,
  key: PersonKey | 'erased' | undefined,
  place: Buffer,
): Json {
  // In plain text it was not put there by this service: no older version of it left any so.
  if (typeof token !== 'string' || !token.startsWith(mark)) throw new NotAuthentic('not encrypted');
  if (key === undefined) throw new StoreUnavailable('the key store', new Error('a key is missing'));
  if (key === 'erased') return erased;
  const encrypted = Buffer.from(token.slice(mark.length), 'base64url');
  return JSON.parse(decrypt(key.values, encrypted, place).toString()) as Json;
}

/** The value with what stands at the path changed; null, and what is not there, stays as it is. */
function changedAt(
  value: Json,
  [name, ...rest]: readonly string[],
  change: (value: Json, pointer: string) => Json,
  pointer = '',
): Json {
  if (value === null) return null;
  if (name === undefined) return change(value, pointer);
  if (typeof value !== 'object') return value;
  const next = (member: Json, key: string | number): Json =>
    changedAt(member, rest, change, `${pointer}/${key}`);
  if (isList(value)) return name === '*' ? value.map(next) : value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) =>
      name === '*' || name === key ? [key, next(member, key)] : [key, member],
    ),
  );
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
