import { fromBase64, toBase64 } from './base64';
import { isKeyName, type NoteSigner, type VerifierKey } from './note-keys';
import { Refused } from './refused';

/** A text and who signed it (c2sp.org/signed-note). Nothing is known to be true of it yet. */
export interface Note {
  /** Ends in a newline, which is signed too. */
  readonly text: string;
  readonly signatures: readonly SignatureLine[];
}

export interface SignatureLine {
  readonly name: string;
  readonly keyId: string;
  readonly signature: Uint8Array;
}

/** A signature found to be right. */
export interface Verified {
  readonly key: VerifierKey;
  /** When a witness cosigned, in seconds since 1970; null for the log's own signature. */
  readonly time: number | null;
}

const mostSignatures = 100;
const mostCharacters = 1_000_000;
const timestampBytes = 8;
const lineForm = /^— (\S+) (\S+)$/u;

/** Throws {@link Refused} for anything but a note in its one form. */
export function parseNote(note: string): Note {
  if (note.length > mostCharacters) throw malformed('it is too long');
  if (/[\0-\x09\x0b-\x1f\p{Surrogate}]/u.test(note)) throw malformed('it has control characters');
  const end = note.lastIndexOf('\n\n');
  if (end < 0) throw malformed('no empty line comes before signatures');
  const lines = note.slice(end + 2).split('\n');
  if (lines.pop() !== '' || lines.length === 0) throw malformed('it does not end in signatures');
  if (lines.length > mostSignatures) {
    throw new Refused('too-many-signatures', `more than ${mostSignatures} signatures`);
  }
  return { text: note.slice(0, end + 1), signatures: lines.map(parseLine) };
}

export function formatNote({ text, signatures }: Note): string {
  return `${text}\n${signatures.map(formatSignatureLine).join('')}`;
}

/** What a witness sends back: a line to be put below the others. */
export function formatSignatureLine({ name, keyId, signature }: SignatureLine): string {
  return `— ${name} ${toBase64(Buffer.concat([Buffer.from(keyId, 'hex'), signature]))}\n`;
}

/** Throws {@link Refused}. */
export function parseSignatureLine(line: string): SignatureLine {
  if (!line.endsWith('\n')) throw malformed('a signature line does not end in a newline');
  return parseLine(line.slice(0, -1), 0);
}

export function signText(text: string, signer: NoteSigner): SignatureLine {
  const { name, keyId } = signer.key;
  return { name, keyId, signature: signer.sign(Buffer.from(text)) };
}

/** A witness's statement that at that time this was the newest checkpoint it had seen (cosignature/v1). */
export function cosignText(text: string, signer: NoteSigner, seconds: number): SignatureLine {
  const { name, keyId } = signer.key;
  const time = Buffer.alloc(timestampBytes);
  time.writeBigUInt64BE(BigInt(seconds));
  const signature = signer.sign(cosignedMessage(text, seconds));
  return { name, keyId, signature: Buffer.concat([time, signature]) };
}

/**
 * The signatures of keys that are known. Those of others are passed over, but a known key's that is
 * wrong refuses the whole note. Throws {@link Refused}.
 */
export function verifySignatures(note: Note, keys: readonly VerifierKey[]): readonly Verified[] {
  return note.signatures.flatMap((line) => {
    const key = keys.find(({ name, keyId }) => name === line.name && keyId === line.keyId);
    return key === undefined ? [] : [{ key, time: verifyLine(note.text, line, key) }];
  });
}

function verifyLine(text: string, { signature }: SignatureLine, key: VerifierKey): number | null {
  const { suite, use, name, publicKey } = key;
  const timed = use === 'witness';
  const start = timed ? timestampBytes : 0;
  const wrong = () => new Refused('wrong-signature', `the signature of ${name} is wrong`);
  if (signature.length !== start + suite.signatureBytes) throw wrong();
  const time = timed ? Number(Buffer.from(signature).readBigUInt64BE()) : null;
  if (time !== null && !Number.isSafeInteger(time)) throw wrong();
  const message = time === null ? Buffer.from(text) : cosignedMessage(text, time);
  if (!suite.verify(message, signature.subarray(start), publicKey)) throw wrong();
  return time;
}

function cosignedMessage(text: string, seconds: number): Uint8Array {
  return Buffer.from(`cosignature/v1\ntime ${seconds}\n${text}`);
}

function parseLine(line: string, index: number): SignatureLine {
  const [, name, encoded] = lineForm.exec(line) ?? [];
  const bytes = encoded === undefined ? undefined : fromBase64(encoded);
  if (name === undefined || !isKeyName(name) || bytes === undefined || bytes.length < 5) {
    throw malformed(`signature line ${index + 1} is not of the form "— <name> <base64>"`);
  }
  const keyId = Buffer.from(bytes.subarray(0, 4)).toString('hex');
  return { name, keyId, signature: bytes.subarray(4) };
}

function malformed(why: string): Refused {
  return new Refused('malformed-note', `not a signed note: ${why}`);
}
