import type { Json } from '../../../engine/event-store';
import { blocks, warns } from '../findings';
import { drop, put } from './edit';
import { faultsIn, type Fault } from './fault';
import type { Sound } from './sound';

const inAwards = faultsIn('awards');
const inProperty = faultsIn('intellectualProperty');
const inPublications = faultsIn('publications');
const inExams = faultsIn('languageAndComputer');

type Said = Readonly<Record<string, Json>>;

const award =
  (said: Said = {}) =>
  (_: Json, { scan }: Sound): Json => [
    {
      kind: 'advanced-individual',
      name: '2020年度先进个人',
      grantor: 'prefecture',
      grantedBy: '地区水利局',
      grantedOn: '2021-01-20',
      evidence: [scan],
      ...said,
    },
  ];

const patent =
  (grantedOn: string) =>
  (_: Json, { scan }: Sound): Json => [
    {
      kind: 'invention-patent',
      name: '一种渠道量水装置',
      number: 'ZL202110000000',
      grantedOn,
      holderRank: 2,
      evidence: [scan],
    },
  ];

const book =
  (publishedOn: string, said: Said = {}) =>
  (_: Json, { scan }: Sound): Json => [
    {
      kind: 'monograph',
      title: '干旱区灌溉管理',
      publisher: '示例出版社',
      publishedOn,
      contribution: '编写第2章，1.8万字',
      authorRank: 2,
      evidence: [scan],
      ...said,
    },
  ];

const exam =
  (passedOn: string) =>
  (_: Json, { scan }: Sound): Json => [
    {
      name: '职称外语',
      level: 'B级',
      score: 72,
      passedOn,
      certificateNumber: 'WY000001',
      evidence: [scan],
    },
  ];

const excluded = (what: string, kind: string): Fault =>
  inAwards(`${what} is left out`, [put('/entries', award({ kind }))], [], { unsaved: true });

export const meritFaults: readonly Fault[] = [
  excluded('an award of the union', 'union'),
  excluded("a women's award", 'women'),
  excluded('a safe-family award', 'safe-family'),
  inAwards('an award that counts', [put('/entries', award())], []),
  inAwards(
    'the awards are an empty list',
    [put('/entries', [])],
    [blocks('F-1 blank-field', '/entries')],
  ),
  inAwards(
    'an award without evidence',
    [put('/entries', award({ evidence: '无' }))],
    [warns('F-2 evidence-missing', '/entries/0/evidence')],
  ),
  inAwards(
    'an award of the future',
    [put('/entries', award({ grantedOn: '2022-12-20' }))],
    [blocks('M-17 date-in-future', '/entries/0/grantedOn')],
  ),
  inProperty(
    'nothing is said of intellectual property',
    [drop('/entries')],
    [blocks('F-1 blank-field', '/entries')],
  ),
  inProperty('a patent of this year', [put('/entries', patent('2022-03-01'))], []),
  inProperty(
    'a patent from before the current post',
    [put('/entries', patent('1998-03-01'))],
    [blocks('M-18 before-current-post', '/entries/0/grantedOn')],
  ),
  inProperty(
    'a patent of the future',
    [put('/entries', patent('2023-03-01'))],
    [blocks('M-18 date-in-future', '/entries/0/grantedOn')],
  ),
  inPublications(
    'a book from before the current post',
    [put('/entries', book('1999-09-01'))],
    [blocks('M-18 before-current-post', '/entries/0/publishedOn')],
  ),
  inPublications(
    'a book of the future, with its part left blank',
    [put('/entries', book('2023-01-01', { contribution: '' }))],
    [
      blocks('M-18 date-in-future', '/entries/0/publishedOn'),
      blocks('F-1 blank-field', '/entries/0/contribution'),
    ],
  ),
  inPublications(
    'a book told in vague words',
    [put('/entries', book('2021-09-01', { contribution: '参加编写若干章节，2万字左右' }))],
    [warns('F-4 vague-wording', '/entries/0/contribution')],
  ),
  inExams('nothing is said of languages and computing', [drop('/languageExams')], []),
  inExams('a language exam', [put('/languageExams', exam('2015-04-01'))], []),
  inExams(
    'a computer exam of the future',
    [put('/computerExams', exam('2023-04-01'))],
    [blocks('M-23 date-in-future', '/computerExams/0/passedOn')],
  ),
];
