import type { Suite } from './suite';

/** As long as the suite makes them. */
export type Hash = Uint8Array;

/** RFC 6962: leaves and nodes begin differently, so that none can be passed off as the other. */
export const leafPrefix = 0x00;
const nodePrefix = 0x01;

export function leafHash(suite: Suite, leaf: Uint8Array): Hash {
  const bytes = Buffer.allocUnsafe(1 + leaf.length);
  bytes[0] = leafPrefix;
  bytes.set(leaf, 1);
  return suite.hash(bytes);
}

export function nodeHash(suite: Suite, left: Hash, right: Hash): Hash {
  const bytes = Buffer.allocUnsafe(1 + left.length + right.length);
  bytes[0] = nodePrefix;
  bytes.set(left, 1);
  bytes.set(right, 1 + left.length);
  return suite.hash(bytes);
}

export function emptyRoot(suite: Suite): Hash {
  return suite.hash('');
}

export function sameHash(one: Hash, other: Hash): boolean {
  return Buffer.compare(one, other) === 0;
}
