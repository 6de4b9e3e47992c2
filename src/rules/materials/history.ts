import { now as stillRunning } from '../../dossier/form/schema';
import { block, warn, type Finding } from '../finding';
import type { Materials } from './materials';
import { isBlank, isFuture, placed } from './reading';

const at = '/sections/workHistory/entries';

interface Period {
  readonly pointer: string;
  readonly number: number;
  /** Months, counted from the year 0; the last one included. */
  readonly from: number;
  readonly to: number;
  /** A row of its own for a secondment, which may lie inside another period. */
  readonly seconded: boolean;
}

/** M-10 (四(一)4): no period ends before it begins, lies in the future or overlaps another. */
export function periodsPossible(materials: Materials): readonly Finding[] {
  const { policy } = materials;
  const invalid = (pointer: string, zh: string, en: string): Finding =>
    block(policy, 'M-10', { code: 'resume-dates-invalid', pointer, zh, en });
  const findings: Finding[] = [];
  for (const { entry, pointer, number } of placed(materials.sections.workHistory?.entries, at)) {
    for (const field of ['from', 'to'] as const) {
      if (!isFuture(materials, entry[field])) continue;
      findings.push(
        invalid(
          `${pointer}/${field}`,
          `第${number}段经历的时间不能晚于本月；尚未结束的填「${stillRunning}」。`,
          `Period ${number} cannot reach into the future; if it still runs, write ${stillRunning}.`,
        ),
      );
    }
  }
  const periods = periodsOf(materials);
  for (const { pointer, number, from, to } of periods) {
    if (to >= from) continue;
    findings.push(
      invalid(
        `${pointer}/to`,
        `第${number}段经历的结束时间早于开始时间。`,
        `Period ${number} ends before it begins.`,
      ),
    );
  }
  for (const [earlier, later] of overlaps(periods)) {
    findings.push(
      invalid(
        later.pointer,
        `第${later.number}段经历与第${earlier.number}段经历的时间重叠，请核对起止时间。`,
        `Periods ${earlier.number} and ${later.number} overlap: check when they begin and end.`,
      ),
    );
  }
  return findings;
}

/** M-10 (四(一)4): the periods stand in order and follow each other as closely as they can. */
export function periodsContinuous(materials: Materials): readonly Finding[] {
  const { policy, today } = materials;
  const remark = (code: string, pointer: string, zh: string, en: string): Finding =>
    warn(policy, 'M-10', { code, pointer, zh, en });
  const listed = periodsOf(materials).filter(({ from, to }) => from <= to);
  const periods = listed.toSorted(inTime);
  const findings: Finding[] = [];
  if (listed.some((period, index) => period !== periods[index])) {
    findings.push(
      remark(
        'resume-not-in-order',
        at,
        '工作经历请按时间先后排列。',
        'List the periods in order of time.',
      ),
    );
  }
  let covered: Period | undefined;
  for (const period of periods) {
    const months = covered === undefined ? 0 : period.from - covered.to - 1;
    if (covered !== undefined && months > policy.materials.workHistory.gapMonths) {
      findings.push(
        remark(
          'resume-gap',
          period.pointer,
          `第${covered.number}段与第${period.number}段经历之间间断${months}个月，请补充或说明这段时间的经历。`,
          `Between periods ${covered.number} and ${period.number} ${months} months are missing: state what was done then.`,
        ),
      );
    }
    if (covered === undefined || period.to > covered.to) covered = period;
  }
  const sinceLast = covered === undefined ? 0 : monthOf(today) - covered.to - 1;
  if (covered !== undefined && sinceLast > policy.materials.workHistory.gapMonths) {
    findings.push(
      remark(
        'resume-gap',
        `${covered.pointer}/to`,
        `第${covered.number}段经历结束至今间断${sinceLast}个月，请补充现在的工作经历。`,
        `Since the end of period ${covered.number} ${sinceLast} months are missing: state the present work.`,
      ),
    );
  }
  return findings;
}

/** Periods with both ends stated, in the order they are listed. */
function periodsOf({ sections, policy, today }: Materials): readonly Period[] {
  const { secondment } = policy.materials.workHistory;
  return placed(sections.workHistory?.entries, at).flatMap(({ entry, pointer, number }) => {
    const { from = '', to = '', unit = '', post = '' } = entry;
    if (isBlank(from) || isBlank(to)) return [];
    const seconded = secondment.some((word) => unit.includes(word) || post.includes(word));
    const end = to === stillRunning ? today : to;
    return [{ pointer, number, from: monthOf(from), to: monthOf(end), seconded }];
  });
}

/** Pairs of periods that share more than the month in which the one ends and the other begins. */
function overlaps(periods: readonly Period[]): readonly (readonly [Period, Period])[] {
  const possible = periods.filter(({ from, to, seconded }) => from <= to && !seconded);
  const pairs: [Period, Period][] = [];
  for (const [index, one] of possible.entries()) {
    for (const other of possible.slice(index + 1)) {
      const [earlier, later] = inTime(one, other) <= 0 ? [one, other] : [other, one];
      if (later.from < earlier.to) pairs.push([earlier, later]);
    }
  }
  return pairs;
}

function inTime(one: Period, other: Period): number {
  return one.from - other.from || one.to - other.to;
}

function monthOf(text: string): number {
  return Number(text.slice(0, 4)) * 12 + Number(text.slice(5, 7)) - 1;
}
