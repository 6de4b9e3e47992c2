import { closeSync, openSync, readSync } from 'node:fs';
import { isUtf8 } from 'node:buffer';
import { checkpointStream, type RawEvent, type StoredCheckpoint } from './event-table';
import { isObject, parseJson } from './json';

export interface ExportHeader {
  readonly scope: 'whole' | 'part';
  /** The signed note of the checkpoint it was made against. */
  readonly checkpoint: string;
}

export type ExportedEvent = RawEvent & {
  readonly index: number;
  readonly proof: readonly Buffer[];
};

/** A line that is not what the format allows. */
export class BadLine extends Error {
  constructor(readonly line: number) {
    super(`line ${line}`);
  }
}

const format = 'title-review-export/v1';
const suite = 'ed25519-sha256';
const fields = ['index', 'position', 'stream', 'revision', 'id', 'type', 'data', 'metadata'];
const checkpointMark = `"stream":${JSON.stringify(checkpointStream)}`;

/** Throws {@link BadLine}. */
export function readHeader(path: string): ExportHeader {
  for (const { text, number } of linesOf(path)) return parseHeader(text, number);
  throw new BadLine(1);
}

/** The events one by one, with how many bytes were read. Throws {@link BadLine}. */
export function* readEvents(
  path: string,
  scope: ExportHeader['scope'],
): Generator<{ readonly event: ExportedEvent; readonly bytes: number; readonly line: number }> {
  let events = 0;
  let ended = false;
  let last = 0;
  for (const { text, number, bytes } of linesOf(path)) {
    last = number;
    if (number === 1) continue;
    if (ended) throw new BadLine(number);
    const value = parseLine(text, number);
    if ('end' in value) {
      ended = text === JSON.stringify({ end: true, events });
      if (!ended) throw new BadLine(number);
      continue;
    }
    const event = eventOf(value, scope, number);
    if (scope === 'whole' && event.index !== events) throw new BadLine(number);
    events += 1;
    yield { event, bytes, line: number };
  }
  if (!ended) throw new BadLine(last + 1);
}

/** The checkpoints among the events, by another reading of the file: they stand behind what they count. */
export function* readCheckpoints(path: string): Generator<StoredCheckpoint> {
  for (const { text, number } of linesOf(path)) {
    if (!text.includes(checkpointMark)) continue;
    const value = parseLine(text, number);
    if (value.stream !== checkpointStream) continue;
    const { index, position, revision, data } = eventOf(value, 'whole', number);
    yield { index, position, revision, data };
  }
}

function parseHeader(text: string, number: number): ExportHeader {
  const value = parseLine(text, number);
  const { scope, checkpoint, origin } = value;
  const known = scope === 'whole' || scope === 'part';
  const expected = { format, suite, origin, scope, checkpoint };
  if (!known || typeof checkpoint !== 'string' || text !== JSON.stringify(expected)) {
    throw new BadLine(number);
  }
  return { scope, checkpoint };
}

function eventOf(
  value: Readonly<Record<string, unknown>>,
  scope: ExportHeader['scope'],
  line: number,
): ExportedEvent {
  const { index, revision, proof } = value;
  const names = scope === 'part' ? [...fields, 'proof'] : fields;
  if (Object.keys(value).join() !== names.join()) throw new BadLine(line);
  if (!isWhole(index) || !isWhole(revision)) throw new BadLine(line);
  const text = (name: string): string => {
    const field = value[name];
    if (typeof field === 'string' && !/\p{Surrogate}/u.test(field)) return field;
    throw new BadLine(line);
  };
  return {
    index,
    position: text('position'),
    stream: Buffer.from(text('stream')),
    revision: String(revision),
    id: Buffer.from(text('id')),
    type: Buffer.from(text('type')),
    data: Buffer.from(text('data')),
    metadata: Buffer.from(text('metadata')),
    proof: scope === 'part' ? hashesOf(proof, line) : [],
  };
}

function hashesOf(proof: unknown, line: number): Buffer[] {
  if (!Array.isArray(proof)) throw new BadLine(line);
  return proof.map((encoded: unknown) => {
    const hash = Buffer.from(String(encoded), 'base64');
    if (hash.length !== 32 || hash.toString('base64') !== encoded) throw new BadLine(line);
    return hash;
  });
}

function isWhole(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

/** In the one form that JSON.stringify gives: no name twice, nothing hidden between. */
function parseLine(text: string, line: number): Readonly<Record<string, unknown>> {
  const value = parseJson(text);
  if (isObject(value) && JSON.stringify(value) === text) return value;
  throw new BadLine(line);
}

/** Lines of a file of any length, one at a time. */
function* linesOf(path: string): Generator<{ text: string; number: number; bytes: number }> {
  const file = openSync(path, 'r');
  try {
    const chunk = Buffer.alloc(1 << 20);
    let rest: Buffer = Buffer.alloc(0);
    let number = 0;
    let bytes = 0;
    for (let read = readSync(file, chunk); read > 0; read = readSync(file, chunk)) {
      bytes += read;
      rest = Buffer.concat([rest, chunk.subarray(0, read)]);
      let start = 0;
      for (let end = rest.indexOf(0x0a); end >= 0; end = rest.indexOf(0x0a, start)) {
        number += 1;
        const line = rest.subarray(start, end);
        if (!isUtf8(line)) throw new BadLine(number);
        yield { text: line.toString(), number, bytes };
        start = end + 1;
      }
      rest = rest.subarray(start);
    }
    if (rest.length > 0) throw new BadLine(number + 1);
  } finally {
    closeSync(file);
  }
}
