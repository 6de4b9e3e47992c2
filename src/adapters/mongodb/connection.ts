import { type Db, MongoClient, MongoError } from 'mongodb';
import { StoreUnavailable } from '../../engine/event-store';
import { cannotConnect, tooOld, unreadable } from './failures';

export interface MongoOptions {
  /** The database, in place of the one the connection string names. */
  readonly database?: string;
  /** Longest time for one call; the driver makes a second one where a network failed. In milliseconds. Default 10,000. */
  readonly timeout?: number;
  /** Longest wait for a server that can take operations, in milliseconds. Default 5,000. */
  readonly selectionTimeout?: number;
  /** Told each time connections to a server were lost, to be made anew. Must not throw. */
  readonly onReconnect?: (reason: string) => void;
}

/** What a server of 5.0 says it speaks: the first that keeps field names with dots and dollars. */
const oldestWireVersion = 13;

/**
 * The way to a MongoDB server, shared by the stores in it. It is made without asking the server, so
 * that the service starts, and takes commands, while MongoDB is down.
 *
 * Three databases: read models can be had again from the log, and theirs may be emptied at any time;
 * evidence cannot, nor can persons' keys: these live in `<database>_evidence` and `<database>_keys`.
 */
export class MongoConnection {
  readonly readModels: Db;
  readonly evidence: Db;
  /** Persons' keys: what was encrypted with one that is lost cannot be had again from anywhere. */
  readonly keys: Db;
  private connecting: Promise<unknown> | undefined;
  private closed = false;
  /** Since when no server could take an operation, by a clock that only goes forward; null while one can. */
  private missingSince: number | null = performance.now();

  private constructor(
    private readonly client: MongoClient,
    database: string | undefined,
    /** Longest time for one call, in milliseconds. */
    readonly timeout: number,
    private readonly selectionTimeout: number,
  ) {
    client.on('topologyDescriptionChanged', ({ newDescription: { servers } }) => {
      const isThere = [...servers.values()].some(({ isWritable }) => isWritable);
      this.missingSince = isThere ? null : (this.missingSince ?? performance.now());
    });
    this.readModels = client.db(database);
    this.evidence = client.db(`${this.readModels.databaseName}_evidence`);
    this.keys = client.db(`${this.readModels.databaseName}_keys`);
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
    const { timeout = 10_000, selectionTimeout = 5_000 } = options;
    const client = newClient(url, timeout, selectionTimeout);
    if (options.onReconnect !== undefined) tellLosses(client, options.onReconnect);
    return new MongoConnection(client, database, timeout, selectionTimeout);
  }

  /**
   * Does the work over a connection; whatever the driver or the server reports rejects as
   * {@link StoreUnavailable}. In an outage the first calls wait for a server to come back, later ones do not:
   * a service that holds thousands of requests which will fail has no room for those that would not.
   */
  async use<T>(work: () => Promise<T>): Promise<T> {
    if (this.closed) throw new StoreUnavailable('MongoDB', new Error('closed'));
    const connected = this.connected();
    if (this.isGivenUp) {
      connected.catch(() => undefined);
      throw new StoreUnavailable('MongoDB', new Error('no server took operations for a while'));
    }
    await connected;
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
      for (const database of [this.readModels, this.evidence, this.keys]) {
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

  private get isGivenUp(): boolean {
    const { missingSince, selectionTimeout } = this;
    return missingSince !== null && performance.now() - missingSince > selectionTimeout;
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

/** Connections are lost by the dozen, and told as one. */
function tellLosses(client: MongoClient, onReconnect: (reason: string) => void): void {
  let toldAt = Number.NEGATIVE_INFINITY;
  client.on('connectionClosed', ({ address, reason }) => {
    const isLoss = reason === 'error' || reason === 'stale';
    if (!isLoss || performance.now() - toldAt < 1_000) return;
    toldAt = performance.now();
    onReconnect(`connections to ${address} were lost`);
  });
}

function newClient(url: string, timeout: number, selectionTimeout: number): MongoClient {
  try {
    return new MongoClient(url, {
      appName: 'title-review',
      // Given here, they cannot be weakened in the connection string.
      readPreference: 'primary',
      readConcernLevel: 'majority',
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
