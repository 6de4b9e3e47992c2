import { openCheckpoint, parseKey } from '../../src/verify/checkpoints';
import { actorOf, leafOf } from '../../src/verify/leaf';
import { rootByProof, Tree } from '../../src/verify/tree';
import vectors from '../audit/vectors.json';

const hex = (bytes: Buffer | undefined) => bytes?.toString('hex');
const leaves = vectors.records.map(({ leafHash }) => Buffer.from(leafHash, 'hex'));

describe('the verifier, written apart from the service, agrees with the published vectors:', () => {
  it.each(vectors.records)('the leaf of: $name', ({ event, leafHash }) => {
    const actor = actorOf(JSON.parse(event.metadata));
    if (actor === undefined) throw new Error('no actor');
    const { position, revision } = event;
    const [stream, id, type] = [event.stream, event.id, event.type].map((text) =>
      Buffer.from(text),
    );
    const [data, metadata] = [Buffer.from(event.data), Buffer.from(event.metadata)];
    if (stream === undefined || id === undefined || type === undefined) throw new Error('empty');
    const stored = { position, stream, revision: String(revision), id, type, data, metadata };
    expect(hex(leafOf(stored, actor))).toBe(leafHash);
  });

  it('the roots', () => {
    const tree = new Tree();
    const roots = [hex(tree.root())];
    for (const leaf of leaves) {
      tree.add(leaf);
      roots.push(hex(tree.root()));
    }
    expect(roots).toEqual(vectors.tree.roots);
  });

  it.each(vectors.tree.inclusion)('the inclusion of $index in $size', ({ index, size, proof }) => {
    const hashes = proof.map((hash) => Buffer.from(hash, 'hex'));
    const leaf = leaves[index] ?? Buffer.alloc(0);
    expect(hex(rootByProof({ leaf, index }, size, hashes))).toBe(vectors.tree.roots[size]);
    const [first = leaf] = hashes;
    expect(rootByProof({ leaf, index }, size, [...hashes, first])).toBeUndefined();
    if (size > 1) expect(rootByProof({ leaf, index }, size, hashes.slice(1))).toBeUndefined();
    expect(rootByProof({ leaf, index: size }, size, hashes)).toBeUndefined();
  });

  it('the checkpoint, its signature and its cosignature', () => {
    const { note, verifierKey, witnessKey } = vectors.checkpoint;
    const [log, witness] = [parseKey(verifierKey), parseKey(witnessKey)];
    if (log === undefined || witness === undefined) throw new Error('no keys');
    const opened = openCheckpoint(note, [log, witness]);
    expect(opened).toMatchObject({ size: 9, signers: [log, witness] });
    const changed = openCheckpoint(note.replace('\n9\n', '\n8\n'), [log, witness]);
    expect(changed).toEqual({ problem: 'signature' });
  });

  it.each([
    ['no key', 'x'],
    ['a key with another id', vectors.checkpoint.verifierKey.replace('+2f', '+2e')],
    ['a key with another name', `x${vectors.checkpoint.verifierKey}`],
    ['a key cut short', vectors.checkpoint.verifierKey.slice(0, -4)],
    ['a key of another type', vectors.checkpoint.verifierKey.replace('+AQ', '+Ag')],
  ])('%s is refused', (_, text) => {
    expect(parseKey(text)).toBeUndefined();
  });

  it.each([
    ['no signature', (note: string) => note.slice(0, note.indexOf('—')), 'form'],
    ['Base64 with stray bits', (note: string) => note.replace('lgo=', 'lgp='), 'form'],
    ['another dash', (note: string) => note.replaceAll('—', '-'), 'form'],
    ['a line after', (note: string) => `${note}x\n`, 'form'],
    ['no end', (note: string) => note.slice(0, -1), 'form'],
    ['a control character', (note: string) => note.replace('\n9\n', '\n9\r\n'), 'form'],
  ])('a note with %s is refused', (_, change, problem) => {
    const key = parseKey(vectors.checkpoint.verifierKey);
    if (key === undefined) throw new Error('no key');
    const { note } = vectors.checkpoint;
    expect(change(note)).not.toBe(note);
    expect(openCheckpoint(change(note), [key])).toEqual({ problem });
  });
});
