import { createPublicKey, hash, verify, type KeyObject } from 'node:crypto';
import type { CheckpointProblem } from './findings';

/** A public key whose signatures count: 1 of a log, 4 of a witness (c2sp.org/signed-note). */
export interface Key {
  readonly name: string;
  readonly id: string;
  readonly type: 1 | 4;
  readonly key: KeyObject;
}

export interface Checkpoint {
  readonly size: number;
  readonly root: Buffer;
  /** Keys that have truly signed it. */
  readonly signers: readonly Key[];
}

const dash = '\u2014';

/** A key from its text, `<name>+<id>+<base64>`; undefined for what is none. */
export function parseKey(vkey: string): Key | undefined {
  const [name = '', id = '', ...rest] = vkey.trim().split('+');
  const bytes = decode(rest.join('+'));
  const type = bytes?.[0];
  if (bytes?.length !== 33 || (type !== 1 && type !== 4)) return undefined;
  const named = Buffer.concat([Buffer.from(`${name}\n`), bytes]);
  if (name === '' || hash('sha256', named, 'hex').slice(0, 8) !== id) return undefined;
  const x = bytes.subarray(1).toString('base64url');
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
  return { name, id, type, key };
}

/**
 * A checkpoint from its note, with those of the keys that signed it. `unknown-key` where no log's did,
 * `signature` where one of the keys would have signed something else.
 */
export function openCheckpoint(
  note: string,
  keys: readonly Key[],
): Checkpoint | { readonly problem: CheckpointProblem; readonly checkpoint?: Checkpoint } {
  const cut = note.lastIndexOf('\n\n');
  const text = note.slice(0, cut + 1);
  const lines = note.slice(cut + 2).split('\n');
  if (cut < 0 || lines.pop() !== '' || lines.length === 0) return { problem: 'form' };
  if (/[\0-\t\v-\x1f]/.test(note)) return { problem: 'form' };

  const signers: Key[] = [];
  for (const line of lines) {
    const [start, name, encoded, ...more] = line.split(' ');
    const bytes = decode(encoded ?? '');
    if (start !== dash || !name || bytes === undefined || bytes.length < 5 || more.length > 0) {
      return { problem: 'form' };
    }
    const id = bytes.toString('hex', 0, 4);
    const key = keys.find((known) => known.name === name && known.id === id);
    if (key === undefined) continue;
    if (!isSigned(text, bytes.subarray(4), key)) return { problem: 'signature' };
    signers.push(key);
  }

  const [origin = '', digits = '', encoded = '', ...rest] = text.split('\n');
  const root = decode(encoded);
  const size = Number(digits);
  if (rest.pop() !== '' || rest.includes('') || origin === '' || root?.length !== 32) {
    return { problem: 'content' };
  }
  if (String(size) !== digits || !Number.isSafeInteger(size) || size < 0) {
    return { problem: 'content' };
  }
  const checkpoint = { size, root, signers };
  const logs = signers.filter(({ type }) => type === 1);
  if (logs.length === 0) return { problem: 'unknown-key', checkpoint };
  if (logs.every(({ name }) => name !== origin)) return { problem: 'origin' };
  return checkpoint;
}

function isSigned(text: string, bytes: Buffer, { type, key }: Key): boolean {
  if (type === 1) return bytes.length === 64 && verify(null, Buffer.from(text), key, bytes);
  if (bytes.length !== 72) return false;
  const message = `cosignature/v1\ntime ${bytes.readBigUInt64BE()}\n${text}`;
  return verify(null, Buffer.from(message), key, bytes.subarray(8));
}

/** Undefined for Base64 that is not in its one canonical form. */
function decode(encoded: string): Buffer | undefined {
  const bytes = Buffer.from(encoded, 'base64');
  return encoded !== '' && bytes.toString('base64') === encoded ? bytes : undefined;
}
