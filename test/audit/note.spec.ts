import {
  formatVerifierKey,
  noteSigner,
  parseNoteSigner,
  parseVerifierKey,
} from '../../src/audit/note-keys';
import {
  cosignText,
  formatNote,
  formatSignatureLine,
  parseNote,
  parseSignatureLine,
  signText,
  verifySignatures,
} from '../../src/audit/note';
import { Refused, type RefusalReason } from '../../src/audit/refused';
import { log, witness } from './keys';
import { suite } from './support';

// Published with Go's golang.org/x/mod/sumdb/note and c2sp.org/signed-note.
const peter = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW';
const peterSecret =
  'PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz';
const enoch = 'EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop';
const text = [
  'If you think cryptography is the answer to your problem,',
  "then you don't know what your problem is.",
  '',
].join('\n');
const peterLine =
  '— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n';
const enochLine =
  '— EnochRoot rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox33WWd1RvMc+QQ=\n';

const key = (vkey: string) => parseVerifierKey(suite, vkey);
const verified = (note: string, ...vkeys: string[]) =>
  verifySignatures(parseNote(note), vkeys.map(key)).map((signature) => signature.key.name);

function reasonOf(act: () => unknown): RefusalReason | 'accepted' {
  try {
    act();
    return 'accepted';
  } catch (error) {
    if (error instanceof Refused) return error.reason;
    throw error;
  }
}

describe('a signed note', () => {
  it('is signed as published', () => {
    const signature = signText(text, parseNoteSigner(suite, peterSecret));
    expect(formatNote({ text, signatures: [signature] })).toBe(`${text}\n${peterLine}`);
  });

  it('is verified by whichever keys are known, and passes over the others', () => {
    const note = `${text}\n${peterLine}${enochLine}`;
    expect(verified(note, peter)).toEqual(['PeterNeumann']);
    expect(verified(note, peter, enoch)).toEqual(['PeterNeumann', 'EnochRoot']);
    expect(verified(note)).toEqual([]);
    // The same id under another name is another key.
    expect(verified(note.replaceAll('PeterNeumann', 'CarmenSandiego'), peter)).toEqual([]);
    expect(parseNote(note).text).toBe(text);
    expect(formatNote(parseNote(note))).toBe(note);
  });

  it('of the specification itself verifies', () => {
    const example =
      'This is an example message.\n\n— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n';
    const vkey = 'example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k';
    expect(verified(example, vkey)).toEqual(['example.com/foo']);
  });

  it('may hold empty lines: the last one parts it from its signatures', () => {
    const note = formatNote({ text: 'a\n\nb\n', signatures: [signText('a\n\nb\n', log)] });
    expect(parseNote(note).text).toBe('a\n\nb\n');
    expect(verifySignatures(parseNote(note), [log.key])).toHaveLength(1);
  });

  it('is refused as a whole for one wrong signature of a known key', () => {
    const changed = `${text.replace('answer', 'question')}\n${peterLine}`;
    expect(reasonOf(() => verified(changed, peter))).toBe('wrong-signature');
    const long = peterLine.replace('InNIuG', 'InNIABCDuG');
    expect(reasonOf(() => verified(`${text}\n${long}`, peter))).toBe('wrong-signature');
    expect(reasonOf(() => verified(`${text}\n${peterLine}${long}`, peter))).toBe('wrong-signature');
    expect(verified(`${text}\n${enochLine}${long}`, enoch)).toEqual(['EnochRoot']);
  });

  it.each([
    ['without signatures', text],
    ['with an empty line and no signatures', `${text}\n`],
    ['cut short', `${text}\n${peterLine.slice(0, -1)}`],
    ['with a control character', `\u0001${text}\n${peterLine}`],
    ['with a carriage return', `${text}\r\n${peterLine}`],
    ['with half a surrogate pair', `\ud800${text}\n${peterLine}`],
    ['by a name with a space', `${text}\n${peterLine.replace('PeterN', 'Peter N')}`],
    ['by a name with a plus', `${text}\n${peterLine.replace('PeterN', 'Peter+N')}`],
    ['by a name with a space of another script', `${text}\n${peterLine.replace('rN', 'r\u3000N')}`],
    ['by nobody', `${text}\n${peterLine.replace('PeterNeumann', '')}`],
    ['with a hyphen for the dash', `${text}\n${peterLine.replace('—', '-')}`],
    ['with a line after its signatures', `${text}\n${peterLine}Unexpected line.\n`],
    ['with Base64 that is not padded', `${text}\n${peterLine.replace('=', '')}`],
    ['with Base64 that has stray bits', `${text}\n${peterLine.replace('AM=', 'AN=')}`],
    ['with Base64 for addresses', `${text}\n${peterLine.replace('/', '_')}`],
    ['with a signature of no bytes', `${text}\n— PeterNeumann x08gow==\n`],
    ['that is endless', `${'x'.repeat(1_000_001)}\n\n${peterLine}`],
  ])('%s is refused', (_, note) => {
    expect(reasonOf(() => verified(note, peter))).toBe('malformed-note');
  });

  it('may carry a hundred signatures, and no more', () => {
    expect(verified(`${text}\n${peterLine.repeat(100)}`, peter)).toHaveLength(100);
    const more = `${text}\n${peterLine.repeat(101)}`;
    expect(reasonOf(() => verified(more, peter))).toBe('too-many-signatures');
  });
});

describe('a key', () => {
  it.each([peter, enoch])('is written as it was read: %s', (vkey) => {
    expect(formatVerifierKey(key(vkey))).toBe(vkey);
  });

  it('is refused with any character of it changed, added or left out', () => {
    const secret = (skey: string) => parseNoteSigner(suite, skey);
    for (const [whole, parse] of [
      [peter, key],
      [peterSecret, secret],
    ] as const) {
      const mangled = [...whole].flatMap((character, place) => [
        whole.slice(place + 1),
        whole.slice(0, place),
        whole.slice(0, place) +
          String.fromCodePoint((character.codePointAt(0) ?? 0) + 1) +
          whole.slice(place + 1),
        `${whole.slice(0, place)} ${whole.slice(place)}`,
      ]);
      const reasons = mangled.map((text) => reasonOf(() => parse(text)));
      expect(new Set(reasons)).toEqual(new Set(['malformed-key']));
    }
  });

  it.each([
    'PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY==',
    'PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW',
    'PeterNeumann+C74F20A3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW',
  ])('is refused where its id fits but it is none: %s', (vkey) => {
    expect(reasonOf(() => key(vkey))).toBe('malformed-key');
  });

  it('never shows its secret half', () => {
    try {
      parseNoteSigner(suite, `${peterSecret}x`);
      throw new Error('accepted');
    } catch (error) {
      expect(String(error)).not.toContain('AYEKFALVFGyNhPJEMz');
    }
    expect(JSON.stringify(parseNoteSigner(suite, peterSecret))).not.toContain('AYEKFALVFGyNhPJEMz');
  });

  it('cannot be named so that a signature line breaks', () => {
    for (const name of ['', 'a b', 'a+b', 'a\nb', 'a\u00a0b']) {
      const named = () => noteSigner(suite, name, 'log', Buffer.alloc(32));
      expect(reasonOf(named)).toBe('malformed-key');
    }
  });
});

describe('a cosignature', () => {
  // A checkpoint of the staging log Arche 2025h1, cosigned by a public witness on 2026-05-23.
  const published = [
    'arche2025h1.staging.ct.transparency.dev',
    '1432088532',
    'U7WM79jrzyhGZ5/GUBTpM7NzwdyfFx61t3RovgcC4Ro=',
    '',
    '— arche2025h1.staging.ct.transparency.dev zTM8sQAAAZ5W0WdjBAMARjBEAiBjW5IQf9pvsYLfQFX6hoGREPMHbdQ3urbllzalApkptQIgIpwtEroeW2BXaHAI4kJXFbon5Ch9MNL5zRNZ55lvGt0=',
    '— arche2025h1.staging.ct.transparency.dev ui8GwCF1+kWqZrxGdhj4aX3gcw7XUlXQQabg/27lefwhUkzbC3NygNI75MdhL1bfTW9g8Ei59RA23oHP7Ry1k3ZFWwQ=',
    '— remora.n621.de 2net5wAAAABqEiEgPlfF3V06o0Y+fHM+J5J9s27wgxxcOVSpZ/2g/KSiXCg9DEZI+aVCIobWX9sXTynk5XeU/zZ0WBxtqB0DrAWfBw==',
    '',
  ].join('\n');
  const arche =
    'arche2025h1.staging.ct.transparency.dev+ba2f06c0+AU0vHmlGCS/PdN8b2OaGmKprLI8HKM+dJ472xgFYh15f';
  const remora = 'remora.n621.de+da77ade7+BOvN63jn/bLvkieywe8R6UYAtVtNbZpXh34x7onlmtw2';

  it('of a public witness verifies, and tells its time', () => {
    const [own, cosigned] = verifySignatures(parseNote(published), [key(arche), key(remora)]);
    expect(own?.time).toBeNull();
    expect(cosigned?.key.use).toBe('witness');
    expect(cosigned?.time).toBe(0x6a122120);
  });

  it('does not outlive a change of what it signs', () => {
    const changed = published.replace('1432088532', '1432088533');
    expect(reasonOf(() => verified(changed, remora))).toBe('wrong-signature');
    expect(reasonOf(() => verified(changed, arche))).toBe('wrong-signature');
    const later = published.replace('2net5wAAAABqEi', '2net5wAAAABqEj');
    expect(reasonOf(() => verified(later, remora))).toBe('wrong-signature');
  });

  it('is made as it is verified, and sent as one line', () => {
    const line = formatSignatureLine(cosignText(text, witness, 1_659_315_600));
    const note = { text, signatures: [parseSignatureLine(line)] };
    expect(verifySignatures(note, [witness.key])).toEqual([
      { key: witness.key, time: 1_659_315_600 },
    ]);
    expect(reasonOf(() => parseSignatureLine(line.slice(0, -1)))).toBe('malformed-note');
    expect(reasonOf(() => parseSignatureLine(`${line}${line}`))).toBe('malformed-note');
  });

  it('is none where a witness signed as if it were the log, or the log as a witness', () => {
    const asLog = { ...signText(text, witness) };
    const asWitness = { ...cosignText(text, log, 1) };
    for (const line of [asLog, asWitness]) {
      const note = { text, signatures: [line] };
      expect(reasonOf(() => verifySignatures(note, [log.key, witness.key]))).toBe(
        'wrong-signature',
      );
    }
  });

  it('of a time beyond 2^53 is refused', () => {
    const line = cosignText(text, witness, 1);
    const signature = Buffer.from(line.signature);
    signature.writeBigUInt64BE(2n ** 63n);
    const note = { text, signatures: [{ ...line, signature }] };
    expect(reasonOf(() => verifySignatures(note, [witness.key]))).toBe('wrong-signature');
  });
});
