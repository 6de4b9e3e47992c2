import { createSecretKey, type KeyObject } from 'node:crypto';

/** As long as the hash it keys (SHA-256): a shorter key can be guessed from one signed token. */
export const leastSecretBytes = 32;

const fewestCharacters = 8;
const wellKnown = /secret|passw|change.?me|default|example|placeholder|insecure|qwerty|123456789/i;
const repeatedUnit = /^(.{1,16}?)\1+$/s;

export function isTooShort(secret: string): boolean {
  return Buffer.byteLength(secret) < leastSecretBytes;
}

/** Whether it looks typed by a person or copied from a sample, however long it is. */
export function looksGuessable(secret: string): boolean {
  return (
    new Set(secret).size < fewestCharacters || wellKnown.test(secret) || repeatedUnit.test(secret)
  );
}

/** As a key object a secret shows in no log and no error: it prints and serialises without its bytes. */
export function asKey(secret: string): KeyObject {
  return createSecretKey(Buffer.from(secret));
}

export function textOf(secret: KeyObject): string {
  return secret.export().toString();
}
