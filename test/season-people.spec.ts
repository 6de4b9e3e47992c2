import { createHash } from 'node:crypto';
import { inflateSync } from 'node:zlib';

import { detectMediaType, headBytes, tailBytes } from '../src/adapters/evidence/media-type';
import { dossierContent } from '../src/cli/season/people/dossier-content';
import { evidenceFile } from '../src/cli/season/people/evidence-files';
import { checkDigit } from '../src/cli/season/people/id-number';
import { applicant } from '../src/cli/season/people/person';
import { Random } from '../src/cli/season/people/random';
import { parseDay } from '../src/engine/instant';
import { people, policy, season } from './form/support';

describe('ID numbers', () => {
  it.each([
    // Widely printed examples of GB 11643, and the one in the standard itself.
    ['11010519491231002', 'X'],
    ['44052418800101001', '4'],
    ['34052419800101001', 'X'],
  ])('%s ends in %s', (digits, last) => {
    expect(checkDigit(digits)).toBe(last);
  });

  it('agree with birth date, gender and check digit, in an area nobody was born in', () => {
    for (const { idNumber, birthDate, gender } of people) {
      expect(idNumber).toMatch(/^6599\d{2}\d{8}\d{3}[\dX]$/);
      expect(idNumber.slice(6, 14)).toBe(birthDate.replaceAll('-', ''));
      expect(Number(idNumber[16]) % 2).toBe(gender === 'male' ? 1 : 0);
      expect(checkDigit(idNumber.slice(0, 17))).toBe(idNumber[17]);
    }
  });

  it('are nobody else’s, also in a large season', () => {
    const numbers = Array.from({ length: 3000 }, (_, nth) => applicant(season, nth).idNumber);
    expect(new Set(numbers).size).toBe(numbers.length);
    expect(() => applicant(season, 49_500)).toThrow(RangeError);
    expect(() => applicant(season, -1)).toThrow(RangeError);
  });
});

describe('people', () => {
  it('are the same for the same seed, and others for another', () => {
    const again = people.map((_, nth) => applicant({ ...season }, nth));
    expect(again).toEqual(people);
    const others = people.map((_, nth) => applicant({ ...season, seed: 7 }, nth));
    expect(others.filter((other, nth) => other.name === people[nth]?.name).length).toBeLessThan(20);
  });

  it('are as various as the applicants are', () => {
    const values = (pick: (person: (typeof people)[number]) => unknown) =>
      new Set(people.map(pick));
    expect(values(({ ethnicity }) => ethnicity)).toEqual(new Set(['han', 'uygur', 'kazak', 'hui']));
    expect(values(({ gender }) => gender).size).toBe(2);
    expect(values(({ level }) => level).size).toBe(3);
    expect(values(({ subSpecialty }) => subSpecialty).size).toBe(4);
    expect(values(({ unit }) => unit.tier).size).toBe(3);
    expect(values(({ name }) => name).size).toBeGreaterThan(100);
  });

  it('have Chinese names, real birthdays and telephones that reach nobody', () => {
    for (const { name, ethnicity, birthDate, phone } of people) {
      const dotted = ethnicity === 'uygur' || ethnicity === 'kazak';
      expect(name).toMatch(dotted ? /^\p{sc=Han}+·\p{sc=Han}+$/u : /^\p{sc=Han}{2,3}$/u);
      expect(parseDay(birthDate)).toBe(birthDate);
      expect(phone).toMatch(/^100\d{8}$/);
    }
  });

  it('are drawn evenly', () => {
    const random = new Random(1);
    const counts = [0, 0, 0, 0];
    for (let draw = 0; draw < 4000; draw += 1) {
      const drawn = random.between(0, 3);
      counts[drawn] = (counts[drawn] ?? 0) + 1;
    }
    for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(150);
  });
});

describe('dossiers', () => {
  const filled = people.map((person) => dossierContent(person, policy));

  it('are the same for the same person', () => {
    expect(people.map((person) => dossierContent(person, policy))).toEqual(filled);
  });

  it('name exactly the scans they come with', () => {
    for (const { sections, evidence } of filled) {
      const named = JSON.stringify(sections).match(/(?<=")[0-9a-f]{64}(?=")/g);
      expect(new Set(named)).toEqual(new Set(evidence.map(({ sha256 }) => sha256)));
    }
  });

  it('share no scan', () => {
    const all = filled.flatMap(({ evidence }) => evidence.map(({ sha256 }) => sha256));
    expect(new Set(all).size).toBe(all.length);
  });

  it('say nothing in vague words', () => {
    for (const { sections } of filled) {
      expect(JSON.stringify(sections)).not.toMatch(/大概|左右|若干|等等|大约|可能/);
    }
  });

  it('meet the conditions of the senior level', () => {
    for (const [index, { level, subSpecialty }] of people.entries()) {
      if (level !== 'senior') continue;
      const { achievements, practiceAbility } = filled[index]?.sections ?? fail();
      const codes = JSON.stringify(achievements.entries);
      expect(codes.match(/"general-\d+"/g)?.length).toBe(2);
      expect(codes.split(`"${subSpecialty}-achievement-`).length - 1).toBe(2);
      expect(JSON.stringify(practiceAbility)).toContain(`"${subSpecialty}-practice-1"`);
    }
  });
});

describe('evidence', () => {
  const detected = (bytes: Buffer) =>
    detectMediaType(bytes.subarray(0, headBytes), bytes.subarray(-tailBytes));

  it.each([
    ['a.pdf', 'application/pdf'],
    ['a.jpg', 'image/jpeg'],
    ['a.png', 'image/png'],
  ] as const)('%s is a whole file of its type', (name, mediaType) => {
    const { bytes, sha256, ...file } = evidenceFile(name, 'a note');
    expect(file).toEqual({ name, mediaType });
    expect(detected(bytes)).toBe(mediaType);
    expect(detected(bytes.subarray(0, -8))).toBe('damaged');
    expect(sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
    expect(evidenceFile(name, 'a note').sha256).toBe(sha256);
    expect(evidenceFile(name, 'another note').sha256).not.toBe(sha256);
  });

  it('a PDF’s table finds its objects', () => {
    const file = evidenceFile('a.pdf', 'with (brackets) and \\').bytes.toString('latin1');
    const table = Number(/startxref\n(\d+)\n%%EOF/.exec(file)?.[1]);
    expect(file.slice(table, table + 5)).toBe('xref\n');
    const offsets = [...file.slice(table).matchAll(/^(\d{10}) 00000 n $/gm)].map(([, at]) => at);
    expect(offsets).toHaveLength(5);
    for (const [index, at] of offsets.entries()) {
      expect(file.slice(Number(at))).toMatch(new RegExp(`^${index + 1} 0 obj\n`));
    }
    const stream = /\/Length (\d+) >>\nstream\n([^]*)\nendstream/.exec(file);
    expect(stream?.[2]).toHaveLength(Number(stream?.[1]));
    expect(stream?.[2]).toContain('(with \\(brackets\\) and \\\\)');
  });

  it('a PNG holds its pixels', () => {
    const { bytes } = evidenceFile('a.png', 'note');
    const at = bytes.indexOf('IDAT');
    const pixels = inflateSync(bytes.subarray(at + 4, at + 4 + bytes.readUInt32BE(at - 4)));
    expect(pixels).toHaveLength(16 * 17);
    expect(bytes.includes('Comment\0note')).toBe(true);
  });

  it('a JPEG’s segments lead to its scan', () => {
    const { bytes } = evidenceFile('a.jpg', 'note');
    const markers: number[] = [];
    for (let at = 2; bytes[at] === 0xff && markers.at(-1) !== 0xda;) {
      markers.push(bytes.readUInt8(at + 1));
      at += 2 + bytes.readUInt16BE(at + 2);
    }
    expect(markers).toEqual([0xe0, 0xfe, 0xdb, 0xc0, 0xc4, 0xc4, 0xda]);
  });
});

function fail(): never {
  throw new Error('no dossier');
}
