import { createHash, randomUUID } from 'node:crypto';

import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';

import type { Dossier } from '../dossier/dossier';
import { dossierAggregate, roundOf, streamOf } from '../dossier/stream';
import type { EventStore } from '../engine/event-store';
import { execute, fold, type Outcome } from '../engine/execute';
import {
  caseAggregate,
  caseStreams,
  decideCase,
  type CaseCommand,
  type CaseEvent,
  type FalsificationCase,
} from '../falsification/case';
import type { Finding } from '../rules/finding';
import { viewerOf, type Caller } from './access';
import { FactFinder } from './facts';
import { originOf } from './origin';
import { EVENT_STORE } from './ports';
import type { RequestContext } from './request';

export type CaseOutcome = Outcome<FalsificationCase, CaseEvent, readonly Finding[]>;

/** Opens or decides a falsification case; `id` null opens a new one. */
export class ActOnCase extends Command<{ readonly id: string; readonly outcome: CaseOutcome }> {
  constructor(
    readonly id: string | null,
    readonly command: CaseCommand,
    readonly by: RequestContext,
  ) {
    super();
  }
}

@CommandHandler(ActOnCase)
export class ActOnCaseHandler implements ICommandHandler<ActOnCase> {
  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    private readonly factFinder: FactFinder,
  ) {}

  async execute({ id: known, command, by }: ActOnCase) {
    const id = known ?? newCaseId(by);
    const stream = caseStreams + id;
    const dossier = await this.dossierOf(stream, command);
    const state = dossier === undefined ? undefined : await this.dossier(dossier, by.caller);
    if (dossier === undefined || state === undefined) {
      return { id, outcome: { kind: 'unknown' } } as const;
    }
    const policy = await this.factFinder.policy(roundOf(dossier) ?? '');
    const file = state.status === 'unopened' ? undefined : state.file;
    const origin = originOf(by);
    const outcome = await execute(this.store, caseAggregate, {
      stream,
      identity: origin.command,
      ifRevision: by.ifRevision,
      mayKnow: () => true,
      decide: (current) =>
        Promise.resolve(
          decideCase(command, current, { now: by.arrivedAt, subject: by.caller.subject }),
        ),
      metadata: () => ({
        ...origin,
        policyVersion: policy?.version ?? null,
        person: file?.applicant ?? null,
        jurisdiction: file?.chain ?? [],
      }),
    });
    return { id, outcome };
  }

  /** The dossier a case is about, from its own stream once it is open. */
  private async dossierOf(stream: string, command: CaseCommand): Promise<string | undefined> {
    if (command.type === 'OpenCase') return command.dossier;
    const state = fold(caseAggregate, await this.store.read(stream));
    return state.status === 'unopened' ? undefined : state.facts.dossier;
  }

  private async dossier(id: string, caller: Caller): Promise<Dossier | undefined> {
    if (roundOf(id) === undefined) return undefined;
    const state = fold(dossierAggregate, await this.store.read(streamOf(id)));
    return viewerOf(caller, state) === undefined ? undefined : state;
  }
}

/** The same request opens the same case. */
function newCaseId({ identity }: RequestContext): string {
  const seed = identity?.id ?? randomUUID();
  return createHash('sha256').update(seed).digest('hex').slice(0, 32);
}
