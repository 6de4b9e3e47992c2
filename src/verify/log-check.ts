import { isUtf8 } from 'node:buffer';
import { openCheckpoint, type Checkpoint, type Key } from './checkpoints';
import { checkpointStream, type RawEvent, type StoredCheckpoint } from './event-table';
import type { Findings, Place } from './findings';
import { isObject, parseJson } from './json';
import { actorOf, leafOf } from './leaf';
import { Ledger } from './ledger';
import type { SealedTree } from './sealed-tree';
import { Tree } from './tree';

/** A checkpoint from outside, by which the log is judged. */
export interface Trusted {
  readonly checkpoint: Checkpoint;
  readonly where: string;
}

export interface LogSources {
  readonly findings: Findings;
  readonly keys: readonly Key[];
  readonly trusted: readonly Trusted[];
  /** Those in the log itself, in order. */
  readonly stored: Iterator<StoredCheckpoint>;
  readonly sealed?: SealedTree | undefined;
}

export interface LogSummary {
  readonly events: number;
  /** Events up to the last checkpoint that was signed and is right. */
  readonly sealed: number;
  /** Checkpoints found in the log, and those of them that no given key signed. */
  readonly stored: number;
  readonly unknown: number;
}

const textColumns = ['stream', 'id', 'type', 'data', 'metadata'] as const;

/** Goes through a whole log, event by event, and remembers the first of everything that is wrong. */
export class LogCheck {
  readonly #tree = new Tree();
  readonly #ledger = new Ledger();
  readonly #trusted: readonly Trusted[];
  #next: { readonly checkpoint: Checkpoint; readonly known: boolean } | undefined;
  #last: RawEvent | undefined;
  #unlike: Place | undefined;
  #intact = 0;
  #sealed = 0;
  #stored = 0;
  #unknown = 0;

  constructor(private readonly sources: LogSources) {
    this.#trusted = sources.trusted;
    this.#next = this.#nextStored();
    this.#compareRoots();
  }

  take(event: RawEvent): void {
    const place = placeOf(event, this.#tree.size);
    this.#checkForm(event, place);
    const actor = this.#readJson(event, place);
    // Without an actor no leaf is right, so that any will do.
    const leaf = leafOf(event, actor ?? { at: '', kind: '', name: '' });
    this.#tree.add(leaf, (level, index, hash) => {
      if (this.sources.sealed?.keeps(level, index, hash) !== false) return;
      if (level === 0) this.#unlike ??= place;
      else this.sources.findings.add({ what: 'tile', level, tile: Math.floor(index / 256) });
    });
    this.#last = event;
    if (this.#tree.size === this.sources.sealed?.size) this.sources.sealed.compareEdge(this.#tree);
    this.#compareRoots();
  }

  /** The newest position read. */
  get last(): string {
    return this.#last?.position ?? '';
  }

  finish(): LogSummary {
    const { findings, sealed } = this.sources;
    const events = this.#tree.size;
    for (const { checkpoint } of this.#trusted) {
      if (checkpoint.size > events) {
        findings.add({ what: 'too-short', size: checkpoint.size, events });
      }
    }
    sealed?.finish();
    if (sealed !== undefined && sealed.size > events) {
      findings.add({ what: 'too-short', size: sealed.size, events });
    }
    this.#judgeUnlike();
    if (events > 0 && this.#trusted.length === 0 && this.#stored === this.#unknown) {
      findings.add({ what: 'nothing-sealed' });
    }
    this.#ledger.close();
    return { events, sealed: this.#sealed, stored: this.#stored, unknown: this.#unknown };
  }

  #checkForm(event: RawEvent, place: Place): void {
    const { findings } = this.sources;
    if (event.mistyped !== undefined) {
      findings.add({ what: 'value-type', place, column: event.mistyped });
    }
    for (const column of textColumns) {
      if (!isUtf8(event[column])) findings.add({ what: 'not-text', place, column });
    }
    const position = expectedPosition(event.position, this.#last?.position, place.index);
    if (position !== undefined) findings.add({ what: 'position', place, expected: position });
    const revision = this.#ledger.nextRevision(event.stream);
    if (revision !== event.revision) {
      findings.add({ what: 'revision', place, expected: revision });
    }
    if (!this.#ledger.isNew(event.id)) findings.add({ what: 'repeated-id', place });
  }

  #readJson(event: RawEvent, place: Place) {
    const { findings } = this.sources;
    const [data, metadata] = [parseJson(event.data), parseJson(event.metadata)];
    if (data === undefined) findings.add({ what: 'not-json', place, column: 'data' });
    if (metadata === undefined) findings.add({ what: 'not-json', place, column: 'metadata' });
    const actor = actorOf(metadata);
    if (metadata !== undefined && actor === undefined) findings.add({ what: 'no-actor', place });
    return actor;
  }

  /** Every checkpoint of exactly the events read so far. */
  #compareRoots(): void {
    const { size } = this.#tree;
    const due = this.#trusted.filter(({ checkpoint }) => checkpoint.size === size);
    for (const { checkpoint } of due) this.#compareRoot(checkpoint, true);
    while (this.#next?.checkpoint.size === size) {
      this.#compareRoot(this.#next.checkpoint, this.#next.known);
      this.#next = this.#nextStored();
    }
  }

  #compareRoot({ size, root }: Checkpoint, known: boolean): void {
    if (!this.#tree.root().equals(root)) {
      this.sources.findings.add({ what: 'root', size, after: this.#intact });
      return;
    }
    this.#intact = size;
    if (known) this.#sealed = size;
  }

  /** The next one in the log that can be compared; the others are findings. */
  #nextStored(): { readonly checkpoint: Checkpoint; readonly known: boolean } | undefined {
    const { stored, keys, findings } = this.sources;
    for (let step = stored.next(); step.done !== true; step = stored.next()) {
      this.#stored += 1;
      const where = placeOfCheckpoint(step.value);
      const { size, note } = fieldsOf(step.value.data);
      const opened = openCheckpoint(note, keys);
      const problem = 'problem' in opened ? opened.problem : undefined;
      const checkpoint = 'problem' in opened ? opened.checkpoint : opened;
      // Of a key that was changed since, only the signature cannot be judged.
      if (checkpoint === undefined) {
        findings.add({ what: 'checkpoint', problem: problem ?? 'form', where });
      } else if (checkpoint.size !== size) {
        findings.add({ what: 'checkpoint', problem: 'size', where });
      } else if (checkpoint.size < this.#tree.size || checkpoint.size > where.index) {
        findings.add({ what: 'checkpoint', problem: 'order', where });
      } else {
        if (problem !== undefined) this.#unknown += 1;
        return { checkpoint, known: problem === undefined };
      }
    }
    return undefined;
  }

  /** A leaf unlike the one kept: the event changed, unless a checkpoint over it says that it did not. */
  #judgeUnlike(): void {
    const { findings } = this.sources;
    if (this.#unlike === undefined) return;
    if (this.#unlike.index < this.#sealed) {
      findings.add({ what: 'tile', level: 0, tile: Math.floor(this.#unlike.index / 256) });
    } else {
      findings.drop('tile');
      findings.add({ what: 'changed', place: this.#unlike });
    }
  }
}

export function placeOf(event: RawEvent, index: number): Place {
  const { position, stream, revision } = event;
  return { index, position, stream: stream.toString(), revision };
}

function placeOfCheckpoint({ index, position, revision }: StoredCheckpoint): Place {
  return { index, position, stream: checkpointStream, revision };
}

/** Undefined where the position may stand where it does. */
function expectedPosition(position: string, last: string | undefined, index: number) {
  const embedded = String(index + 1).padStart(16, '0');
  const onServer = /^\d{19}-\d{19}$/.test(position);
  if (onServer) return last === undefined || position > last ? undefined : `> ${last}`;
  return position === embedded ? undefined : embedded;
}

function fieldsOf(data: Buffer): { size: unknown; note: string } {
  const value = parseJson(data);
  if (!isObject(value) || typeof value.note !== 'string') return { size: undefined, note: '' };
  return { size: value.size, note: value.note };
}
