import { MongoConnection, type MongoOptions } from '../../../src/adapters/mongodb/connection';
import { MongoReadModels } from '../../../src/adapters/mongodb/read-models';
import type { RecordedEvent } from '../../../src/engine/event-store';
import type { StandInCollection } from '../../support/stand-ins/mongodb/collection';
import type { Fault } from '../../support/stand-ins/mongodb/faults';
import { MongoStandIn } from '../../support/stand-ins/mongodb/server';
import type { Doc } from '../../support/stand-ins/mongodb/wire';
import { MemoryEventStore } from '../../support/memory';
import { append, event } from '../../engine/tally';

export const database = 'title_review';
export const unavailable = { name: 'StoreUnavailable' };

/** After a failure the driver looks again soon, not only after half a second. */
const impatient = '&minHeartbeatFrequencyMS=5';

/** A stand-in with its clients, closed together. */
export class Lab {
  readonly #connections: MongoConnection[] = [];
  readonly #entrances: MongoStandIn[] = [];

  private constructor(readonly standIn: MongoStandIn) {}

  static async start(): Promise<Lab> {
    return new Lab(await new MongoStandIn().start());
  }

  /** A client of its own, as another process has it. */
  connect(options: MongoOptions = {}, parameters = ''): MongoConnection {
    const connection = MongoConnection.open(this.standIn.url + impatient + parameters, options);
    this.#connections.push(connection);
    return connection;
  }

  readModels(options: MongoOptions = {}, parameters = ''): MongoReadModels {
    return new MongoReadModels(this.connect(options, parameters));
  }

  /** One that makes no second attempt, so that every fault shows; the faults meet it alone. */
  async faulty(fault: Fault): Promise<MongoReadModels> {
    const entrance = await new MongoStandIn({ data: this.standIn.data }).start();
    entrance.fault = fault;
    this.#entrances.push(entrance);
    const connection = MongoConnection.open(
      `${entrance.url}${impatient}&retryWrites=false&retryReads=false`,
    );
    this.#connections.push(connection);
    return new MongoReadModels(connection);
  }

  /** What the server holds in its collections of these names' beginning. */
  stored(prefix: string): Doc[] {
    return this.#collections(prefix).flatMap(([, collection]) => collection.find({}));
  }

  names(prefix: string): string[] {
    return this.#collections(prefix).map(([name]) => name);
  }

  collection(prefix: string): StandInCollection {
    const [found, ...others] = this.#collections(prefix);
    if (found === undefined || others.length > 0) throw new Error(`not one collection ${prefix}`);
    return found[1];
  }

  #collections(prefix: string): [string, StandInCollection][] {
    const { data } = this.standIn;
    return data
      .names(database)
      .filter((name) => name.startsWith(prefix))
      .map((name) => [name, data.made(database, name)]);
  }

  async close(): Promise<void> {
    this.standIn.fault = undefined;
    for (const connection of this.#connections) await connection.close();
    for (const entrance of [this.standIn, ...this.#entrances]) await entrance.stop();
  }
}

export function succeeds(call: () => Promise<unknown>): Promise<boolean> {
  return call().then(
    () => true,
    () => false,
  );
}

/** A log in which documents come, change, go and come again. */
export async function votes(): Promise<MemoryEventStore> {
  const store = new MemoryEventStore();
  await append(
    store,
    'ballot-1',
    ...[event(['a', 'b']), event(['b', 'c']), event(['c'], 'Emptied'), event(['a', 'd'])],
    ...[event(['b'], 'Emptied'), event(['a', 'b', 'e']), event(['d'], 'Emptied'), event(['c'])],
    ...[event(['e'], 'Emptied'), event(['b']), event(['a', 'd']), event(['b'], 'Emptied')],
  );
  return store;
}

/** All events of the log. */
export async function logOf(store: MemoryEventStore): Promise<readonly RecordedEvent[]> {
  const reading = new AbortController();
  for await (const { events } of store.subscribe(null, {
    batchSize: 10_000,
    signal: reading.signal,
  })) {
    return events;
  }
  return [];
}
