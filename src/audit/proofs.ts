import { rootOf, type Subtree } from './frontier';
import { emptyRoot, nodeHash, type Hash } from './hashes';
import type { Suite } from './suite';

/** Hashes in one tile (c2sp.org/tlog-tiles); a whole tile is one hash of the next stored level. */
export const tileWidth = 256;

/**
 * The subtrees of these levels are stored: the leaves, and each as large as a tile of the one below.
 * The levels between are hashed anew when asked for, from at most half a tile.
 */
export function isStored(level: number): boolean {
  return level % tileHeight === 0;
}

const tileHeight = Math.log2(tileWidth);
const mostKnown = 10_000;

/** The stored hashes of one level from place `from` up to before `to`, in order. */
export type ReadHashes = (level: number, from: number, to: number) => Promise<readonly Hash[]>;

/** Leaves from `from` up to before `to`. */
interface Range {
  readonly from: number;
  readonly to: number;
}

/** A tree of `size` leaves as it was, however much it has grown since. */
export class StoredTree {
  /** Complete subtrees never change: one proof's serve the next. */
  private readonly known = new Map<string, Hash>();

  constructor(
    private readonly suite: Suite,
    private readonly read: ReadHashes,
  ) {}

  async root(size: number): Promise<Hash> {
    checkSize(size);
    return size === 0 ? emptyRoot(this.suite) : this.rangeHash({ from: 0, to: size });
  }

  /** Proves that the leaf at `index` is among the first `size` ones (RFC 6962, 2.1.1). */
  inclusionProof(index: number, size: number): Promise<readonly Hash[]> {
    checkSize(size);
    if (!Number.isSafeInteger(index) || index < 0 || index >= size) {
      throw new RangeError(`a tree of ${size} leaves has none at ${index}`);
    }
    return this.hashes(inclusionPath(index, { from: 0, to: size }));
  }

  /** Proves that the tree of `to` leaves begins with the one of `from` leaves (RFC 6962, 2.1.2). */
  consistencyProof(from: number, to: number): Promise<readonly Hash[]> {
    checkSize(to);
    checkSize(from);
    if (from > to) throw new RangeError(`${from} leaves are more than ${to}`);
    if (from === 0) return Promise.resolve([]);
    return this.hashes(consistencyPath(from, { from: 0, to }, true));
  }

  private hashes(ranges: readonly Range[]): Promise<readonly Hash[]> {
    return Promise.all(ranges.map((range) => this.rangeHash(range)));
  }

  private async rangeHash(range: Range): Promise<Hash> {
    const hashes = await Promise.all(subtreesOf(range).map((tree) => this.subtreeHash(tree)));
    return rootOf(this.suite, { hashes });
  }

  private async subtreeHash(subtree: Subtree): Promise<Hash> {
    const key = `${subtree.level}/${subtree.index}`;
    const hash = this.known.get(key) ?? (await this.readSubtree(subtree));
    if (this.known.size >= mostKnown) this.known.clear();
    this.known.set(key, hash);
    return hash;
  }

  private async readSubtree({ level, index }: Subtree): Promise<Hash> {
    const width = 2 ** (level % tileHeight);
    const [from, to] = [index * width, (index + 1) * width];
    let hashes = await this.read(level - (level % tileHeight), from, to);
    if (hashes.length !== width) {
      throw new Error(`hashes ${from} to ${to} above level ${level} are not all stored`);
    }
    while (hashes.length > 1) hashes = this.paired(hashes);
    return hashes[0] ?? emptyRoot(this.suite);
  }

  private paired(hashes: readonly Hash[]): Hash[] {
    const parents: Hash[] = [];
    hashes.forEach((right, place) => {
      const left = hashes[place - 1];
      if (place % 2 === 1 && left !== undefined) parents.push(nodeHash(this.suite, left, right));
    });
    return parents;
  }
}

/** From the leaf's neighbour up to the root's child. */
function inclusionPath(index: number, tree: Range): Range[] {
  if (tree.to - tree.from === 1) return [];
  const { left, right } = halves(tree);
  return index < left.to
    ? [...inclusionPath(index, left), right]
    : [...inclusionPath(index, right), left];
}

/** `known`: whether the smaller tree's root, which the reader has already, is this subtree's. */
function consistencyPath(size: number, tree: Range, known: boolean): Range[] {
  if (size === tree.to) return known ? [] : [tree];
  const { left, right } = halves(tree);
  return size <= left.to
    ? [...consistencyPath(size, left, known), right]
    : [...consistencyPath(size, right, false), left];
}

/** A tree is split at the largest power of two below its size. */
function halves({ from, to }: Range): { left: Range; right: Range } {
  const middle = from + largestPowerWithin(to - from - 1);
  return { left: { from, to: middle }, right: { from: middle, to } };
}

/** The complete subtrees of a range, the largest first: a range begins where its largest one can. */
function subtreesOf({ from, to }: Range): Subtree[] {
  const subtrees: Subtree[] = [];
  for (let start = from; start < to;) {
    const width = largestPowerWithin(to - start);
    subtrees.push({ level: Math.log2(width), index: start / width });
    start += width;
  }
  return subtrees;
}

function largestPowerWithin(size: number): number {
  let power = 1;
  while (power * 2 <= size) power *= 2;
  return power;
}

function checkSize(size: number): void {
  if (!Number.isSafeInteger(size) || size < 0) throw new RangeError(`not a size: ${size}`);
}
