import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';

import type { EventStore } from '../engine/event-store';
import { execute, type Outcome } from '../engine/execute';
import {
  decideRound,
  inForce,
  roundsAggregate,
  roundsStream,
  type RoundEvent,
  type Rounds,
} from '../rounds/rounds';
import type { Finding } from '../rules/finding';
import { originOf } from './origin';
import { checkPolicy } from './policy-validator';
import { EVENT_STORE } from './ports';
import type { RequestContext, SystemProcess } from './request';

/** Where the round's version is not the one expected, `stale` says which one is. */
export type RoundOutcome = Outcome<Rounds, RoundEvent, readonly Finding[]>;

/** Publishes a round, or a corrected version of a round's policy. */
export class ChangeRound extends Command<RoundOutcome> {
  constructor(
    /** The round to be corrected; null to publish the one the policy names. */
    readonly round: string | null,
    /** As it was sent: its shape, too, is still to be checked. Findings point to it as `/policy`. */
    readonly policy: unknown,
    readonly reason: string,
    readonly by: RequestContext | SystemProcess,
  ) {
    super();
  }
}

type Refusal = { readonly findings: readonly Finding[] } | { readonly staleAt: number };

@CommandHandler(ChangeRound)
export class ChangeRoundHandler implements ICommandHandler<ChangeRound> {
  constructor(@Inject(EVENT_STORE) private readonly store: EventStore) {}

  async execute(change: ChangeRound): Promise<RoundOutcome> {
    const { by } = change;
    const origin = originOf(by);
    const outcome = await execute<Rounds, RoundEvent, Refusal>(this.store, roundsAggregate, {
      stream: roundsStream,
      identity: origin.command,
      // The stream is that of all rounds; what the caller saw is the version of one.
      ifRevision: null,
      mayKnow: () => true,
      decide: (rounds) => Promise.resolve(decide(change, rounds)),
      metadata: ({ data }) => ({
        ...origin,
        policyVersion: data.version,
        person: null,
        jurisdiction: 'caller' in by && by.caller.organisation ? [by.caller.organisation] : [],
      }),
    });
    if (outcome.kind !== 'refused') return outcome;
    const { refused } = outcome;
    return 'staleAt' in refused
      ? { kind: 'stale', revision: refused.staleAt }
      : { kind: 'refused', refused: refused.findings };
  }
}

function decide(
  { round, policy, reason, by }: ChangeRound,
  rounds: Rounds,
): { readonly accepted: readonly RoundEvent[] } | { readonly refused: Refusal } {
  const expected = 'caller' in by ? by.ifRevision : null;
  const version = (round === null ? undefined : inForce(rounds, round))?.version ?? 0;
  if (expected !== null && expected !== version) return { refused: { staleAt: version } };
  const checked = checkPolicy(policy);
  if ('findings' in checked) return refusedWith(checked.findings.map(insideTheBody));
  const said = { policy: checked.policy, reason };
  const decision = decideRound(
    round === null ? { type: 'PublishRound', ...said } : { type: 'CorrectPolicy', round, ...said },
    rounds,
    { at: by.arrivedAt, author: originOf(by).actor },
  );
  return 'refused' in decision ? refusedWith(decision.refused) : decision;
}

function refusedWith(findings: readonly Finding[]): { readonly refused: Refusal } {
  return { refused: { findings } };
}

function insideTheBody(finding: Finding): Finding {
  return { ...finding, pointer: `/policy${finding.pointer}` };
}
