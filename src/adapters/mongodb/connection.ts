import { type Db, MongoClient, MongoError } from 'mongodb';
import { StoreUnavailable } from '../../engine/event-store';
import { cannotConnect, tooOld, unreadable } from './failures';

export interface MongoOptions {
  /** The database, in place of the one the connection string names. */
  readonly database?: string;
  /** Longest time for one call; the driver makes a second one where a network failed. In milliseconds. Default 10,000. */
  readonly timeout?: number;
  /** Longest wait for a server that can take the operation, in milliseconds. Default 5,000. */
  readonly selectionTimeout?: number;
}

/** What a server of 5.0 says it speaks: the first that keeps field names with dots and dollars. */
const oldestWireVersion = 13;

/**
 * The way to a MongoDB server, shared by the stores in it. It is made without asking the server, so
 * that the service starts, and takes commands, while MongoDB is down.
 *
 * Two databases: read models can be had again from the log, and theirs may be emptied at any time;
 * evidence cannot, so it lives in one of its own, `<database>_evidence`.
 */
export class MongoConnection {
  readonly readModels: Db;
  readonly evidence: Db;
  private connecting: Promise<unknown> | undefined;
  private closed = false;

  private constructor(
    private readonly client: MongoClient,
    database: string | undefined,
  ) {
    this.readModels = client.db(database);
    this.evidence = client.db(`${this.readModels.databaseName}_evidence`);
  }

  /**
   * Throws CannotConnect where the connection string cannot be used.
   *
   * @param url such as `mongodb://user:password@host:27017/title_review?replicaSet=rs0`; the database
   *   is `title_review` where it names none
   */
  static open(url: string, options: MongoOptions = {}): MongoConnection {
    const namesDatabase = /^[^/]*\/\/[^/]+\/[^?]/.test(url);
    const database = options.database ?? (namesDatabase ? undefined : 'title_review');
    return new MongoConnection(newClient(url, options), database);
  }

  /**
   * Does the work over a connection; whatever the driver or the server reports rejects as
   * {@link StoreUnavailable}.
   */
  async use<T>(work: () => Promise<T>): Promise<T> {
    if (this.closed) throw new StoreUnavailable('MongoDB', new Error('closed'));
    await this.connected();
    try {
      return await work();
    } catch (error) {
      throw error instanceof MongoError ? new StoreUnavailable('MongoDB', error) : error;
    }
  }

  /** Asks the server whether it can be used as configured. Rejects with CannotConnect. */
  async check(): Promise<void> {
    try {
      await this.client.connect();
      const { maxWireVersion } = await this.readModels.command({ hello: 1 });
      if (Number(maxWireVersion) < oldestWireVersion) throw tooOld(this.hosts);
      for (const database of [this.readModels, this.evidence]) {
        const nothing = database.collection('permissions');
        await nothing.findOne({});
        await nothing.deleteOne({ _id: { $exists: false } });
      }
    } catch (error) {
      throw cannotConnect(error, this.hosts, this.client.options.tls);
    }
  }

  close(): Promise<void> {
    this.closed = true;
    return this.client.close();
  }

  /** The driver recovers by itself from every trouble but that of a first call, which closes it for good. */
  private async connected(): Promise<void> {
    this.connecting ??= this.client.connect();
    try {
      await this.connecting;
    } catch (error) {
      this.connecting = undefined;
      throw new StoreUnavailable('MongoDB', error);
    }
  }

  /** The addresses alone, for messages. */
  private get hosts(): string {
    const { srvHost, hosts } = this.client.options;
    return srvHost ?? hosts.map(String).join(', ');
  }
}

function newClient(url: string, options: MongoOptions): MongoClient {
  const { timeout = 10_000, selectionTimeout = 5_000 } = options;
  try {
    return new MongoClient(url, {
      appName: 'title-review',
      // Given here, they cannot be weakened in the connection string.
      readPreference: 'primary',
      readConcern: { level: 'majority' },
      w: 'majority',
      journal: true,
      wtimeoutMS: timeout,
      socketTimeoutMS: timeout,
      waitQueueTimeoutMS: timeout,
      serverSelectionTimeoutMS: selectionTimeout,
      connectTimeoutMS: selectionTimeout,
    });
  } catch {
    throw unreadable();
  }
}
