import { createCipheriv, createDecipheriv, randomFillSync, type KeyObject } from 'node:crypto';

const algorithm = 'aes-256-gcm';
const nonceBytes = 12;
export const tagBytes = 16;

/** What was encrypted was changed, moved to another place, or is not of this key. */
export class NotAuthentic extends Error {
  override readonly name = 'NotAuthentic';
}

/** Nonce, ciphertext and tag in one; `place` is what it belongs to and can only be opened with. */
export function encrypt(key: KeyObject, plain: Buffer, place: Buffer): Buffer {
  // By chance: one key encrypts far fewer values than the 2^32 for which 96 bits suffice (NIST SP 800-38D).
  const nonce = newNonce();
  return Buffer.concat([nonce, encryptWith(nonce, key, plain, place)]);
}

/** Drawn many at a time: asking the system for each takes half as long as encrypting with it. */
const drawn = Buffer.alloc(1024 * nonceBytes);
let used = drawn.length;

function newNonce(): Buffer {
  if (used === drawn.length) {
    randomFillSync(drawn);
    used = 0;
  }
  used += nonceBytes;
  return drawn.subarray(used - nonceBytes, used);
}

/** Throws {@link NotAuthentic}. */
export function decrypt(key: KeyObject, encrypted: Buffer, place: Buffer): Buffer {
  return decryptWith(encrypted.subarray(0, nonceBytes), key, encrypted.subarray(nonceBytes), place);
}

/** Ciphertext and tag under a nonce that the caller never uses twice with the key. */
export function encryptWith(nonce: Buffer, key: KeyObject, plain: Buffer, place: Buffer): Buffer {
  const cipher = createCipheriv(algorithm, key, nonce, { authTagLength: tagBytes });
  cipher.setAAD(place);
  const body = cipher.update(plain);
  cipher.final(); // GCM holds nothing back.
  return Buffer.concat([body, cipher.getAuthTag()]);
}

/** Throws {@link NotAuthentic}. */
export function decryptWith(
  nonce: Buffer,
  key: KeyObject,
  encrypted: Buffer,
  place: Buffer,
): Buffer {
  if (nonce.length !== nonceBytes || encrypted.length < tagBytes) throw new NotAuthentic('cut off');
  const decipher = createDecipheriv(algorithm, key, nonce, { authTagLength: tagBytes });
  decipher.setAAD(place);
  decipher.setAuthTag(encrypted.subarray(-tagBytes));
  const plain = decipher.update(encrypted.subarray(0, -tagBytes));
  try {
    decipher.final();
  } catch (cause) {
    throw new NotAuthentic('changed, moved, or under another key', { cause });
  }
  return plain;
}

/** Several texts as one place: no two lists of them give the same. */
export function placeOf(...parts: readonly string[]): Buffer {
  return Buffer.from(JSON.stringify(parts));
}
