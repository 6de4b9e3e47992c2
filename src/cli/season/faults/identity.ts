import { blocks, warns } from '../findings';
import { idNumber } from '../people/id-number';
import { at, drop, put } from './edit';
import { faultsIn, type Fault } from './fault';
import { neverUploaded } from './scans';

const inIdentity = faultsIn('basicInformation');
const inEducation = faultsIn('education');

const stationing = { village: '团结乡幸福村', from: '2022-01-05', to: '至今' };

export const identityFaults: readonly Fault[] = [
  inIdentity(
    'the telephone is white space',
    [put('/phone', '   ')],
    [blocks('F-1 blank-field', '/phone')],
  ),
  inIdentity(
    'the post is an ideographic space',
    [put('/post', '\u3000')],
    [blocks('F-1 blank-field', '/post')],
  ),
  inIdentity('the unit is empty', [put('/unitName', '')], [blocks('F-1 blank-field', '/unitName')]),
  inIdentity('the gender is left out', [drop('/gender')], [blocks('F-1 blank-field', '/gender')]),
  inIdentity(
    'birth date and ethnicity are left out',
    [drop('/birthDate'), drop('/ethnicity')],
    [blocks('F-1 blank-field', '/birthDate'), blocks('F-1 blank-field', '/ethnicity')],
  ),
  inIdentity(
    'the stationing is left out',
    [drop('/villageStationing')],
    [blocks('F-1 blank-field', '/villageStationing')],
  ),
  inIdentity(
    'stationed in a village, without proof',
    [put('/villageStationing', { stationed: true, ...stationing, evidence: '无' })],
    [warns('F-2 evidence-missing', '/villageStationing/evidence')],
  ),
  inIdentity(
    'the check digit is wrong',
    [put('/idNumber', (content) => otherCheckDigit(String(at(content, '/idNumber'))))],
    [blocks('M-1 id-number-invalid', '/idNumber')],
  ),
  inIdentity(
    'a digit of the ID number is missing',
    [put('/idNumber', (content) => String(at(content, '/idNumber')).slice(0, 17))],
    [blocks('M-1 id-number-invalid', '/idNumber')],
  ),
  inIdentity(
    'the birth date is not that of the ID number',
    [put('/birthDate', '1979-03-30')],
    [blocks('M-1 id-number-invalid', '/birthDate')],
  ),
  inIdentity(
    'the gender is not that of the ID number',
    [put('/gender', (content) => (at(content, '/gender') === 'male' ? 'female' : 'male'))],
    [blocks('M-1 id-number-invalid', '/gender')],
  ),
  inIdentity(
    'the ID number is that of a child',
    [
      put('/birthDate', '2010-03-01'),
      put('/idNumber', (content) =>
        idNumber(0, '2010-03-01', at(content, '/gender') === 'male' ? 'male' : 'female'),
      ),
    ],
    [blocks('M-1 id-number-invalid', '/idNumber')],
  ),
  inIdentity(
    'there is no scan of the ID card',
    [put('/idCardScan', '无')],
    [blocks('M-1 evidence-missing', '/idCardScan')],
  ),
  inIdentity(
    'the photo was never uploaded',
    [put('/photo', neverUploaded)],
    [warns('F-2 evidence-missing', '/photo'), blocks('M-1 evidence-missing', '/photo')],
  ),
  inIdentity(
    'the photo is left blank',
    [put('/photo', '')],
    [blocks('F-1 blank-field', '/photo'), blocks('M-1 evidence-missing', '/photo')],
  ),
  inIdentity(
    'staff of a higher unit choose county or below',
    [put('/unitTier', 'county')],
    [blocks('M-3 unit-tier-mismatch', '/unitTier')],
    { fits: ({ unit }) => unit.tier !== 'county' },
  ),
  inIdentity(
    'staff of a county unit choose the prefecture',
    [put('/unitTier', 'prefecture')],
    [blocks('M-3 unit-tier-mismatch', '/unitTier')],
    { fits: ({ unit }) => unit.tier === 'county' },
  ),
  inEducation(
    'no education is stated',
    [put('/entries', '无')],
    [blocks('M-5 education-proof-missing', '/entries')],
  ),
  inEducation(
    'there is no CHSI query result',
    [put('/entries/0/evidence', '无')],
    [
      blocks('F-2 evidence-missing', '/entries/0/evidence'),
      blocks('M-5 education-proof-missing', '/entries/0/evidence'),
    ],
  ),
  inEducation(
    'CHSI has none, and the papers were never uploaded',
    [put('/entries/0/foundInChsi', false), put('/entries/0/evidence', [neverUploaded])],
    [
      blocks('F-2 evidence-missing', '/entries/0/evidence/0'),
      blocks('M-5 education-proof-missing', '/entries/0/evidence'),
    ],
  ),
  inEducation(
    'CHSI has none, and the papers are there',
    [put('/entries/0/foundInChsi', false)],
    [],
  ),
  inEducation(
    'the graduation is still to come',
    [put('/entries/0/to', '2023-06')],
    [blocks('M-5 date-in-future', '/entries/0/to')],
  ),
  inEducation(
    'the school is left blank',
    [put('/entries/0/school', ' \t')],
    [blocks('F-1 blank-field', '/entries/0/school')],
  ),
];

/** Any but the right one; `X` is no digit, and 0 is not always wrong. */
function otherCheckDigit(number: string): string {
  return number.slice(0, 17) + (number.endsWith('0') ? '1' : '0');
}
