import {
  append,
  emptyFrontier,
  frontierFromJson,
  frontierToJson,
  rootOf,
  type FrontierJson,
} from '../../src/audit/frontier';
import { emptyRoot, leafHash, nodeHash, type Hash } from '../../src/audit/hashes';
import { isStored } from '../../src/audit/proofs';
import { verifiesConsistency, verifiesInclusion } from '../../src/audit/proof-verification';
import rfc6962 from './rfc6962.json';
import { bytes, hex, someLeaf, suite, treeOf } from './support';

describe('the tree of RFC 6962', () => {
  const { frontier, roots, tree } = treeOf(
    rfc6962.leaves.map((leaf) => leafHash(suite, bytes(leaf))),
  );

  it('has the published hashes of leaves, nodes and nothing', () => {
    const { emptyTree, emptyLeaf, leafL123456, nodeN123N456 } = rfc6962.hashes;
    expect(hex(emptyRoot(suite))).toBe(emptyTree);
    expect(hex(leafHash(suite, Buffer.alloc(0)))).toBe(emptyLeaf);
    expect(hex(leafHash(suite, Buffer.from('L123456')))).toBe(leafL123456);
    expect(hex(nodeHash(suite, Buffer.from('N123'), Buffer.from('N456')))).toBe(nodeN123N456);
  });

  it('has the published root at every size', async () => {
    expect(roots.slice(1).map(hex)).toEqual(rfc6962.roots);
    expect(frontier.size).toBe(8);
    for (const [index, root] of rfc6962.roots.entries()) {
      expect(hex(await tree.root(index + 1))).toBe(root);
    }
  });

  it.each(rfc6962.inclusion)('proves leaf $index of $size as published', async (vector) => {
    const proof = await tree.inclusionProof(vector.index, vector.size);
    expect(proof.map(hex)).toEqual(vector.proof);
  });

  it.each(rfc6962.consistency)('proves $from to $to as published', async (vector) => {
    const proof = await tree.consistencyProof(vector.from, vector.to);
    expect(proof.map(hex)).toEqual(vector.proof);
  });
});

describe('every tree of up to 256 leaves', () => {
  const leaves = Array.from({ length: 256 }, (_, index) => someLeaf(index));
  const { roots, tree } = treeOf(leaves);
  const headAt = (size: number) => ({ size, root: roots[size] ?? emptyRoot(suite) });

  it('has the root its definition gives, from the frontier and from what is stored', async () => {
    for (let size = 0; size <= 256; size += 1) {
      const defined = hex(merkleTreeHash(leaves.slice(0, size)));
      expect(hex(headAt(size).root)).toBe(defined);
      expect(hex(await tree.root(size))).toBe(defined);
    }
  });

  it('proves each of its leaves, and none at another place', async () => {
    const wrong: string[] = [];
    for (let size = 1; size <= 256; size += 1) {
      for (const [index, leaf] of leaves.slice(0, size).entries()) {
        const proof = await tree.inclusionProof(index, size);
        const holds = (at: number) =>
          verifiesInclusion(suite, { index: at, leaf }, headAt(size), proof);
        const elsewhere = (index + 1) % size;
        if (!holds(index)) wrong.push(`${index} of ${size} not proven`);
        if (elsewhere !== index && holds(elsewhere)) wrong.push(`${index} proven elsewhere`);
      }
    }
    expect(wrong).toEqual([]);
  });

  it('proves that it begins with each smaller one, and that no smaller one begins with it', async () => {
    const wrong: string[] = [];
    for (let to = 0; to <= 256; to += 1) {
      for (let from = 0; from <= to; from += 1) {
        const proof = await tree.consistencyProof(from, to);
        const holds = (one: number, other: number) =>
          verifiesConsistency(suite, headAt(one), headAt(other), proof);
        if (!holds(from, to)) wrong.push(`${from} to ${to} not proven`);
        if (from !== to && holds(to, from)) wrong.push(`${to} to ${from} proven`);
      }
    }
    expect(wrong).toEqual([]);
  });
});

describe('a large tree', () => {
  const size = 70_000;
  const { frontier, roots, stored, tree, reads } = treeOf(
    Array.from({ length: size }, (_, index) => someLeaf(index)),
  );

  it('stores 33 bytes of hashes an event and no more: leaves, and the tops of whole tiles', () => {
    expect(stored.every(({ level }) => isStored(level))).toBe(true);
    expect(stored).toHaveLength(70_000 + 273 + 1);
  });

  it('proves in a handful of reads, whatever its size', async () => {
    const head = { size, root: roots[size] ?? emptyRoot(suite) };
    for (const index of [0, 255, 256, 65_535, 65_536, 69_999]) {
      Object.assign(reads, { count: 0, hashes: 0 });
      const proof = await tree.inclusionProof(index, size);
      const event = { index, leaf: someLeaf(index) };
      expect(verifiesInclusion(suite, event, head, proof)).toBe(true);
      expect(reads.count).toBeLessThanOrEqual(2 * Math.ceil(Math.log2(size)));
      expect(reads.hashes).toBeLessThanOrEqual(3 * 256);
    }
    for (const from of [1, 65_536, 69_000, 69_999]) {
      const earlier = { size: from, root: roots[from] ?? emptyRoot(suite) };
      const proof = await tree.consistencyProof(from, size);
      expect(verifiesConsistency(suite, earlier, head, proof)).toBe(true);
    }
  });

  it('refuses what it has not stored', async () => {
    await expect(tree.root(size + 1)).rejects.toThrow('not all stored');
    expect(() => tree.inclusionProof(size, size)).toThrow(RangeError);
    expect(() => tree.consistencyProof(size, size - 1)).toThrow(RangeError);
    expect(() => tree.consistencyProof(-1, size)).toThrow(RangeError);
  });

  it('goes on from its frontier, read back from JSON, as if never stopped', () => {
    const json = JSON.stringify(frontierToJson(frontier));
    const readBack = frontierFromJson(suite, JSON.parse(json) as FrontierJson);
    expect(json.length).toBeLessThan(1000);
    const one = append(suite, frontier, someLeaf(size)).frontier;
    const other = append(suite, readBack, someLeaf(size)).frontier;
    expect(rootOf(suite, other)).toEqual(rootOf(suite, one));
  });

  it('refuses to go on from a damaged frontier', () => {
    const { hashes } = frontierToJson(frontier);
    const damaged = [
      { size: size + 1, hashes },
      { size: -1, hashes },
      { size: 0.5, hashes: [] },
      { size, hashes: hashes.slice(1) },
      { size, hashes: hashes.map((hash) => hash.slice(4)) },
      { size, hashes: hashes.map((hash) => hash.replace('=', '')) },
    ];
    for (const json of damaged) expect(() => frontierFromJson(suite, json)).toThrow();
    expect(frontierFromJson(suite, { size: 0, hashes: [] })).toEqual(emptyFrontier);
  });
});

/** The definition of RFC 6962, section 2.1, word for word. */
function merkleTreeHash(leaves: readonly Hash[]): Hash {
  const [only] = leaves;
  if (only === undefined) return emptyRoot(suite);
  if (leaves.length === 1) return only;
  let k = 1;
  while (k * 2 < leaves.length) k *= 2;
  return nodeHash(suite, merkleTreeHash(leaves.slice(0, k)), merkleTreeHash(leaves.slice(k)));
}
