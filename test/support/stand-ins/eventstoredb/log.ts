import { randomUUID } from 'node:crypto';
import { EventEmitter } from 'node:events';

export interface ProposedRecord {
  readonly id: string;
  readonly type: string;
  readonly contentType: string;
  readonly data: Uint8Array;
  readonly metadata: Uint8Array;
}

export interface LogRecord extends ProposedRecord {
  readonly stream: string;
  readonly revision: bigint;
  /** Byte offset in the log, as the server's positions are: they grow, and leave gaps. */
  readonly position: bigint;
  readonly created: Date;
}

export type Expected = bigint | 'no-stream' | 'any';

export type AppendOutcome =
  | { readonly kind: 'written'; readonly revision: bigint; readonly position: bigint }
  | { readonly kind: 'wrong-revision'; readonly current: bigint | 'no-stream' }
  | { readonly kind: 'deleted' };

interface Stream {
  readonly records: LogRecord[];
  /** Set by a soft delete: nothing below it is read from the stream any more. */
  truncateBefore: bigint;
  tombstoned: boolean;
}

/** The server gives a tombstone the highest revision there is. */
const tombstoneRevision = 9_223_372_036_854_775_807n;
const appendsPerStatistic = 3;

/**
 * The log of a stand-in in memory, with the semantics of the server: revisions, expected revisions,
 * idempotence by event ids, deletes, and system events in between. Several stand-ins may share one, as
 * the nodes of a cluster do.
 */
export class Log {
  readonly records: LogRecord[] = [];
  private readonly streams = new Map<string, Stream>();
  private readonly appended = new EventEmitter().setMaxListeners(0);
  private nextPosition = 4096n;
  private appends = 0;

  append(name: string, expected: Expected, proposed: readonly ProposedRecord[]): AppendOutcome {
    const stream = this.streams.get(name);
    if (stream?.tombstoned === true) return { kind: 'deleted' };
    const last = stream?.records.at(-1);
    // A soft-deleted stream counts as absent, and its revisions go on from where they were.
    const isThere = last !== undefined && last.revision >= (stream?.truncateBefore ?? 0n);
    const current = isThere ? last.revision : 'no-stream';
    if (expected !== 'any' && expected !== current && !(expected === last?.revision)) {
      return this.alreadyWritten(stream, expected, proposed) ?? { kind: 'wrong-revision', current };
    }
    const written = proposed.map((record) => this.write(name, record));
    this.appends += 1;
    if (this.appends % appendsPerStatistic === 0) this.writeStatistic();
    this.appended.emit('appended');
    const end = written.at(-1) ?? last;
    return { kind: 'written', revision: end?.revision ?? -1n, position: end?.position ?? 0n };
  }

  /** Records of a stream that are still readable; undefined where there is none. */
  read(name: string): readonly LogRecord[] | 'deleted' | undefined {
    const stream = this.streams.get(name);
    if (stream?.tombstoned === true) return 'deleted';
    const records = stream?.records.filter(({ revision }) => revision >= stream.truncateBefore);
    return records?.length === 0 ? undefined : records;
  }

  /** Soft delete: the records stay in the log, the stream reads as absent and may be begun again. */
  delete(name: string): void {
    const stream = this.streams.get(name);
    const last = stream?.records.at(-1);
    if (stream === undefined || last === undefined) return;
    stream.truncateBefore = last.revision + 1n;
    this.write(`$$${name}`, system('$metadata', { $tb: Number.MAX_SAFE_INTEGER }));
    this.appended.emit('appended');
  }

  /** Hard delete: the stream can never be written again. */
  tombstone(name: string): void {
    this.write(name, system('$streamDeleted', {}), tombstoneRevision);
    this.streamOf(name).tombstoned = true;
    this.appended.emit('appended');
  }

  /** What the server writes of itself: statistics, in a stream of their own. */
  writeStatistic(): void {
    this.write('$stats-127.0.0.1:2113', system('$statsCollected', { 'proc-cpu': 1 }));
    this.appended.emit('appended');
  }

  onAppended(listener: () => void): () => void {
    this.appended.on('appended', listener);
    return () => this.appended.off('appended', listener);
  }

  /** Index of the first record at or after a position. */
  indexFrom(position: bigint): number {
    let [low, high] = [0, this.records.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.records[middle]?.position ?? 0n) < position) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** The server takes the same events at the same expected revision once, however often they are sent. */
  private alreadyWritten(
    stream: Stream | undefined,
    expected: bigint | 'no-stream',
    proposed: readonly ProposedRecord[],
  ): AppendOutcome | undefined {
    const from = expected === 'no-stream' ? 0 : Number(expected) + 1;
    const there = stream?.records.slice(from, from + proposed.length) ?? [];
    const same = proposed.every(({ id }, n) => there[n]?.id === id);
    const last = there.at(-1);
    if (!same || last === undefined) return undefined;
    return { kind: 'written', revision: last.revision, position: last.position };
  }

  private write(name: string, proposed: ProposedRecord, revision?: bigint): LogRecord {
    const { records } = this.streamOf(name);
    const record: LogRecord = {
      ...proposed,
      stream: name,
      revision: revision ?? BigInt(records.length),
      position: this.nextPosition,
      created: new Date(),
    };
    this.nextPosition += BigInt(64 + proposed.data.length + proposed.metadata.length);
    records.push(record);
    this.records.push(record);
    return record;
  }

  private streamOf(name: string): Stream {
    let stream = this.streams.get(name);
    if (stream === undefined) {
      stream = { records: [], truncateBefore: 0n, tombstoned: false };
      this.streams.set(name, stream);
    }
    return stream;
  }
}

function system(type: string, data: object): ProposedRecord {
  return {
    id: randomUUID(),
    type,
    contentType: 'application/json',
    data: Buffer.from(JSON.stringify(data)),
    metadata: new Uint8Array(),
  };
}
