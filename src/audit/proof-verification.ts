import { emptyRoot, nodeHash, sameHash, type Hash } from './hashes';
import type { Suite } from './suite';

/** The tree as a signed checkpoint tells it. */
export interface TreeHead {
  readonly size: number;
  readonly root: Hash;
}

/** Whether the proof shows that `leaf` stands at `index` in the tree (RFC 9162, 2.1.3.2). */
export function verifiesInclusion(
  suite: Suite,
  { index, leaf }: { readonly index: number; readonly leaf: Hash },
  tree: TreeHead,
  proof: readonly Hash[],
): boolean {
  if (!isSize(tree.size) || !isSize(index) || index >= tree.size) return false;
  if (![leaf, tree.root, ...proof].every((hash) => hash.length === suite.hashBytes)) return false;
  let place = index;
  let last = tree.size - 1;
  let root = leaf;
  for (const sibling of proof) {
    if (last === 0) return false;
    if (isOdd(place) || place === last) {
      root = nodeHash(suite, sibling, root);
      // The last place of a level may stand alone on several levels: up to where it has a left neighbour.
      while (!isOdd(place) && place > 0) [place, last] = [half(place), half(last)];
    } else {
      root = nodeHash(suite, root, sibling);
    }
    [place, last] = [half(place), half(last)];
  }
  return last === 0 && sameHash(root, tree.root);
}

/** Whether the proof shows that `later` begins with all of `earlier` (RFC 9162, 2.1.4.2). */
export function verifiesConsistency(
  suite: Suite,
  earlier: TreeHead,
  later: TreeHead,
  proof: readonly Hash[],
): boolean {
  if (!isSize(earlier.size) || !isSize(later.size) || earlier.size > later.size) return false;
  const hashes = [earlier.root, later.root, ...proof];
  if (!hashes.every((hash) => hash.length === suite.hashBytes)) return false;
  if (earlier.size === later.size) {
    return proof.length === 0 && sameHash(earlier.root, later.root);
  }
  if (earlier.size === 0) return proof.length === 0 && sameHash(earlier.root, emptyRoot(suite));

  let place = earlier.size - 1;
  let last = later.size - 1;
  while (isOdd(place)) [place, last] = [half(place), half(last)];
  // A complete tree is a subtree of the later one, and its root the proof's unwritten first hash.
  const [start, ...path] = place === 0 ? [earlier.root, ...proof] : proof;
  if (start === undefined) return false;
  let earlierRoot = start;
  let laterRoot = start;
  for (const sibling of path) {
    if (last === 0) return false;
    if (isOdd(place) || place === last) {
      earlierRoot = nodeHash(suite, sibling, earlierRoot);
      laterRoot = nodeHash(suite, sibling, laterRoot);
      while (!isOdd(place) && place > 0) [place, last] = [half(place), half(last)];
    } else {
      laterRoot = nodeHash(suite, laterRoot, sibling);
    }
    [place, last] = [half(place), half(last)];
  }
  return last === 0 && sameHash(earlierRoot, earlier.root) && sameHash(laterRoot, later.root);
}

function isSize(size: number): boolean {
  return Number.isSafeInteger(size) && size >= 0;
}

// Sizes go beyond the 32 bits of the bit operators.
function isOdd(value: number): boolean {
  return value % 2 === 1;
}

function half(value: number): number {
  return Math.floor(value / 2);
}
