import type { Amounts } from '../../engine/counting';
import { levels } from '../../rounds/level';
import type { Text } from '../../rules/finding';
import { dossierStreams, idOf } from '../../dossier/stream';
import { dossierEvent } from '../../dossier/upcasters';
import { countOf, moved } from './counts';
import { dossierKey, recordOf, type DossierRecord } from './records';
import { dossierDimensions, onePerson, sumOf, type Column, type Report } from './report';
import type { Sums } from './sums';

/** Fees and printed evaluation forms: what is due once a dossier is accepted, and what has come (四(一)19). */
export const fees: Report = {
  name: 'fees',
  title: { zh: '评审费与评审表', en: 'Fees and printed forms' },
  about: {
    zh: '形式审核通过后应缴的评审费、应报的评审表，已收与未收。',
    en: 'Fees and printed forms due after acceptance, received and outstanding.',
  },
  dimensions: dossierDimensions,
  measures: {
    due: ['level'],
    paid: [],
    forms: [],
    received: [],
    lateFee: [],
    lateForms: [],
  },
  columns: [
    people('due', ['due'], { zh: '应缴费、报表人数', en: 'Owing fee and forms' }, (sums) =>
      sums.of('due'),
    ),
    people('feePaid', ['paid'], { zh: '已缴费', en: 'Fee received' }, (sums) => sums.of('paid')),
    people(
      'feeOutstanding',
      ['due', 'paid'],
      { zh: '未缴费', en: 'Fee outstanding' },
      (sums) => sums.of('due') - sums.of('paid'),
    ),
    people('feeLate', ['lateFee'], { zh: '逾期缴费', en: 'Fee received late' }, (sums) =>
      sums.of('lateFee'),
    ),
    {
      ...people('yuanDue', ['due'], { zh: '应收（元）', en: 'Due (yuan)' }, () => null),
      unit: 'yuan',
      guard: { restsOn: 'due' },
      value: (sums, { policy }) =>
        levels.reduce(
          (sum, level) => sum + sums.of('due', { level }) * policy.afterAcceptance.fee[level],
          0,
        ),
    },
    {
      ...sumOf('received', {
        key: 'yuanReceived',
        title: { zh: '实收（元）', en: 'Received (yuan)' },
        unit: 'yuan',
        known: 'to reviewers',
        guard: { restsOn: 'feePaid' },
      }),
      standing: true,
    },
    people('formsReceived', ['forms'], { zh: '已报评审表', en: 'Forms received' }, (sums) =>
      sums.of('forms'),
    ),
    people(
      'formsOutstanding',
      ['due', 'forms'],
      { zh: '未报评审表', en: 'Forms outstanding' },
      (sums) => sums.of('due') - sums.of('forms'),
    ),
    people('formsLate', ['lateForms'], { zh: '逾期报表', en: 'Forms received late' }, (sums) =>
      sums.of('lateForms'),
    ),
  ],
  count({ event, before, after }) {
    if (!event.stream.startsWith(dossierStreams)) return [];
    const key = dossierKey(idOf(event.stream));
    const dossier = recordOf('dossier', after(key));
    const owing = moved(recordOf('dossier', before(key)), dossier, (one) => one, owes);
    const known = dossierEvent(event);
    if (dossier === undefined) return owing;
    switch (known.type) {
      case 'FeeReceived': {
        const late = known.data.warnings.length > 0 && { lateFee: 1 };
        const amounts = { received: known.data.amount, ...late };
        return [...owing, { ...countOf(dossier), amounts }];
      }
      case 'PrintedFormsReceived': {
        if (known.data.warnings.length === 0) return owing;
        return [...owing, { ...countOf(dossier), amounts: { lateForms: 1 } }];
      }
      default:
        return owing;
    }
  },
};

/** A dossier owes as long as it is accepted; money that came in stays received, whatever becomes of it. */
function owes({ summary, feeReceived, formsReceived }: DossierRecord): Amounts {
  if (summary.status !== 'accepted') return {};
  return {
    [`due/${summary.level}`]: 1,
    ...(feeReceived && { paid: 1 }),
    ...(formsReceived && { forms: 1 }),
  };
}

function people(
  key: string,
  measures: readonly string[],
  title: Text,
  value: (sums: Sums) => number | null,
): Column {
  return {
    key,
    title,
    measures,
    unit: 'people',
    standing: true,
    known: 'to reviewers',
    guard: onePerson,
    value,
  };
}
