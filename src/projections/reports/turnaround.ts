import { nextDay, workingDays } from '../../rounds/calendar';
import type { Day } from '../../engine/instant';
import { countOf, type Count } from './counts';
import {
  dossierDimensions,
  onePerson,
  oncePerTryAndStage,
  sumOf,
  type Column,
  type Report,
} from './report';
import { stepsOf } from './reviews';
import type { Sums } from './sums';

/** How long dossiers wait at each stage, in working days. */
export const turnaround: Report = {
  name: 'turnaround',
  title: { zh: '审核时长', en: 'Turnaround' },
  about: {
    zh: '每个环节等待审核的工作日：中位数、九成以内、现在最久的。',
    en: 'Working days waited at each stage: median, 90th percentile, longest now.',
  },
  dimensions: [...dossierDimensions, 'stage'],
  measures: {
    decided: ['stage', 'workingDays'],
    waiting: ['stage', 'since'],
  },
  columns: [
    sumOf('decided', {
      key: 'decisions',
      title: { zh: '审核次数', en: 'Decisions' },
      unit: 'acts',
      known: 'to reviewers',
      guard: oncePerTryAndStage,
    }),
    percentile('median', 50, { zh: '等待工作日（中位数）', en: 'Working days waited (median)' }),
    percentile('percentile90', 90, {
      zh: '等待工作日（九成以内）',
      en: 'Working days waited (90th percentile)',
    }),
    sumOf('waiting', {
      key: 'waiting',
      title: { zh: '待审', en: 'Waiting' },
      unit: 'people',
      standing: true,
      known: 'to reviewers',
      guard: onePerson,
    }),
    {
      key: 'oldest',
      title: { zh: '最久已等工作日', en: 'Longest waiting, working days' },
      unit: 'workingDays',
      standing: true,
      known: 'to reviewers',
      measures: ['waiting'],
      guard: { restsOn: 'waiting' },
      value: (sums, { day }) => {
        const since = earliest(sums);
        return since === null ? null : waited(since, day);
      },
    },
    {
      key: 'oldestSince',
      title: { zh: '最久者到达日期', en: 'Longest waiting, since' },
      unit: 'date',
      standing: true,
      known: 'to reviewers',
      measures: ['waiting'],
      guard: { restsOn: 'waiting' },
      value: earliest,
    },
  ],
  count(happening) {
    const { left, came } = stepsOf(happening);
    const counts: Count[] = [];
    if (left !== null) {
      const { from, since, day, decision } = left;
      // Taken back, or found to be falsified, it was not decided.
      const decided = decision !== null && { [`decided/${from.kind}/${waited(since, day)}`]: 1 };
      const amounts = { [`waiting/${from.kind}/${since}`]: -1, ...decided };
      counts.push({ ...countOf(left.dossier), amounts });
    }
    if (came !== null) {
      const amounts = { [`waiting/${came.to.kind}/${came.day}`]: 1 };
      counts.push({ ...countOf(came.dossier), amounts });
    }
    return counts;
  },
};

/** Working days after the one it came on, the one it left on included: 0 on the same day. */
function waited(since: Day, until: Day): number {
  return workingDays(nextDay(since), until);
}

/** The smallest number of days within which at least so many of a hundred were decided (nearest rank). */
function percentile(key: string, percent: number, title: Column['title']): Column {
  return {
    key,
    title,
    unit: 'workingDays',
    known: 'to reviewers',
    measures: ['decided'],
    guard: { restsOn: 'decisions' },
    value: (sums) => {
      const histogram = new Map<number, number>();
      for (const { parts, amount } of sums.each('decided')) {
        const days = Number(parts.workingDays);
        histogram.set(days, (histogram.get(days) ?? 0) + amount);
      }
      let rest = Math.ceil((sums.of('decided') * percent) / 100);
      for (const [days, amount] of [...histogram].sort(([one], [other]) => one - other)) {
        rest -= amount;
        if (rest <= 0) return days;
      }
      return null;
    },
  };
}

/** The day on which whoever waits longest came. */
function earliest(sums: Sums): Day | null {
  const days = [...sums.each('waiting')].map(({ parts }) => parts.since ?? '');
  return days.sort()[0] ?? null;
}
