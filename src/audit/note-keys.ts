import { fromBase64, toBase64 } from './base64';
import { Refused } from './refused';
import type { KeyUse, Suite } from './suite';

/** The public half of a key that signs notes. */
export interface VerifierKey {
  readonly suite: Suite;
  readonly name: string;
  readonly use: KeyUse;
  readonly publicKey: Uint8Array;
  readonly keyId: string;
}

export interface NoteSigner {
  readonly key: VerifierKey;
  sign(message: Uint8Array): Uint8Array;
}

const secretKeyStart = 'PRIVATE+KEY+';

/** Throws {@link Refused} for a name that cannot stand in a signature line. */
export function verifierKey(
  suite: Suite,
  name: string,
  use: KeyUse,
  publicKey: Uint8Array,
): VerifierKey {
  if (!isKeyName(name)) throw malformed('its name is empty, or has a space or plus in it');
  return { suite, name, use, publicKey, keyId: suite.keyId(name, use, publicKey) };
}

/** A signer from its secret seed, such as 32 random bytes. */
export function noteSigner(suite: Suite, name: string, use: KeyUse, seed: Uint8Array): NoteSigner {
  const signing = suite.signingKey(seed);
  const key = verifierKey(suite, name, use, signing.publicKey);
  return { key, sign: (message) => signing.sign(message) };
}

/** `<name>+<key id>+<base64>`: the vkey that everyone who checks must have from elsewhere. */
export function formatVerifierKey({ suite, name, use, publicKey, keyId }: VerifierKey): string {
  return `${name}+${keyId}+${toBase64(suite.encodeKey(use, publicKey))}`;
}

/** Throws {@link Refused}. */
export function parseVerifierKey(suite: Suite, text: string): VerifierKey {
  const { name, keyId, material } = parts(text);
  const decoded = suite.decodeKey(material);
  if (decoded?.publicKey.length !== suite.publicKeyBytes) {
    throw malformed(`it is no public key of ${suite.name}`);
  }
  const key = verifierKey(suite, name, decoded.use, decoded.publicKey);
  if (key.keyId !== keyId) throw malformed('its id is not the one of its name and bytes');
  return key;
}

/** A signer as Go's `note` package writes one: `PRIVATE+KEY+<name>+<key id>+<base64>`. Throws {@link Refused}. */
export function parseNoteSigner(suite: Suite, text: string): NoteSigner {
  if (!text.startsWith(secretKeyStart)) throw malformed(`it does not begin with ${secretKeyStart}`);
  const { name, keyId, material } = parts(text.slice(secretKeyStart.length));
  const decoded = suite.decodeKey(material);
  if (decoded?.publicKey.length !== suite.seedBytes) {
    throw malformed(`it is no secret key of ${suite.name}`);
  }
  const signer = noteSigner(suite, name, decoded.use, decoded.publicKey);
  if (signer.key.keyId !== keyId) throw malformed('its id is not the one of its name and bytes');
  return signer;
}

export function isKeyName(name: string): boolean {
  return name !== '' && !/[\p{White_Space}\p{Cc}\p{Surrogate}+]/u.test(name);
}

function parts(text: string): { name: string; keyId: string; material: Uint8Array } {
  // The Base64 may hold a plus of its own.
  const [, name, keyId, encoded] = /^([^+]*)\+([0-9a-f]{8})\+(.*)$/su.exec(text) ?? [];
  const material = encoded === undefined ? undefined : fromBase64(encoded);
  if (name === undefined || keyId === undefined || material === undefined) {
    throw malformed('it is not of the form <name>+<key id>+<base64>');
  }
  return { name, keyId, material };
}

/** Never quotes the key: it may be the secret one. */
function malformed(why: string): Refused {
  return new Refused('malformed-key', `not a key: ${why}`);
}
