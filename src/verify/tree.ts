import { nodeOf, sha256 } from './leaf';

/** A whole subtree of `2 ** level` leaves, the `index`-th of its level. */
export type OnSubtree = (level: number, index: number, hash: Buffer) => void;

/** The tree of RFC 6962 as leaves arrive, like a binary counter: a whole subtree a digit, or none. */
export class Tree {
  #size = 0;
  readonly #digits: (Buffer | undefined)[] = [];

  get size(): number {
    return this.#size;
  }

  add(leaf: Buffer, onSubtree?: OnSubtree): void {
    let carry = leaf;
    let index = this.#size;
    let level = 0;
    onSubtree?.(level, index, carry);
    for (let left = this.#digits[level]; left !== undefined; left = this.#digits[level]) {
      this.#digits[level] = undefined;
      carry = nodeOf(left, carry);
      level += 1;
      index = Math.floor(index / 2);
      onSubtree?.(level, index, carry);
    }
    this.#digits[level] = carry;
    this.#size += 1;
  }

  /** The whole subtrees, the largest first. */
  subtrees(): readonly Buffer[] {
    return this.#digits.filter((digit) => digit !== undefined).reverse();
  }

  root(): Buffer {
    const [smallest, ...larger] = this.subtrees().toReversed();
    if (smallest === undefined) return sha256(Buffer.alloc(0));
    return larger.reduce((right, left) => nodeOf(left, right), smallest);
  }
}

/** The root that a leaf and its inclusion proof lead to; undefined for a proof of another shape. */
export function rootByProof(
  { leaf, index }: { readonly leaf: Buffer; readonly index: number },
  size: number,
  proof: readonly Buffer[],
): Buffer | undefined {
  if (index < 0 || index >= size) return undefined;
  // From the root down, taking the proof from its end; the hashes are made on the way back.
  const left = [...proof];
  const rootOf = (place: number, leaves: number): Buffer | undefined => {
    if (leaves === 1) return leaf;
    const sibling = left.pop();
    let middle = 1;
    while (middle * 2 < leaves) middle *= 2;
    const inner = place < middle ? rootOf(place, middle) : rootOf(place - middle, leaves - middle);
    if (sibling === undefined || inner === undefined) return undefined;
    return place < middle ? nodeOf(inner, sibling) : nodeOf(sibling, inner);
  };
  const root = rootOf(index, size);
  return left.length === 0 ? root : undefined;
}
