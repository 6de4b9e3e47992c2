import type { Actor } from '../engine/event-store';
import type { Aggregate } from '../engine/execute';
import type { Instant } from '../engine/instant';
import { conflict, type Finding } from '../rules/finding';
import { contradiction } from './contradiction';
import type { Policy } from './policy';

/** One wording of a round's policy; every act is judged by the newest at that moment. */
export interface PolicyVersion {
  /** From 1. */
  readonly version: number;
  readonly policy: Policy;
  readonly at: Instant;
  readonly author: Actor;
  readonly reason: string;
}

/** The rounds that were published, each with every version of its policy, oldest first. */
export type Rounds = ReadonlyMap<string, readonly [PolicyVersion, ...PolicyVersion[]]>;

export type RoundEvent =
  | { readonly type: 'RoundPublished'; readonly data: PolicyVersion & { readonly round: string } }
  | { readonly type: 'PolicyCorrected'; readonly data: PolicyVersion & { readonly round: string } };

export type RoundCommand =
  | { readonly type: 'PublishRound'; readonly policy: Policy; readonly reason: string }
  | {
      readonly type: 'CorrectPolicy';
      readonly round: string;
      readonly policy: Policy;
      readonly reason: string;
    };

export const roundsStream = 'rounds';

export const roundsAggregate: Aggregate<Rounds, RoundEvent> = {
  initial: new Map(),
  evolve(rounds, { data: { round, ...version } }) {
    const [first, ...others] = rounds.get(round) ?? [];
    return new Map(rounds).set(round, first ? [first, ...others, version] : [version]);
  },
  read: ({ type, data, metadata, position }) => {
    if (type === 'RoundPublished' || type === 'PolicyCorrected') {
      return { type, data: { author: metadata.actor, ...(data as object) } } as RoundEvent;
    }
    throw new Error(`unknown event ${type} at ${position}`);
  },
};

/** Of a policy that was checked: whether the round can be published, or corrected, with it. */
export function decideRound(
  command: RoundCommand,
  rounds: Rounds,
  { at, author }: Pick<PolicyVersion, 'at' | 'author'>,
): { readonly accepted: readonly RoundEvent[] } | { readonly refused: readonly Finding[] } {
  const { policy, reason } = command;
  const said = { policy, at, author, reason };
  if (command.type === 'PublishRound') {
    const { round } = policy;
    return rounds.has(round)
      ? { refused: [alreadyPublished] }
      : { accepted: [{ type: 'RoundPublished', data: { round, version: 1, ...said } }] };
  }
  const { round } = command;
  const latest = inForce(rounds, round);
  if (latest === undefined) return { refused: [notPublished] };
  if (policy.round !== round) return { refused: [anotherRound] };
  const version = latest.version + 1;
  return { accepted: [{ type: 'PolicyCorrected', data: { round, version, ...said } }] };
}

/** The version in force now; undefined for a round that was not published. */
export function inForce(rounds: Rounds, round: string): PolicyVersion | undefined {
  return rounds.get(round)?.at(-1);
}

const alreadyPublished = conflict({
  code: 'round-already-published',
  pointer: '/policy/round',
  zh: '该年度已发布；更正请提交新的政策版本。',
  en: 'The round is already published; correct it with a new policy version.',
});

const notPublished = conflict({
  code: 'round-not-published',
  pointer: '/policy/round',
  zh: '该年度尚未发布。',
  en: 'The round has not been published.',
});

const anotherRound = contradiction(
  '/policy/round',
  '更正不能改变年度编号；新的年度请另行发布。',
  'A correction keeps the round it corrects; publish another round as such.',
);
