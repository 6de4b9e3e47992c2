import { createPrivateKey, createPublicKey, hash, sign, verify } from 'node:crypto';

/** What a key signs: the log its own checkpoints, a witness those of others (cosignatures). */
export type KeyUse = 'log' | 'witness';

/** A private key that signs, and shows nothing else of itself. */
export interface SigningKey {
  readonly publicKey: Uint8Array;
  sign(message: Uint8Array): Uint8Array;
}

/**
 * The algorithms of the audit trail. Nothing else in this folder knows any: SM2 with SM3 (国密) or
 * another pair becomes a second value of this type.
 */
export interface Suite {
  readonly name: string;
  readonly hashBytes: number;
  readonly seedBytes: number;
  readonly publicKeyBytes: number;
  readonly signatureBytes: number;
  /** Text is hashed as its UTF-8 bytes; half a surrogate pair counts as U+FFFD. */
  hash(bytes: Uint8Array | string): Uint8Array;
  signingKey(seed: Uint8Array): SigningKey;
  verify(message: Uint8Array, signature: Uint8Array, publicKey: Uint8Array): boolean;
  /** The key as it stands in a verifier key (vkey): its type, then the public key. */
  encodeKey(use: KeyUse, publicKey: Uint8Array): Uint8Array;
  /** Undefined for a type of another suite; the length is not checked. */
  decodeKey(encoded: Uint8Array): { use: KeyUse; publicKey: Uint8Array } | undefined;
  /** Eight hexadecimal digits; with the name they say whose signature a line is. */
  keyId(name: string, use: KeyUse, publicKey: Uint8Array): string;
}

/** Signature types assigned by c2sp.org/signed-note. */
const types: Readonly<Record<KeyUse, number>> = { log: 0x01, witness: 0x04 };

// RFC 8410: what stands before the 32 bytes of a seed in PKCS #8, the only form Node imports one in.
const seedPrefix = Buffer.from('302e020100300506032b657004220420', 'hex');

/** Ed25519 (RFC 8032) with SHA-256, as the C2SP formats take it. */
export const ed25519Sha256: Suite = {
  name: 'ed25519-sha256',
  hashBytes: 32,
  seedBytes: 32,
  publicKeyBytes: 32,
  signatureBytes: 64,
  hash: sha256,
  signingKey(seed) {
    const der = Buffer.concat([seedPrefix, seed]);
    const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
    const { x } = createPublicKey(key).export({ format: 'jwk' });
    if (x === undefined) throw new Error('an Ed25519 key without its public half');
    return {
      publicKey: Buffer.from(x, 'base64url'),
      sign: (message) => sign(null, message, key),
    };
  },
  verify(message, signature, publicKey) {
    const x = Buffer.from(publicKey).toString('base64url');
    const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
    return verify(null, message, key, signature);
  },
  encodeKey,
  decodeKey([type, ...key]) {
    const use = type === types.log ? 'log' : type === types.witness ? 'witness' : undefined;
    return use && { use, publicKey: Buffer.from(key) };
  },
  keyId(name, use, publicKey) {
    const named = Buffer.concat([Buffer.from(`${name}\n`), encodeKey(use, publicKey)]);
    return sha256(named).toString('hex', 0, 4);
  },
};

// By way of a string, three times as fast: asked for a buffer, Node allocates each outside its pool.
function sha256(bytes: Uint8Array | string): Buffer {
  return Buffer.from(hash('sha256', bytes, 'binary'), 'latin1');
}

function encodeKey(use: KeyUse, publicKey: Uint8Array): Uint8Array {
  return Buffer.concat([Buffer.of(types[use]), publicKey]);
}
