import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';

import type { EventStore } from '../engine/event-store';
import { execute, type Outcome } from '../engine/execute';
import {
  decideRound,
  roundsAggregate,
  roundsStream,
  type RoundCommand,
  type RoundEvent,
  type Rounds,
} from '../rounds/rounds';
import type { Finding } from '../rules/finding';
import { originOf } from './origin';
import { EVENT_STORE } from './ports';
import type { RequestContext, SystemProcess } from './request';

export type RoundOutcome = Outcome<Rounds, RoundEvent, readonly Finding[]>;

/** Publishes a round, or a corrected version of its policy. */
export class ChangeRound extends Command<RoundOutcome> {
  constructor(
    readonly command: RoundCommand,
    readonly by: RequestContext | SystemProcess,
  ) {
    super();
  }
}

@CommandHandler(ChangeRound)
export class ChangeRoundHandler implements ICommandHandler<ChangeRound> {
  constructor(@Inject(EVENT_STORE) private readonly store: EventStore) {}

  execute({ command, by }: ChangeRound): Promise<RoundOutcome> {
    const origin = originOf(by);
    return execute(this.store, roundsAggregate, {
      stream: roundsStream,
      identity: origin.command,
      ifRevision: null,
      mayKnow: () => true,
      decide: (rounds) => Promise.resolve(decideRound(command, rounds, by.arrivedAt)),
      metadata: ({ data }) => ({
        ...origin,
        policyVersion: data.version,
        person: null,
        jurisdiction: 'caller' in by && by.caller.organisation ? [by.caller.organisation] : [],
      }),
    });
  }
}
