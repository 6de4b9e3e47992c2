import { fromBase64, toBase64 } from './base64';
import { emptyRoot, nodeHash, type Hash } from './hashes';
import type { Suite } from './suite';

/** A complete subtree: the leaves from `index * 2**level` on, `2**level` of them. */
export interface Subtree {
  readonly level: number;
  readonly index: number;
}

export type Node = Subtree & { readonly hash: Hash };

/** The right edge of a tree: all that is needed to go on with it. */
export interface Frontier {
  readonly size: number;
  /** Of the complete subtrees that together hold all leaves, the largest first. */
  readonly hashes: readonly Hash[];
}

/** As it is stored beside the events, and in the same transaction. */
export interface FrontierJson {
  readonly size: number;
  readonly hashes: readonly string[];
}

export const emptyFrontier: Frontier = { size: 0, hashes: [] };

/** The frontier with one leaf more, and every subtree the leaf completes, itself the first. */
export function append(
  suite: Suite,
  frontier: Frontier,
  leaf: Hash,
): { frontier: Frontier; completed: readonly [Node, ...Node[]] } {
  const hashes = [...frontier.hashes];
  const completed: [Node, ...Node[]] = [{ level: 0, index: frontier.size, hash: leaf }];
  let hash = leaf;
  let index = frontier.size;
  // An odd place is a right child: its sibling is the youngest subtree of the frontier.
  for (let level = 1; index % 2 === 1; level += 1) {
    hash = nodeHash(suite, taken(hashes.pop()), hash);
    index = Math.floor(index / 2);
    completed.push({ level, index, hash });
  }
  hashes.push(hash);
  return { frontier: { size: frontier.size + 1, hashes }, completed };
}

export function rootOf(suite: Suite, { hashes }: Pick<Frontier, 'hashes'>): Hash {
  if (hashes.length === 0) return emptyRoot(suite);
  return hashes.reduceRight((right, left) => nodeHash(suite, left, right));
}

export function frontierToJson({ size, hashes }: Frontier): FrontierJson {
  return { size, hashes: hashes.map(toBase64) };
}

/** Throws Error for what is no frontier: a tree that went on from it would be a lie. */
export function frontierFromJson(suite: Suite, { size, hashes }: FrontierJson): Frontier {
  const decoded = hashes.map((text) => {
    const hash = fromBase64(text);
    if (hash?.length !== suite.hashBytes) throw new Error('a hash of the frontier is damaged');
    return hash;
  });
  if (!Number.isSafeInteger(size) || size < 0 || decoded.length !== onesIn(size)) {
    throw new Error(`no frontier of ${String(size)} leaves has ${decoded.length} hashes`);
  }
  return { size, hashes: decoded };
}

function onesIn(size: number): number {
  return size.toString(2).replaceAll('0', '').length;
}

function taken(hash: Hash | undefined): Hash {
  if (hash === undefined) throw new Error('the frontier lacks a hash');
  return hash;
}
