import type { Config } from '../../src/config';
import { asKey } from '../../src/secrets';
import { Log } from './stand-ins/eventstoredb/log';
import { EventStoreDBStandIn } from './stand-ins/eventstoredb/server';
import { Data } from './stand-ins/mongodb/data';
import { MongoStandIn } from './stand-ins/mongodb/server';

/** Stand-ins for the two servers of production, as one service sees them. */
export class Servers {
  private constructor(
    readonly eventStore: EventStoreDBStandIn,
    readonly mongodb: MongoStandIn,
  ) {}

  /** On data of their own, or on that of others: a second way to the same, which can fail by itself. */
  static async start({ eventStore, mongodb }: Partial<Servers> = {}): Promise<Servers> {
    return new Servers(
      await new EventStoreDBStandIn({ log: eventStore?.log ?? new Log() }).start(),
      await new MongoStandIn({ data: mongodb?.data ?? new Data() }).start(),
    );
  }

  /** What the service is configured with. */
  get settings(): {
    readonly eventStore: NonNullable<Config['eventStore']>;
    readonly mongodb: NonNullable<Config['mongodb']>;
  } {
    const { EVENTSTORE_URL, MONGODB_URL } = this.env;
    return {
      eventStore: { url: asKey(EVENTSTORE_URL), namespace: 'title_review' },
      mongodb: { url: asKey(MONGODB_URL) },
    };
  }

  /** The same for a process of its own. */
  get env(): { readonly EVENTSTORE_URL: string; readonly MONGODB_URL: string } {
    return {
      EVENTSTORE_URL: this.eventStore.url,
      // After a failure the driver looks again soon, not only after half a second.
      MONGODB_URL: `${this.mongodb.url}&minHeartbeatFrequencyMS=5`,
    };
  }

  /** Both are gone, as for somebody behind a cut cable. */
  async stop(): Promise<void> {
    await Promise.all([this.eventStore.stop(), this.mongodb.stop()]);
  }
}
