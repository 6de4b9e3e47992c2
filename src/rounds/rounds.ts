import type { Aggregate } from '../engine/execute';
import type { Instant } from '../engine/instant';
import { conflict, type Finding } from '../rules/finding';
import type { Policy } from './policy';

/** One wording of a round's policy; every act is judged by the newest at that moment. */
export interface PolicyVersion {
  /** From 1. */
  readonly version: number;
  readonly policy: Policy;
  readonly at: Instant;
  readonly reason: string;
}

/** The rounds that were published, each with every version of its policy, oldest first. */
export type Rounds = ReadonlyMap<string, readonly [PolicyVersion, ...PolicyVersion[]]>;

export type RoundEvent =
  | { readonly type: 'RoundPublished'; readonly data: PolicyVersion & { readonly round: string } }
  | { readonly type: 'PolicyCorrected'; readonly data: PolicyVersion & { readonly round: string } };

export type RoundCommand =
  | { readonly type: 'PublishRound'; readonly policy: Policy; readonly reason: string }
  | { readonly type: 'CorrectPolicy'; readonly policy: Policy; readonly reason: string };

export const roundsStream = 'rounds';

export const roundsAggregate: Aggregate<Rounds, RoundEvent> = {
  initial: new Map(),
  evolve(rounds, { data: { round, ...version } }) {
    const [first, ...others] = rounds.get(round) ?? [];
    return new Map(rounds).set(round, first ? [first, ...others, version] : [version]);
  },
  read: ({ type, data, position }) => {
    if (type === 'RoundPublished' || type === 'PolicyCorrected') {
      return { type, data } as unknown as RoundEvent;
    }
    throw new Error(`unknown event ${type} at ${position}`);
  },
};

export function decideRound(
  { type, policy, reason }: RoundCommand,
  rounds: Rounds,
  at: Instant,
): { readonly accepted: readonly RoundEvent[] } | { readonly refused: readonly Finding[] } {
  const { round } = policy;
  const versions = rounds.get(round);
  if (type === 'PublishRound') {
    return versions === undefined
      ? {
          accepted: [{ type: 'RoundPublished', data: { round, version: 1, policy, at, reason } }],
        }
      : { refused: [alreadyPublished] };
  }
  const latest = versions?.at(-1);
  if (latest === undefined) return { refused: [notPublished] };
  const version = latest.version + 1;
  return { accepted: [{ type: 'PolicyCorrected', data: { round, version, policy, at, reason } }] };
}

/** The version in force now; undefined for a round that was not published. */
export function inForce(rounds: Rounds, round: string): PolicyVersion | undefined {
  return rounds.get(round)?.at(-1);
}

const alreadyPublished = conflict({
  code: 'round-already-published',
  pointer: '/round',
  zh: '该年度已发布；更正请提交新的政策版本。',
  en: 'The round is already published; correct it with a new policy version.',
});

const notPublished = conflict({
  code: 'round-not-published',
  pointer: '/round',
  zh: '该年度尚未发布。',
  en: 'The round has not been published.',
});
