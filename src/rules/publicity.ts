import { dayOf, type Day, type Instant } from '../engine/instant';
import { pointerTo } from '../engine/text';
import { nthWorkingDay } from '../rounds/calendar';
import type { Policy } from '../rounds/policy';
import { block, type Finding } from './finding';

/** What the rules of publicity look at. */
export interface PublicityFacts {
  /** First day it was up; null where it was not put up, or not what is filed now. */
  readonly firstDay: Day | null;
  /** Numbers of the objections that have no outcome yet. */
  readonly openObjections: readonly number[];
}

/** The last day publicity must be up: the nth working day, the first one included (四(二)). */
export function lastPublicityDay(policy: Policy, firstDay: Day): Day {
  return nthWorkingDay(firstDay, policy.publicity.workingDays);
}

/** R-7 (四(二)): what is filed was up for at least five working days; the day after the last one will do. */
export function publicityLongEnough(
  policy: Policy,
  { firstDay }: PublicityFacts,
  now: Instant,
): Finding[] {
  const { workingDays } = policy.publicity;
  if (firstDay === null) {
    return [
      block(policy, 'R-7', {
        code: 'publicity-not-started',
        zh: `推荐前须在单位内部公示不少于${workingDays}个工作日；公示内容有变的须重新公示。`,
        en: `Put the dossier's summary up in the unit for ${workingDays} working days first; a changed one is put up again.`,
      }),
    ];
  }
  const lastDay = lastPublicityDay(policy, firstDay);
  if (dayOf(now) > lastDay) return [];
  return [
    block(policy, 'R-7', {
      code: 'publicity-too-short',
      zh: `公示自${firstDay}起，须满${workingDays}个工作日（至${lastDay}），次日起方可推荐。`,
      en: `Publicity began on ${firstDay} and lasts ${workingDays} working days, until ${lastDay}; recommend from the day after.`,
    }),
  ];
}

/** R-8 (四(二)): no objection without an outcome. */
export function noOpenObjection(policy: Policy, { openObjections }: PublicityFacts): Finding[] {
  return openObjections.map((number) =>
    block(policy, 'R-8', {
      code: 'publicity-objection-open',
      pointer: `/publicity/objections/${number}`,
      zh: `第${number}条公示异议尚未记录处理结果。`,
      en: `Objection ${number} has no recorded outcome yet.`,
    }),
  );
}

/** R-9 (四(二)): the recommendation bears the notice's exact sentence. */
export function exactRecommendation(policy: Policy, statement: string): Finding[] {
  const { sentence } = policy.recommendation;
  if (statement === sentence) return [];
  return [
    block(policy, 'R-9', {
      code: 'recommendation-text-mismatch',
      pointer: '/statement',
      zh: `推荐意见须为：“${sentence}”。`,
      en: `The recommendation reads exactly: "${sentence}".`,
    }),
  ];
}

/** R-9 (四(二)): the papers named are those the round asks for; another would be on record for nothing. */
export function papersAskedFor(policy: Policy, named: readonly string[]): Finding[] {
  const known = policy.recommendation.papers.map(({ code }) => code);
  return named
    .filter((code) => !known.includes(code))
    .map((code) =>
      block(policy, 'R-9', {
        code: 'unknown-paper',
        pointer: pointerTo('/papers', code),
        zh: `没有这种材料，可用：${known.join('、')}。`,
        en: `There is no such paper; one of: ${known.join(', ')}.`,
      }),
    );
}

/** F-3, R-9 (三(三), 四(二)) and M-24 (四(一)15): the unit's sealed papers are with the dossier. */
export function unitPapersComplete(policy: Policy, present: readonly string[]): Finding[] {
  return policy.recommendation.papers
    .filter(({ code }) => !present.includes(code))
    .map(({ code, rule, zh, en }) =>
      block(policy, rule, {
        code: rule === 'M-24' ? 'other-attachment-missing' : 'publicity-material-missing',
        pointer: `/papers/${code}`,
        zh: `请上传${zh}（加盖公章的扫描件）。`,
        en: `Upload the sealed scan: ${en}.`,
      }),
    );
}
