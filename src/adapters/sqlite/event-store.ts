import { setImmediate as nextTurn } from 'node:timers/promises';
import {
  type Appended,
  type Batch,
  type EventStore,
  type ExpectedRevision,
  type NewEvent,
  type Position,
  type RecordedEvent,
  type SubscribeOptions,
  WrongExpectedRevision,
} from '../../engine/event-store';
import type { MerkleLog } from '../../audit/merkle-log';
import type { Suite } from '../../audit/suite';
import { checkText, Database, type DatabaseOptions, type SqlValue } from './database';
import {
  encode,
  type EncodedEvent,
  type EventRow,
  fromPosition,
  recorded,
  toPosition,
} from './event-row';
import { merkleTables, SqliteMerkleLog, type Sealable } from './merkle-log';
import { SharedPages } from './shared-pages';

const migrations = [
  // AUTOINCREMENT in transactions that write one after the other: no gap, no late commit below a reader.
  `CREATE TABLE events (
     position INTEGER PRIMARY KEY AUTOINCREMENT,
     stream TEXT NOT NULL,
     revision INTEGER NOT NULL,
     id TEXT NOT NULL,
     type TEXT NOT NULL,
     data TEXT NOT NULL,
     metadata TEXT NOT NULL,
     UNIQUE (stream, revision)
   ) STRICT`,
  merkleTables,
];

const mostAppendsInOneTransaction = 500;
/**
 * A transaction waits for more appends as long as each turn of the event loop brings some, up to so many turns and until
 * there are enough: an append costs little beside the disk's wait.
 */
const mostTurnsWaited = 4;
const enoughAppends = 64;
/** Positions looked through in one go: bounds how long a rare prefix holds up the process. */
const longestScan = 10_000;

export interface SqliteEventStoreOptions extends DatabaseOptions {
  /** Milliseconds between looks for what other processes appended. Default 200. */
  readonly pollInterval?: number;
  /** What seals the events as they are written; without it they are not sealed. */
  readonly suite?: Suite;
}

interface Page {
  readonly events: readonly RecordedEvent[];
  /** Position up to which the log was looked through. */
  readonly end: number;
  readonly caughtUp: boolean;
}

interface PendingAppend {
  readonly stream: string;
  readonly events: readonly EncodedEvent[];
  readonly expected: ExpectedRevision;
  readonly resolve: (appended: Appended) => void;
  readonly reject: (reason: unknown) => void;
}

/**
 * The log in one SQLite file. Appends that arrive in one turn of the event loop, or in turns that follow each
 * other, share a durable transaction (group commit): the disk is waited for once, not once an append.
 */
export class SqliteEventStore implements EventStore {
  private pending: PendingAppend[] = [];
  private readonly sleepers = new Set<() => void>();
  private readonly pages = new SharedPages<Page>();
  private closed = false;

  private constructor(
    private readonly database: Database,
    private readonly merkle: SqliteMerkleLog | null,
    private readonly pollInterval = 200,
  ) {}

  /** Opens or makes the file. Errors as {@link Database.open}. */
  static open(path: string, { suite, ...options }: SqliteEventStoreOptions = {}): SqliteEventStore {
    const database = Database.open(path, migrations, options);
    const merkle = suite === undefined ? null : new SqliteMerkleLog(database, suite);
    return new SqliteEventStore(database, merkle, options.pollInterval);
  }

  /** Seals what was written without a suite, or by an older program. */
  seal(): Promise<void> {
    return this.commit([]);
  }

  /** The hash tree over the events; throws where they are not sealed. */
  get merkleLog(): MerkleLog {
    if (this.merkle === null) throw new Error('this log is opened without a suite to seal it');
    return this.merkle;
  }

  read(stream: string, from = 0): Promise<readonly RecordedEvent[]> {
    const sql = 'SELECT * FROM events WHERE stream = ? AND revision >= ? ORDER BY revision';
    return this.database.read(() =>
      this.database.all(sql, stream, from).map((row) => recorded(row as EventRow)),
    );
  }

  append(
    stream: string,
    events: readonly [NewEvent, ...NewEvent[]],
    expected: ExpectedRevision,
  ): Promise<Appended> {
    return new Promise((resolve, reject) => {
      // Checked here: refused by the database, one append would undo the others of its transaction.
      checkText(stream);
      const encoded = events.map(encode);
      if (this.pending.length === 0) this.commitSoon();
      this.pending.push({ stream, events: encoded, expected, resolve, reject });
    });
  }

  async *subscribe(
    after: Position | null,
    { prefixes, batchSize = 500, signal }: SubscribeOptions,
  ): AsyncGenerator<Batch, void, undefined> {
    const filter = streamFilter(prefixes);
    let cursor = after === null ? 0 : fromPosition(after);
    let toldCaughtUp = false;
    while (!signal.aborted && !this.closed) {
      const { events, end, caughtUp } = await this.page(cursor, filter, batchSize);
      cursor = end;
      if (events.length > 0 || (caughtUp && !toldCaughtUp)) {
        yield { events, caughtUp };
        toldCaughtUp = caughtUp;
      } else if (caughtUp) {
        await this.pause(signal);
      }
      // The work is synchronous: without a turn for others, a long catch-up would hold up the process.
      await nextTurn();
    }
  }

  async head(): Promise<Position | null> {
    const head = await this.database.read(() => this.headNumber());
    return head === 0 ? null : toPosition(head);
  }

  /** Commits what was appended before, ends the subscriptions and lets the file go. */
  async close(): Promise<void> {
    while (this.pending.length > 0) await this.commitPending();
    this.closed = true;
    this.wakeSleepers();
    this.database.close();
  }

  private commitSoon(before = 0, turns = 0): void {
    setImmediate(() => {
      const { length } = this.pending;
      const moreMayCome = length > before && length < enoughAppends && turns < mostTurnsWaited;
      if (moreMayCome) this.commitSoon(length, turns + 1);
      else void this.commitPending();
    });
  }

  private async commitPending(): Promise<void> {
    const batch = this.pending.splice(0, mostAppendsInOneTransaction);
    if (batch.length === 0) return;
    if (this.pending.length > 0) setImmediate(() => void this.commitPending());
    await this.commit(batch).catch((error: unknown) => {
      for (const append of batch) append.reject(error);
    });
    this.wakeSleepers();
  }

  private async commit(batch: readonly PendingAppend[]): Promise<void> {
    const { outcomes, growth } = await this.database.write(() => {
      const growth = this.merkle?.grow(this.headNumber());
      // Hashed in one go afterwards: between inserts, each would push the other out of the processor's cache.
      const written: Sealable[] = [];
      const outcomes = batch.map((append) => [append, this.apply(append, written)] as const);
      for (const event of written) growth?.add(event);
      growth?.save();
      return { outcomes, growth };
    });
    if (growth !== undefined) this.merkle?.adopt(growth);
    for (const [append, outcome] of outcomes) {
      if (outcome instanceof WrongExpectedRevision) append.reject(outcome);
      else append.resolve(outcome);
    }
  }

  /** A wrong revision is a value here: thrown, it would undo the other appends of the transaction. */
  private apply(
    { stream, events, expected }: PendingAppend,
    written: Sealable[],
  ): Appended | WrongExpectedRevision {
    const row = this.database.get(
      'SELECT revision FROM events WHERE stream = ? ORDER BY revision DESC LIMIT 1',
      stream,
    ) as Pick<EventRow, 'revision'> | undefined;
    const actual = row?.revision ?? 'no-stream';
    if (actual !== expected) return new WrongExpectedRevision(stream, expected, actual);

    let revision = row?.revision ?? -1;
    let position = 0;
    for (const { id, type, data, metadata, facts } of events) {
      revision += 1;
      position = this.database.run(
        'INSERT INTO events (stream, revision, id, type, data, metadata) VALUES (?, ?, ?, ?, ?, ?)',
        ...[stream, revision, id, type, data, metadata],
      ).lastRowId;
      written.push({ position, stream, revision, id, type, data, metadata, facts });
    }
    return { revision, position: toPosition(position) };
  }

  /** The next events that pass the filter. */
  private page(after: number, filter: Filter, size: number): Promise<Page> {
    const key = JSON.stringify([after, filter, size]);
    return this.pages.get(key, () => this.readPage(after, filter, size));
  }

  private readPage(after: number, filter: Filter, size: number): Promise<Page> {
    // By position alone: an index on the streams would need a sort of everything that matches.
    const sql = `SELECT * FROM events NOT INDEXED
                 WHERE position > ? AND position <= ? AND (${filter.sql})
                 ORDER BY position LIMIT ?`;
    return this.database.read(() => {
      const head = this.headNumber();
      const scanEnd = Math.min(head, after + longestScan);
      const rows = this.database.all(sql, after, scanEnd, ...filter.values, size) as EventRow[];
      const last = rows.length === size ? rows.at(-1) : undefined;
      const end = last?.position ?? Math.max(after, scanEnd);
      return { events: rows.map(recorded), end, caughtUp: end >= head };
    });
  }

  private headNumber(): number {
    const row = this.database.get('SELECT max(position) AS head FROM events');
    return (row as { head: number | null }).head ?? 0;
  }

  /** Ends with the next append here, the poll interval, an abort or a close. */
  private pause(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        clearTimeout(timer);
        this.sleepers.delete(wake);
        signal.removeEventListener('abort', wake);
        resolve();
      };
      const timer = setTimeout(wake, this.pollInterval);
      this.sleepers.add(wake);
      signal.addEventListener('abort', wake);
    });
  }

  private wakeSleepers(): void {
    for (const wake of [...this.sleepers]) wake();
  }
}

interface Filter {
  readonly sql: string;
  readonly values: readonly SqlValue[];
}

function streamFilter(prefixes: readonly string[] | undefined): Filter {
  if (prefixes === undefined) return { sql: 'TRUE', values: [] };
  return {
    sql: prefixes.map(() => '(stream >= ? AND stream < ?)').join(' OR ') || 'FALSE',
    // The highest code point follows every text that begins with the prefix.
    values: prefixes.flatMap((prefix) => [prefix, `${prefix}\u{10FFFF}`]),
  };
}
