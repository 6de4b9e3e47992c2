import { BSON } from 'mongodb';

/** A document as it travels. */
export type Doc = Record<string, unknown>;

export interface Request {
  readonly id: number;
  readonly command: Doc;
  /** The first words on a connection come in the older form, and are answered in it. */
  readonly legacy: boolean;
  /** The client does not wait for an answer. */
  readonly silent: boolean;
}

const opReply = 1;
const opQuery = 2004;
const opMessage = 2013;
const headerBytes = 16;
const moreToCome = 2;

/** Whether a connection begins with a TLS handshake; MongoDB looks for it too. */
export function beginsTls(firstBytes: Buffer): boolean {
  return firstBytes.subarray(0, 3).equals(Buffer.from('160301', 'hex'));
}

/** Whole messages out of what comes in piece by piece. */
export class Inbox {
  #pieces: Buffer[] = [];
  #size = 0;
  #awaited = headerBytes;

  /** What the piece completes; mostly one message or none. */
  take(piece: Buffer): Request[] {
    this.#pieces.push(piece);
    this.#size += piece.length;
    // Put together once a message: once a piece would copy a large one hundreds of times.
    if (this.#size < this.#awaited) return [];
    let rest = Buffer.concat(this.#pieces);
    const requests: Request[] = [];
    while (rest.length >= headerBytes && rest.length >= rest.readInt32LE(0)) {
      const length = rest.readInt32LE(0);
      requests.push(decode(rest.subarray(0, length)));
      rest = rest.subarray(length);
    }
    this.#pieces = [rest];
    this.#size = rest.length;
    this.#awaited = rest.length < headerBytes ? headerBytes : rest.readInt32LE(0);
    return requests;
  }
}

function decode(message: Buffer): Request {
  const id = message.readInt32LE(4);
  const operation = message.readInt32LE(12);
  const body = message.subarray(headerBytes);
  switch (operation) {
    case opMessage:
      return { id, command: sections(body), legacy: false, silent: hasMoreToCome(body) };
    case opQuery:
      return { id, command: legacyQuery(body), legacy: true, silent: false };
    default:
      throw new Error(`operation ${operation} is not spoken here`);
  }
}

function hasMoreToCome(body: Buffer): boolean {
  return (body.readInt32LE(0) & moreToCome) !== 0;
}

/** A document, and sequences of documents that belong into it under their names. */
function sections(body: Buffer): Doc {
  let command: Doc = {};
  const sequences: Doc = {};
  for (let at = 4; at < body.length;) {
    const kind = body.readUInt8(at);
    const size = body.readInt32LE(at + 1);
    const section = body.subarray(at + 1, at + 1 + size);
    if (kind === 0) {
      command = decodeDocument(section);
    } else {
      const nameEnd = section.indexOf(0, 4);
      const name = section.toString('utf8', 4, nameEnd);
      sequences[name] = documents(section.subarray(nameEnd + 1));
    }
    at += 1 + size;
  }
  return { ...command, ...sequences };
}

function documents(bytes: Buffer): Doc[] {
  const found: Doc[] = [];
  for (let at = 0; at < bytes.length; at += bytes.readInt32LE(at)) {
    found.push(decodeDocument(bytes.subarray(at, at + bytes.readInt32LE(at))));
  }
  return found;
}

function legacyQuery(body: Buffer): Doc {
  const nameEnd = body.indexOf(0, 4);
  return decodeDocument(body.subarray(nameEnd + 1 + 8));
}

export function encodeReply({ id, legacy }: Request, reply: Doc): Buffer {
  const document = BSON.serialize(reply, { ignoreUndefined: true });
  const before = legacy ? legacyPreamble() : Buffer.alloc(5);
  const header = Buffer.alloc(headerBytes);
  header.writeInt32LE(headerBytes + before.length + document.length, 0);
  header.writeInt32LE(id, 8);
  header.writeInt32LE(legacy ? opReply : opMessage, 12);
  return Buffer.concat([header, before, document]);
}

/** Flags, no cursor, starting at 0, one document. */
function legacyPreamble(): Buffer {
  const preamble = Buffer.alloc(20);
  preamble.writeInt32LE(8, 0);
  preamble.writeInt32LE(1, 16);
  return preamble;
}

/** A copy that shares nothing, as a document makes on its way through the wire. */
export function copyOf(document: Doc): Doc {
  return decodeDocument(BSON.serialize(document));
}

export function sizeOf(document: Doc): number {
  return BSON.calculateObjectSize(document);
}

function decodeDocument(bytes: Uint8Array): Doc {
  return BSON.deserialize(bytes);
}
