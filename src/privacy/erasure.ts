import { dayOf, type Instant } from '../engine/instant';
import type { Policy } from '../rounds/policy';
import { conflict, type Finding } from '../rules/finding';
import type { Bar } from '../rules/standing';
import type { ErasureGround, Person, PersonEvent } from './person';

/** What decides whether a person may be erased now. */
export interface ErasureFacts {
  readonly now: Instant;
  /** The policy of each round the person has a dossier in, as it is in force. */
  readonly rounds: readonly Policy[];
  /** Falsification cases about the person's dossiers that are not decided. */
  readonly openCases: number;
  readonly bars: readonly Bar[];
}

/**
 * A person is erased (依法删除) when nothing obliges the office any more to know who it was: every dossier's
 * retention is over, no case is open and no bar in force. All that speaks against it is said at once.
 */
export function decideErasure(
  ground: ErasureGround,
  person: Person,
  facts: ErasureFacts,
): { readonly accepted: readonly PersonEvent[] } | { readonly refused: readonly Finding[] } {
  if (person === 'erased') return { refused: [alreadyErased] };
  const refused = [...retained(facts), ...underInvestigation(facts), ...barred(facts)];
  if (refused.length > 0) return { refused };
  return { accepted: [{ type: 'PersonErased', data: { ground } }] };
}

function retained({ rounds, now }: ErasureFacts): readonly Finding[] {
  return rounds.flatMap(({ year, retention: { years, clause } }) => {
    const last = year + years;
    if (yearOf(now) > last) return [];
    const finding = conflict({
      code: 'retention-not-over',
      zh: `${year}年度的申报材料须保存${years}年，至${last}年底；期满后方可删除。`,
      en: `The dossier of ${year} is kept for ${years} years, until the end of ${last}; the person can be erased after that.`,
    });
    return [{ ...finding, clause }];
  });
}

function underInvestigation({ openCases }: ErasureFacts): readonly Finding[] {
  if (openCases === 0) return [];
  return [
    conflict({
      code: 'under-investigation',
      zh: '弄虚作假案件尚未作出决定，不能删除。',
      en: 'A falsification case about the person is not decided yet.',
    }),
  ];
}

function barred({ bars, now, rounds }: ErasureFacts): readonly Finding[] {
  const until = Math.max(...bars.map(({ lastYear }) => lastYear));
  if (bars.length === 0 || yearOf(now) > until) return [];
  const finding = conflict({
    code: 'under-bar',
    zh: `该人员因弄虚作假在${until}年（含）以前不得申报，期间不能删除。`,
    en: `The person is barred for falsification up to and including ${until} and cannot be erased before.`,
  });
  return [{ ...finding, clause: rounds.at(-1)?.falsification.clause ?? null }];
}

const alreadyErased = conflict({
  code: 'already-erased',
  zh: '该人员的个人信息已依法删除。',
  en: 'The person was erased before.',
});

function yearOf(now: Instant): number {
  return Number(dayOf(now).slice(0, 4));
}
