import { nodeHash, type Hash } from '../../src/audit/hashes';
import {
  verifiesConsistency,
  verifiesInclusion,
  type TreeHead,
} from '../../src/audit/proof-verification';
import { seeded, someLeaf, suite, treeOf } from './support';

/** Tried of each kind of proof; `AUDIT_FORGERIES` asks for more. */
const forgeries = Number(process.env.AUDIT_FORGERIES ?? 50_000);
const mostLeaves = 300;
const forkedAt = 100;

const random = seeded(6962);
const honestLeaves = Array.from({ length: mostLeaves }, (_, index) => someLeaf(index));
const honest = treeOf(honestLeaves);
/** What a server shows to others: the same log up to an event, then another one. */
const forked = treeOf(
  honestLeaves.map((leaf, index) => (index < forkedAt ? leaf : someLeaf(index + mostLeaves))),
);

interface Claim {
  readonly index: number;
  readonly leaf: Hash;
  readonly tree: TreeHead;
  readonly proof: readonly Hash[];
}

interface Growth {
  readonly from: TreeHead;
  readonly to: TreeHead;
  readonly proof: readonly Hash[];
}

// Size and root are changed together: a checkpoint signs both, and a root alone tells no size.
const headOf = ({ roots }: typeof honest, size: number): TreeHead => ({
  size,
  root: roots[size] ?? Buffer.alloc(32),
});
/** Half of them small: there the corners of the algorithms lie close together. */
const someSize = () => 1 + random(random(2) === 0 ? 9 : mostLeaves);
const someHash = () => pick([...honestLeaves, ...honest.roots, ...forked.roots, Buffer.alloc(32)]);

it(`accepts none of ${forgeries} forged proofs that an event is in the log`, async () => {
  const accepted: Claim[] = [];
  for (let tried = 0; tried < forgeries;) {
    const size = someSize();
    const index = random(size);
    const proof = await honest.tree.inclusionProof(index, size);
    const claim = { index, leaf: at(honestLeaves, index), tree: headOf(honest, size), proof };
    expect(isAccepted(claim)).toBe(true);
    for (let each = 0; each < 20; each += 1) {
      const forged = await forgedClaim(claim);
      if (await isHonest(forged)) continue;
      tried += 1;
      if (isAccepted(forged)) accepted.push(forged);
    }
  }
  expect(accepted).toEqual([]);
});

it(`accepts none of ${forgeries} forged proofs that a log only grew`, async () => {
  const accepted: Growth[] = [];
  for (let tried = 0; tried < forgeries;) {
    const to = someSize();
    const from = 1 + random(to);
    const proof = await honest.tree.consistencyProof(from, to);
    const growth = { from: headOf(honest, from), to: headOf(honest, to), proof };
    expect(isConsistent(growth)).toBe(true);
    for (let each = 0; each < 20; each += 1) {
      const forged = await forgedGrowth(growth);
      if (await isHonestGrowth(forged)) continue;
      tried += 1;
      if (isConsistent(forged)) accepted.push(forged);
    }
  }
  expect(accepted).toEqual([]);
});

it('accepts no place, size or hash that cannot be one', () => {
  const leaf = someLeaf(0);
  const tree = { size: 1, root: leaf };
  expect(isAccepted({ index: 0, leaf, tree, proof: [] })).toBe(true);
  const short = leaf.subarray(1);
  for (const odd of [-1, -0.5, 0.5, NaN, Infinity, 2 ** 53, 2 ** 64]) {
    expect(isAccepted({ index: odd, leaf, tree, proof: [] })).toBe(false);
    expect(isAccepted({ index: 0, leaf, tree: { size: odd, root: leaf }, proof: [] })).toBe(false);
    expect(isConsistent({ from: { size: odd, root: leaf }, to: tree, proof: [] })).toBe(false);
    expect(isConsistent({ from: tree, to: { size: odd, root: leaf }, proof: [] })).toBe(false);
  }
  const nothing = { size: 1, root: Buffer.alloc(0) };
  expect(isAccepted({ index: 0, leaf: short, tree: { size: 1, root: short }, proof: [] })).toBe(
    false,
  );
  expect(isConsistent({ from: nothing, to: nothing, proof: [] })).toBe(false);
  // A hash beyond the root, and a log that shrank, though the roots would fit.
  const above = { size: 1, root: nodeHash(suite, someLeaf(1), leaf) };
  expect(isAccepted({ index: 0, leaf, tree: above, proof: [someLeaf(1)] })).toBe(false);
  const two = { size: 2, root: leaf };
  expect(isConsistent({ from: two, to: tree, proof: [] })).toBe(false);
  // Nothing is the beginning of every log, but only nothing itself.
  expect(isConsistent({ from: { size: 0, root: leaf }, to: tree, proof: [] })).toBe(false);
});

function isAccepted({ tree, proof, ...event }: Claim): boolean {
  return verifiesInclusion(suite, event, tree, proof);
}

function isConsistent({ from, to, proof }: Growth): boolean {
  return verifiesConsistency(suite, from, to, proof);
}

/** A change may end in another truth, told by its own proof: that is no forgery. */
async function isHonest({ index, leaf, tree, proof }: Claim): Promise<boolean> {
  const size = honest.roots.findIndex((root) => same(root, tree.root));
  if (size !== tree.size || !(index < size) || index < 0 || index % 1 !== 0) return false;
  const own = await honest.tree.inclusionProof(index, size);
  return same(leaf, at(honestLeaves, index)) && sameList(own, proof);
}

async function isHonestGrowth({ from, to, proof }: Growth): Promise<boolean> {
  for (const { roots, tree } of [honest, forked]) {
    const known = [from, to].every(({ size, root }) => same(roots[size] ?? Buffer.of(), root));
    if (!known || from.size > to.size) continue;
    if (sameList(await tree.consistencyProof(from.size, to.size), proof)) return true;
  }
  return false;
}

async function forgedClaim(claim: Claim): Promise<Claim> {
  const { index, leaf, tree, proof } = claim;
  const size = someSize();
  switch (random(8)) {
    case 0:
      return { ...claim, index: pick([index + 1, index - 1, index ^ 2, index * 2, random(300)]) };
    case 1:
      return { ...claim, leaf: pick([someHash(), flipped(leaf), tree.root, ...proof]) };
    case 2:
      return { ...claim, tree: headOf(pick([honest, forked]), size) };
    case 3:
      return { ...claim, tree: { size: tree.size, root: flipped(tree.root) } };
    case 4: {
      // Another event's proof, for this one.
      const other = random(size);
      return { ...claim, index: other, proof: await honest.tree.inclusionProof(other, size) };
    }
    case 5: {
      // An inner node passed off as a leaf, as is possible where both are hashed alike.
      const [sibling = leaf, ...rest] = proof;
      return { ...claim, index: Math.floor(index / 2), leaf: sibling, proof: rest };
    }
    default:
      return { ...claim, proof: forgedProof(proof) };
  }
}

async function forgedGrowth(growth: Growth): Promise<Growth> {
  const { from, to, proof } = growth;
  switch (random(7)) {
    case 0:
      return { ...growth, from: headOf(pick([honest, forked]), someSize()) };
    case 1:
      return { ...growth, to: headOf(pick([honest, forked]), someSize()) };
    case 2:
      return { ...growth, from: to, to: from };
    case 3:
      return { ...growth, from: { size: from.size, root: flipped(from.root) } };
    case 4: {
      // The split view: from what one was shown to what the other was.
      const size = forkedAt + 1 + random(mostLeaves - forkedAt);
      const early = 1 + random(size);
      const { tree } = pick([honest, forked]);
      const shown = await tree.consistencyProof(early, size);
      return { from: headOf(honest, early), to: headOf(forked, size), proof: shown };
    }
    default:
      return { ...growth, proof: forgedProof(proof) };
  }
}

function forgedProof(proof: readonly Hash[]): readonly Hash[] {
  const place = random(proof.length + 1);
  const one = proof[place] ?? someHash();
  const other = random(proof.length + 1);
  const changes: (readonly Hash[])[] = [
    proof.toSpliced(place, 1, flipped(one)),
    proof.toSpliced(place, 1),
    proof.toSpliced(place, 0, someHash()),
    proof.toSpliced(place, 1, someHash()),
    proof.toSpliced(place, 1).toSpliced(other, 0, one),
    proof.toReversed(),
    [...proof, ...proof],
    [],
    proof.toSpliced(place, 1, pick([one.subarray(1), Buffer.concat([one, one]), Buffer.of()])),
  ];
  return pick(changes);
}

function flipped(hash: Hash): Hash {
  const changed = Buffer.from(hash);
  const place = random(changed.length);
  changed[place] = (changed[place] ?? 0) ^ (1 << random(8));
  return changed;
}

function same(one: Hash, other: Hash): boolean {
  return Buffer.compare(one, other) === 0;
}

function sameList(one: readonly Hash[], other: readonly Hash[]): boolean {
  return one.length === other.length && one.every((hash, place) => same(hash, at(other, place)));
}

function pick<T>(values: readonly T[]): T {
  return at(values, random(values.length));
}

function at<T>(values: readonly T[], place: number): T {
  const value = values[place];
  if (value === undefined) throw new Error(`nothing at ${place}`);
  return value;
}
