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
    came: ['stage', 'since'],
    decided: ['stage', 'since', 'until'],
    // Taken back, or found to be falsified, while it waited.
    dropped: ['stage', 'since'],
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
    standing('waiting', {
      title: { zh: '待审', en: 'Waiting' },
      unit: 'people',
      guard: onePerson,
      value: (sums) => [...waitingSince(sums).values()].reduce((sum, amount) => sum + amount, 0),
    }),
    standing('oldest', {
      title: { zh: '最久已等工作日', en: 'Longest waiting, working days' },
      unit: 'workingDays',
      guard: { restsOn: 'waiting' },
      value: (sums, { day }) => {
        const since = earliest(sums);
        return since === null ? null : waited(since, day);
      },
    }),
    standing('oldestSince', {
      title: { zh: '最久者到达日期', en: 'Longest waiting, since' },
      unit: 'date',
      guard: { restsOn: 'waiting' },
      value: earliest,
    }),
  ],
  count(happening) {
    const { left, came } = stepsOf(happening);
    const counts: Count[] = [];
    if (left !== null) {
      const { from, since, day, decision } = left;
      const name =
        decision === null
          ? `dropped/${from.kind}/${since}`
          : `decided/${from.kind}/${since}/${day}`;
      counts.push({ ...countOf(left.dossier), amounts: { [name]: 1 } });
    }
    if (came !== null) {
      const name = `came/${came.to.kind}/${came.day}`;
      counts.push({ ...countOf(came.dossier), amounts: { [name]: 1 } });
    }
    return counts;
  },
};

/** Working days after the one it came on, the one it left on included: 0 on the same day. */
function waited(since: Day, until: Day): number {
  const pair = `${since}/${until}`;
  const days = counted.get(pair) ?? workingDays(nextDay(since), until);
  counted.set(pair, days);
  return days;
}

/** The same few pairs of days are met in every cell, and the calendar is gone through day by day. */
const counted = new Map<string, number>();

function standing(key: string, column: Pick<Column, 'title' | 'unit' | 'guard' | 'value'>): Column {
  return {
    key,
    standing: true,
    known: 'to reviewers',
    measures: ['came', 'decided', 'dropped'],
    ...column,
  };
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
      let all = 0;
      for (const { parts, amount } of sums.each('decided')) {
        const days = waited(parts.since ?? '', parts.until ?? '');
        histogram.set(days, (histogram.get(days) ?? 0) + amount);
        all += amount;
      }
      let rest = Math.ceil((all * percent) / 100);
      for (const [days, amount] of [...histogram].sort(([one], [other]) => one - other)) {
        rest -= amount;
        if (rest <= 0) return days;
      }
      return null;
    },
  };
}

function earliest(sums: Sums): Day | null {
  const days = [...waitingSince(sums)].filter(([, amount]) => amount > 0).map(([day]) => day);
  return days.sort()[0] ?? null;
}

/** How many wait, by the day they came on. */
function waitingSince(sums: Sums): ReadonlyMap<Day, number> {
  const waiting = new Map<Day, number>();
  const add = (measure: string, sign: 1 | -1): void => {
    for (const { parts, amount } of sums.each(measure)) {
      const since = parts.since ?? '';
      waiting.set(since, (waiting.get(since) ?? 0) + sign * amount);
    }
  };
  add('came', 1);
  add('decided', -1);
  add('dropped', -1);
  return waiting;
}
