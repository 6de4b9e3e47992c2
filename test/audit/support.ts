import { append, emptyFrontier, rootOf, type Frontier, type Node } from '../../src/audit/frontier';
import { leafHash, type Hash } from '../../src/audit/hashes';
import { isStored, StoredTree } from '../../src/audit/proofs';
import { ed25519Sha256 } from '../../src/audit/suite';

export const suite = ed25519Sha256;

export const hex = (hash: Hash): string => Buffer.from(hash).toString('hex');
export const bytes = (text: string): Buffer => Buffer.from(text, 'hex');

/** The leaf of the tree's tests at a place: what it holds does not matter. */
export const someLeaf = (index: number): Hash => leafHash(suite, Buffer.from(`leaf ${index}`));

export function treeOf(leaves: readonly Hash[]): {
  frontier: Frontier;
  /** The root at every size from 0 on. */
  roots: readonly Hash[];
  stored: readonly Node[];
  tree: StoredTree;
  /** How often hashes were asked for, and how many in all. */
  reads: { count: number; hashes: number };
} {
  let frontier = emptyFrontier;
  const roots = [rootOf(suite, frontier)];
  const stored: Node[] = [];
  for (const leaf of leaves) {
    const grown = append(suite, frontier, leaf);
    frontier = grown.frontier;
    roots.push(rootOf(suite, frontier));
    stored.push(...grown.completed.filter(({ level }) => isStored(level)));
  }
  const levels = new Map<number, Hash[]>();
  for (const { level, index, hash } of stored) {
    const hashes = levels.get(level) ?? [];
    hashes[index] = hash;
    levels.set(level, hashes);
  }
  const reads = { count: 0, hashes: 0 };
  const tree = new StoredTree(suite, (level, from, to) => {
    const hashes = (levels.get(level) ?? []).slice(from, to);
    reads.count += 1;
    reads.hashes += hashes.length;
    return Promise.resolve(hashes);
  });
  return { frontier, roots, stored, tree, reads };
}

/** Numbers that look random and are the same in every run (mulberry32). */
export function seeded(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * below);
  };
}
