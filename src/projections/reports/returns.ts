import type { Amounts } from '../../engine/counting';
import type { Stage } from '../../organisations/organisation';
import type { ReturnReason } from '../../dossier/events';
import { countOf } from './counts';
import {
  dossierDimensions,
  onePerson,
  oncePerTry,
  oncePerTryAndStage,
  ratio,
  sumOf,
  type Column,
  type PartDimension,
  type Report,
} from './report';
import { stepsOf, type Leaving } from './reviews';
import type { Sums } from './sums';

const stageAndTries = ['stage', 'tries'] as const;

/** What of a dossier a reason that names an attachment is about. */
export const attachmentSection = 'attachment';

/** What reviewers decide, what they return and why, and how many tries people need. */
export const returns: Report = {
  name: 'returns',
  title: { zh: '退回情况', en: 'Returns' },
  about: {
    zh: '审核结果、退回理由与栏目、一次通过率、上报次数。',
    en: 'Decisions, reasons and sections of returns, first-pass rate, tries needed.',
  },
  dimensions: [...dossierDimensions, 'stage', 'tries', 'reason', 'section'],
  measures: {
    passed: stageAndTries,
    returned: stageAndTries,
    byReason: ['reason', 'stage'],
    bySection: ['section', 'stage'],
    byReasonAndSection: ['reason', 'section'],
  },
  details: ['byReason', 'bySection', 'byReasonAndSection'],
  columns: [
    {
      key: 'decisions',
      title: { zh: '审核次数', en: 'Decisions' },
      unit: 'acts',
      known: 'to reviewers',
      measures: ['passed', 'returned'],
      guard: oncePerTryAndStage,
      value: (sums) => sums.of('passed') + sums.of('returned'),
    },
    sumOf('passed', {
      key: 'passed',
      title: { zh: '通过次数', en: 'Passed on' },
      unit: 'acts',
      known: 'to reviewers',
      guard: oncePerTryAndStage,
    }),
    sumOf('returned', {
      key: 'returned',
      title: { zh: '退回次数', en: 'Returned' },
      unit: 'acts',
      known: 'to reviewers',
      guard: oncePerTry,
    }),
    {
      key: 'returnRate',
      title: { zh: '退回率', en: 'Return rate' },
      unit: 'ratio',
      known: 'to reviewers',
      measures: ['passed', 'returned'],
      guard: { restsOn: 'decisions' },
      value: (sums) => {
        const returned = sums.of('returned');
        return ratio(returned, returned + sums.of('passed'));
      },
    },
    {
      key: 'firstPassRate',
      title: { zh: '一次通过率', en: 'First-pass rate' },
      unit: 'ratio',
      known: 'to reviewers',
      measures: ['passed', 'returned'],
      guard: { restsOn: 'decisions' },
      value: (sums, { fixed }) => firstPassRate(sums, fixed.includes('stage')),
    },
    {
      key: 'accepted',
      title: { zh: '形式审核通过人数', en: 'Accepted' },
      unit: 'people',
      known: 'to reviewers',
      measures: ['passed'],
      guard: onePerson,
      value: (sums) => sums.of('passed', { stage: 'title-office' }),
    },
    {
      key: 'meanTries',
      title: { zh: '通过者平均上报次数', en: 'Mean tries of the accepted' },
      unit: 'average',
      known: 'to reviewers',
      measures: ['passed'],
      guard: { restsOn: 'accepted' },
      value: meanTries,
    },
    naming('byReason', ['reason']),
    naming('bySection', ['section']),
    naming('byReasonAndSection', ['reason', 'section']),
  ],
  count(happening) {
    const { left } = stepsOf(happening);
    if (left === null || left.decision === null) return [];
    return [{ ...countOf(left.dossier), amounts: amountsOf(left, left.decision) }];
  },
};

/** Returns that name what is asked for: each counts once, however often it names it. */
function naming(measure: string, needs: readonly PartDimension[]): Column {
  return {
    ...sumOf(measure, {
      key: 'returnsNamingIt',
      title: { zh: '涉及该项的退回次数', en: 'Returns that name it' },
      unit: 'acts',
      known: 'to reviewers',
      guard: oncePerTry,
    }),
    needs,
  };
}

/**
 * Of the first submissions that were decided on: how many went through all stages without a return. For
 * a stage alone, how many it passed on.
 */
function firstPassRate(sums: Sums, atOneStage: boolean): number | null {
  const first = { tries: '1' };
  const through = atOneStage ? first : { ...first, stage: 'title-office' };
  const passed = sums.of('passed', through);
  return ratio(passed, passed + sums.of('returned', first));
}

function meanTries(sums: Sums): number | null {
  let people = 0;
  let tries = 0;
  for (const { parts, amount } of sums.each('passed')) {
    if (parts.stage !== 'title-office') continue;
    people += amount;
    tries += amount * Number(parts.tries);
  }
  return people === 0 ? null : Math.round((tries / people) * 100) / 100;
}

function amountsOf({ dossier, from, known }: Leaving, decision: 'passed' | 'returned'): Amounts {
  const reasons = known.type === 'DossierReturned' ? known.data.reasons : [];
  const names = reasons.flatMap((reason) => namesOf(reason, from));
  const decided = `${decision}/${from.kind}/${dossier.summary.submissions}`;
  return Object.fromEntries([decided, ...names].map((name) => [name, 1]));
}

function namesOf({ code, part }: ReturnReason, { kind }: Stage): readonly string[] {
  const section = 'section' in part ? part.section : attachmentSection;
  return [
    `byReason/${code}/${kind}`,
    `bySection/${section}/${kind}`,
    `byReasonAndSection/${code}/${section}`,
  ];
}
