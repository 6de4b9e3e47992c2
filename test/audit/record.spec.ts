import { append, emptyFrontier, rootOf } from '../../src/audit/frontier';
import { emptyRoot } from '../../src/audit/hashes';
import { encodeRecord, eventLeaf } from '../../src/audit/record';
import type { EventMetadata } from '../../src/engine/event-store';
import { bytes, hex, suite, treeOf } from './support';
import vectors from './vectors.json';

describe('the record of an event', () => {
  const stored = vectors.records.map(({ event, ...expected }) => {
    const { data, metadata, ...facts } = event;
    const parsed = JSON.parse(metadata) as EventMetadata;
    return { ...expected, event: { ...facts, metadata: parsed }, payload: { data, metadata } };
  });

  it.each(stored)('is the published one, byte by byte: $name', (vector) => {
    const { data, metadata } = vector.payload;
    const record = encodeRecord(vector.event, suite.hash(data), suite.hash(metadata));
    expect(hex(record)).toBe(vector.record);
  });

  it.each(stored)('becomes the published leaf: $name', ({ event, payload, leafHash }) => {
    const asBytes = {
      data: Buffer.from(payload.data),
      metadata: Buffer.from(payload.metadata),
    };
    expect(hex(eventLeaf(suite, event, payload))).toBe(leafHash);
    expect(hex(eventLeaf(suite, event, asBytes))).toBe(leafHash);
  });

  it('keeps apart fields that read the same one after the other', () => {
    const [first] = stored;
    if (first === undefined) throw new Error('no vectors');
    const leaf = (stream: string, id: string) =>
      hex(eventLeaf(suite, { ...first.event, stream, id }, first.payload));
    expect(leaf('ab', 'c')).not.toBe(leaf('a', 'bc'));
  });

  it('is whole however long its fields are, and stays when the next is written', () => {
    const [first] = stored;
    if (first === undefined) throw new Error('no vectors');
    const hash = suite.hash('');
    const of = (stream: string) => encodeRecord({ ...first.event, stream }, hash, hash);
    const short = of('');
    const before = hex(short);
    const long = '名'.repeat(3_000);
    const encoded = of(long);
    expect(encoded.length - short.length).toBe(Buffer.byteLength(long));
    expect(Buffer.from(encoded).includes(long)).toBe(true);
    expect(hex(short)).toBe(before);
  });

  it('makes the published tree: roots, inclusion and consistency proofs', async () => {
    const leaves = vectors.records.map(({ leafHash }) => bytes(leafHash));
    const { roots, tree } = treeOf(leaves);
    expect(roots.map(hex)).toEqual(vectors.tree.roots);
    for (const { index, size, proof } of vectors.tree.inclusion) {
      expect((await tree.inclusionProof(index, size)).map(hex)).toEqual(proof);
    }
    for (const { from, to, proof } of vectors.tree.consistency) {
      expect((await tree.consistencyProof(from, to)).map(hex)).toEqual(proof);
    }
  });

  it('of a log of nothing has the hash of nothing for its root', () => {
    expect(hex(emptyRoot(suite))).toBe(vectors.tree.roots[0]);
    expect(rootOf(suite, emptyFrontier)).toEqual(emptyRoot(suite));
    const [leaf] = vectors.records.map(({ leafHash }) => bytes(leafHash));
    if (leaf === undefined) throw new Error('no vectors');
    expect(rootOf(suite, append(suite, emptyFrontier, leaf).frontier)).toEqual(leaf);
  });
});
