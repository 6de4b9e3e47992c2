import {
  checkSuccession,
  formatCheckpoint,
  openCheckpoint,
  parseCheckpoint,
  signCheckpoint,
  type Checkpoint,
} from '../../src/audit/checkpoint';
import type { Hash } from '../../src/audit/hashes';
import {
  cosignText,
  formatNote,
  parseNote,
  signText,
  verifySignatures,
} from '../../src/audit/note';
import { parseNoteSigner, parseVerifierKey, type NoteSigner } from '../../src/audit/note-keys';
import { Refused, type RefusalReason } from '../../src/audit/refused';
import { elsewhere, log, otherLog, otherWitness, witness } from './keys';
import { hex, someLeaf, suite, treeOf } from './support';
import vectors from './vectors.json';

const honest = treeOf(Array.from({ length: 50 }, (_, index) => someLeaf(index)));
const forked = treeOf(
  Array.from({ length: 50 }, (_, index) => someLeaf(index < 20 ? index : -index)),
);
const headOf = ({ roots }: typeof honest, size: number) => ({
  size,
  root: roots[size] ?? Buffer.alloc(32),
});
const root = 'y/U89ES53QmAd++GUttWNfNuUBeD7Zer0uk7Qi1rpnA=';

function refusal(act: () => unknown): RefusalReason | 'accepted' {
  try {
    act();
    return 'accepted';
  } catch (error) {
    if (error instanceof Refused) return error.reason;
    throw error;
  }
}

/** Any text, truly signed: what is wrong with it then is the text alone. */
const signed = (text: string, ...signers: NoteSigner[]) =>
  formatNote({ text, signatures: signers.map((signer) => signText(text, signer)) });

describe('a checkpoint', () => {
  it('is signed and cosigned as published', () => {
    const { seed, note, verifierKey, witnessKey, cosignedAt } = vectors.checkpoint;
    const logKey = parseVerifierKey(suite, verifierKey);
    const witnessesKey = parseVerifierKey(suite, witnessKey);
    const secret = Buffer.concat([Buffer.of(1), Buffer.from(seed, 'hex')]).toString('base64');
    const signer = parseNoteSigner(suite, `PRIVATE+KEY+${logKey.name}+${logKey.keyId}+${secret}`);

    const { checkpoint, cosignatures } = openCheckpoint(note, logKey, [witnessesKey]);
    expect(checkpoint).toMatchObject({ origin: logKey.name, size: 9, extensions: [] });
    expect(hex(checkpoint.root)).toBe(vectors.tree.roots[9]);
    expect(cosignatures).toEqual([{ key: witnessesKey, time: cosignedAt }]);

    expect(note.startsWith(signCheckpoint(checkpoint, signer))).toBe(true);
    expect(formatCheckpoint(checkpoint)).toBe(parseNote(note).text);
  });

  it('of another log verifies as it does there', () => {
    const published = [
      'go.sum database tree',
      '63096908',
      '8lHrQPRYe4KT4WQ9/Qk8/taKnD6IRHbFgfN7vQE2Y54=',
      '',
      '— sum.golang.org Az3gri/oVBN1jAhNZ/iS+W31psFAWRT20/GyrhpU6taFwulQGetBkH5S7wpGXdS935jiIGiUUAXBVHzT/P6fYhqAmAk=',
      '',
    ].join('\n');
    const vkey = 'sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8';
    const key = parseVerifierKey(suite, vkey);
    const note = parseNote(published);
    expect(verifySignatures(note, [key])).toHaveLength(1);
    expect(parseCheckpoint(suite, note.text)).toMatchObject({ size: 63_096_908 });
    expect(formatCheckpoint(parseCheckpoint(suite, note.text))).toBe(note.text);
    // Its origin is not the name of its key, as it is with ours.
    expect(refusal(() => openCheckpoint(published, key))).toBe('wrong-origin');
  });

  it('keeps the lines that follow, and they are signed', () => {
    const text = `${log.key.name}\n9\n${root}\nby hand\n`;
    expect(openCheckpoint(signed(text, log), log.key).checkpoint.extensions).toEqual(['by hand']);
    const changed = signed(text, log).replace('by hand', 'by foot');
    expect(refusal(() => openCheckpoint(changed, log.key))).toBe('wrong-signature');
  });

  it.each([
    ['no root', `${log.key.name}\n9\n`],
    ['an empty origin', `\n9\n${root}\n`],
    ['no size', `${log.key.name}\n\n${root}\n`],
    ['a size with a zero before it', `${log.key.name}\n09\n${root}\n`],
    ['a size with a sign', `${log.key.name}\n+9\n${root}\n`],
    ['a negative size', `${log.key.name}\n-9\n${root}\n`],
    ['a size in hexadecimal', `${log.key.name}\n0x9\n${root}\n`],
    ['a size with an exponent', `${log.key.name}\n1e3\n${root}\n`],
    ['a size in other digits', `${log.key.name}\n９\n${root}\n`],
    ['a size with a space', `${log.key.name}\n9 \n${root}\n`],
    ['a size of 2^53', `${log.key.name}\n9007199254740992\n${root}\n`],
    ['a size of 2^64 + 9', `${log.key.name}\n18446744073709551625\n${root}\n`],
    ['a size of a thousand digits', `${log.key.name}\n${'9'.repeat(1000)}\n${root}\n`],
    ['a root that is not padded', `${log.key.name}\n9\n${root.slice(0, -1)}\n`],
    ['a root with stray bits', `${log.key.name}\n9\n${root.replace('A=', 'B=')}\n`],
    ['a root of 31 bytes', `${log.key.name}\n9\n${Buffer.alloc(31).toString('base64')}\n`],
    ['a root in hexadecimal', `${log.key.name}\n9\n${vectors.tree.roots[9] ?? ''}\n`],
    ['an empty line', `${log.key.name}\n9\n${root}\n\nmore\n`],
  ])('with %s is refused, though it is signed', (_, text) => {
    expect(refusal(() => openCheckpoint(signed(text, log), log.key))).toBe('malformed-checkpoint');
  });
});

describe('a server that lies', () => {
  const note = (size: number, of = honest, by = log) => signCheckpoint(headOf(of, size), by);
  const open = (text: string) => openCheckpoint(text, log.key).checkpoint;
  const known = open(note(30));
  const succession = (next: Checkpoint, proof: readonly Hash[]) =>
    refusal(() => {
      checkSuccession(suite, known, next, proof);
    });

  it('shows a checkpoint nobody signed', () => {
    const unsigned = `${formatCheckpoint({ ...known, size: 40 })}\n`;
    expect(refusal(() => open(unsigned))).toBe('malformed-note');
    const text = formatCheckpoint(known);
    expect(refusal(() => open(signed(text, otherLog)))).toBe('unsigned');
    const cosigned = formatNote({ text, signatures: [cosignText(text, witness, 5)] });
    expect(refusal(() => openCheckpoint(cosigned, log.key, [witness.key]))).toBe('unsigned');
  });

  it('signs with a key of its own, under the name of the log', () => {
    expect(refusal(() => open(note(40, honest, otherLog)))).toBe('unsigned');
    const [own] = parseNote(note(40, honest, otherLog)).signatures;
    const [real] = parseNote(note(40)).signatures;
    if (own === undefined || real === undefined) throw new Error('not signed');
    // The id of the real key upon a signature of the other.
    const text = formatCheckpoint(open(note(40)));
    const forged = formatNote({ text, signatures: [{ ...own, keyId: real.keyId }] });
    expect(refusal(() => open(forged))).toBe('wrong-signature');
  });

  it('shows the checkpoint of another log that the same key signs', () => {
    const text = formatCheckpoint({ ...known, origin: elsewhere.key.name });
    expect(refusal(() => open(signed(text, log)))).toBe('wrong-origin');
    expect(refusal(() => open(note(40, honest, elsewhere)))).toBe('unsigned');
  });

  it('changes size, root or origin of what was signed', () => {
    const whole = note(40);
    for (const [from, to] of [
      ['\n40\n', '\n41\n'],
      [/[a-f](?=[^\n]*=\n)/, 'g'],
      ['title-review.example/log\n40', 'title-review.example/log2\n40'],
    ] as const) {
      expect(whole.replace(from, to)).not.toBe(whole);
      expect(refusal(() => open(whole.replace(from, to)))).toBe('wrong-signature');
    }
  });

  it('goes back to an older copy', async () => {
    const proof = await honest.tree.consistencyProof(10, 30);
    const older = open(note(10));
    expect(succession(older, [])).toBe('rollback');
    expect(succession(older, proof)).toBe('rollback');
  });

  it('shows two logs of the same size', () => {
    const other = open(note(30, forked));
    expect(succession(other, [])).toBe('split-view');
    expect(succession(known, [])).toBe('accepted');
  });

  it('goes on from another log, whatever proof it sends', async () => {
    const other = open(note(40, forked));
    for (const { tree } of [honest, forked]) {
      const proof = await tree.consistencyProof(30, 40);
      expect(succession(other, proof)).toBe('inconsistent');
    }
    expect(succession(other, [])).toBe('inconsistent');
    const next = open(note(40));
    const proof = await honest.tree.consistencyProof(30, 40);
    expect(succession(next, proof)).toBe('accepted');
    expect(succession(next, proof.slice(1))).toBe('inconsistent');
  });

  it('shows another log that was never known', () => {
    const other = { ...known, origin: elsewhere.key.name };
    expect(succession(other, [])).toBe('wrong-origin');
  });

  it('counts a witness that did not sign, or signed another checkpoint', () => {
    const { text, signatures } = parseNote(note(40));
    const cosigned = (...lines: typeof signatures) =>
      openCheckpoint(formatNote({ text, signatures: [...signatures, ...lines] }), log.key, [
        witness.key,
        otherWitness.key,
      ]).cosignatures.map(({ key, time }) => [key.name, time]);
    expect(cosigned()).toEqual([]);
    expect(cosigned(cosignText(text, witness, 5))).toEqual([[witness.key.name, 5]]);
    // The witness signs a key unknown here: passed over. One that is known, of another text: refused.
    expect(cosigned(cosignText(text, elsewhere, 5))).toEqual([]);
    const other = parseNote(note(30)).text;
    expect(refusal(() => cosigned(cosignText(other, witness, 5)))).toBe('wrong-signature');
  });
});
