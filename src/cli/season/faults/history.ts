import type { Json } from '../../../engine/event-store';
import { blocks, warns } from '../findings';
import { at, drop, entries, put } from './edit';
import { faultsIn, type Fault } from './fault';
import { neverUploaded } from './scans';

const inHistory = faultsIn('workHistory');

/** Every sound résumé has two periods: the first post, and right after it the present one. */
export const historyFaults: readonly Fault[] = [
  inHistory(
    'the work of a period is left blank',
    [put('/entries/0/work', '')],
    [blocks('F-1 blank-field', '/entries/0/work')],
  ),
  inHistory(
    'a period has no evidence',
    [put('/entries/0/evidence', '无')],
    [blocks('F-2 evidence-missing', '/entries/0/evidence')],
  ),
  inHistory(
    'the evidence of a period is left out',
    [drop('/entries/1/evidence')],
    [
      blocks('F-1 blank-field', '/entries/1/evidence'),
      blocks('F-2 evidence-missing', '/entries/1/evidence'),
    ],
  ),
  inHistory(
    'the evidence of a period was never uploaded',
    [put('/entries/0/evidence', [neverUploaded])],
    [blocks('F-2 evidence-missing', '/entries/0/evidence/0')],
  ),
  inHistory(
    'the work of a period is told in vague words',
    [put('/entries/0/work', '大概参加过若干水利工程的现场技术工作')],
    [warns('F-4 vague-wording', '/entries/0/work')],
  ),
  inHistory(
    'a term of the trade that looks vague',
    [put('/entries/0/work', '负责渠道左右岸衬砌施工和可能最大洪水复核')],
    [],
  ),
  inHistory(
    'two periods overlap',
    [put('/entries/0/to', (content) => monthsAfter(at(content, '/entries/1/from'), 3))],
    [blocks('M-10 resume-dates-invalid', '/entries/1')],
  ),
  inHistory(
    'a period ends before it begins',
    [put('/entries/0/to', '1990-01')],
    [blocks('M-10 resume-dates-invalid', '/entries/0/to')],
  ),
  inHistory(
    'a period ends in the future',
    [put('/entries/1/to', '2022-12')],
    [blocks('M-10 resume-dates-invalid', '/entries/1/to')],
  ),
  inHistory(
    'four months are missing between the periods',
    [put('/entries/0/to', (content) => monthsAfter(at(content, '/entries/1/from'), -5))],
    [warns('M-10 resume-gap', '/entries/1')],
  ),
  inHistory(
    'one month between the periods is no gap',
    [put('/entries/0/to', (content) => monthsAfter(at(content, '/entries/1/from'), -2))],
    [],
  ),
  inHistory(
    'the résumé ends in January',
    [put('/entries/1/to', '2022-01')],
    [warns('M-10 resume-gap', '/entries/1/to')],
  ),
  inHistory(
    'the periods are in the wrong order',
    [put('/entries', (content) => entries(content, '/entries').toReversed())],
    [warns('M-10 resume-not-in-order', '/entries')],
  ),
  inHistory(
    'a secondment inside a period',
    [
      put('/entries', (content) => {
        const [first = {}, ...others] = entries(content, '/entries');
        const from = monthsAfter(first['from'], 1);
        const seconded: Json = { ...first, from, unit: '借调：疏勒县水利局' };
        return [first, seconded, ...others];
      }),
    ],
    [],
  ),
];

/** The month so many months later than a month, `2008-07`. */
function monthsAfter(month: unknown, months: number): string {
  const [year = 0, number = 0] = String(month).split('-').map(Number);
  const later = year * 12 + number - 1 + months;
  return `${Math.floor(later / 12)}-${String((later % 12) + 1).padStart(2, '0')}`;
}
