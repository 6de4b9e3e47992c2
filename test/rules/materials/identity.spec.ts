import fc from 'fast-check';

import { checkDigit, idNumber } from '../../../src/cli/season/people/id-number';
import { tiers } from '../../../src/organisations/organisation';
import { readIdNumber } from '../../../src/rules/materials/id-number';
import {
  firstWhere,
  inContext,
  now,
  said,
  saidBy,
  senior,
  strangeScan,
  told,
  underPolicy,
  unitOf,
  withContent,
} from './support';

const at = '/basicInformation';

describe('M-1: the ID number is real, agrees with birth date and gender, and is shown with a photo', () => {
  const invalid = (field: string) => `block M-1 id-number-invalid /sections${at}/${field}`;
  const { basicInformation } = senior.filed.sections;
  const stated = (number: string) => withContent(senior, { [`${at}/idNumber`]: number });

  const anyNumber = fc
    .record({
      nth: fc.integer({ min: 0, max: 49_000 }),
      birthDate: fc
        .date({
          min: new Date('1952-09-01'),
          max: new Date('2004-08-01'),
          noInvalidDate: true,
        })
        .map((date) => date.toISOString().slice(0, 10)),
      gender: fc.constantFrom('male' as const, 'female' as const),
    })
    .map((of) => ({ ...of, number: idNumber(of.nth, of.birthDate, of.gender) }));

  it.each(['11010519491231002X', '440524188001010014'])(
    'reads %s, printed with GB 11643',
    (text) => {
      expect(readIdNumber(text)?.birthDate.replaceAll('-', '')).toBe(text.slice(6, 14));
    },
  );

  it('takes whatever number is right, and reads birth date and gender in it', () => {
    fc.assert(
      fc.property(anyNumber, ({ number, birthDate, gender }) => {
        expect(readIdNumber(number)).toEqual({ birthDate, gender });
        const own = { ...basicInformation, idNumber: number, birthDate, gender };
        expect(said(withContent(senior, { [at]: own }))).toEqual([]);
      }),
    );
  });

  it('finds any one character that was mistaken', () => {
    const mistake = fc.tuple(anyNumber, fc.nat(17), fc.constantFrom(...'0123456789X'));
    fc.assert(
      fc.property(mistake, ([{ number }, place, character]) => {
        fc.pre(number[place] !== character);
        const mistaken = number.slice(0, place) + character + number.slice(place + 1);
        expect(readIdNumber(mistaken)).toBeUndefined();
      }),
      { numRuns: 1000 },
    );
  });

  it('finds any two neighbours that were swapped', () => {
    fc.assert(
      fc.property(anyNumber, fc.nat(16), ({ number }, place) => {
        const [one = '', other = ''] = number.slice(place);
        fc.pre(one !== other);
        const swapped = number.slice(0, place) + other + one + number.slice(place + 2);
        expect(readIdNumber(swapped)).toBeUndefined();
      }),
      { numRuns: 1000 },
    );
  });

  it.each([
    ['seventeen characters', (number: string) => number.slice(0, 17)],
    ['nineteen', (number: string) => `${number}0`],
    ['a space in it', (number: string) => ` ${number}`],
    ['「无」', () => '无'],
    ['a day that does not exist', () => withCheckDigit('65990119850230001')],
    ['an area that begins with 0', () => withCheckDigit('05990119850228001')],
    ['the old form of fifteen digits', () => '659901850228001'],
  ])('refuses %s', (_, spoil) => {
    expect(saidBy('M-1', stated(spoil(basicInformation.idNumber)))).toEqual([invalid('idNumber')]);
  });

  it('refuses a small x, and says so', () => {
    const digits = Array.from(
      { length: 100 },
      (_, sequence) => `65990119850228${String(sequence).padStart(3, '0')}`,
    ).find((candidate) => checkDigit(candidate) === 'X');
    if (digits === undefined) throw new Error('no number ends in X');
    expect(readIdNumber(`${digits}X`)?.birthDate).toBe('1985-02-28');
    expect(told('M-1', stated(`${digits}x`))).toContain('X须大写');
  });

  it('refuses another birth date or gender', () => {
    const other = basicInformation.gender === 'male' ? 'female' : 'male';
    const spoilt = { [`${at}/birthDate`]: '1980-01-01', [`${at}/gender`]: other };
    expect(said(withContent(senior, spoilt))).toEqual([invalid('birthDate'), invalid('gender')]);
  });

  it('takes ages from the youngest to the oldest of the policy, to the day', () => {
    const { ages } = senior.context.policy.materials.identity;
    const bornOn = (birthDate: string) =>
      saidBy(
        'M-1',
        withContent(senior, {
          [`${at}/idNumber`]: idNumber(0, birthDate, 'male'),
          [`${at}/birthDate`]: birthDate,
          [`${at}/gender`]: 'male',
        }),
      );
    expect(now).toMatch(/^2022-08-10/);
    expect(bornOn(`${2022 - ages.youngest}-08-10`)).toEqual([]);
    expect(bornOn(`${2022 - ages.youngest}-08-11`)).toEqual([invalid('idNumber')]);
    expect(bornOn(`${2022 - ages.oldest - 1}-08-11`)).toEqual([]);
    expect(bornOn(`${2022 - ages.oldest - 1}-08-10`)).toEqual([invalid('idNumber')]);
    expect(bornOn('2022-12-01')).toEqual([invalid('idNumber')]);
  });

  it('goes by the ages of the policy in force', () => {
    const ages = { youngest: 60, oldest: 65 };
    const strict = underPolicy(senior, { identity: { clause: '四(一)1', ages } });
    expect(said(strict)).toEqual([invalid('idNumber')]);
  });

  it.each(['idCardScan', 'photo'])('refuses without %s', (field) => {
    const missing = `block M-1 evidence-missing /sections${at}/${field}`;
    for (const value of ['无', '', undefined, strangeScan]) {
      expect(saidBy('M-1', withContent(senior, { [`${at}/${field}`]: value }))).toEqual([missing]);
    }
  });

  it('leaves blanks to F-1', () => {
    const blank = { [`${at}/idNumber`]: '', [`${at}/birthDate`]: '', [`${at}/gender`]: '' };
    expect(saidBy('M-1', withContent(senior, blank))).toEqual([]);
  });
});

describe('M-3: the tier stated is that of the unit', () => {
  const mismatch = [`block M-3 unit-tier-mismatch /sections${at}/unitTier`];
  // Only a county's staff may give a representative work, which would be another finding.
  const plain = firstWhere(
    ({ filed, context }) =>
      context.level === 'senior' && filed.sections.achievements.representativeWorks === '无',
  );

  it.each(tiers)('takes %s for a unit of that tier, and nothing else', (tier) => {
    for (const stated of tiers) {
      const content = withContent(plain, { [`${at}/unitTier`]: stated });
      const found = said(inContext(content, { unit: unitOf(tier) }));
      expect(found).toEqual(stated === tier ? [] : mismatch);
    }
  });

  it('names the right one', () => {
    const content = withContent(plain, { [`${at}/unitTier`]: 'county' });
    expect(told('M-3', inContext(content, { unit: unitOf('region') }))).toContain('“自治区单位”');
  });

  it('cannot judge a unit that is not registered', () => {
    expect(said(inContext(plain, { unit: undefined }))).toEqual([]);
  });
});

const withCheckDigit = (digits: string): string => digits + checkDigit(digits);
