import { createHash, randomUUID } from 'node:crypto';

import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';

import type { OpenedDossier } from '../dossier/dossier';
import { dossierAggregate, roundOf, streamOf } from '../dossier/stream';
import type { EventStore, RecordedEvent } from '../engine/event-store';
import { execute, fold, type Outcome } from '../engine/execute';
import {
  caseAggregate,
  caseStreams,
  decideCase,
  type CaseCommand,
  type CaseEvent,
  type FalsificationCase,
} from '../falsification/case';
import { evidenceOf } from '../falsification/evidence';
import { vouchersOf } from '../falsification/vouchers';
import type { Finding } from '../rules/finding';
import { viewerOf, type Caller } from './access';
import { FactFinder } from './facts';
import { originOf } from './origin';
import { EVENT_STORE } from './ports';
import type { RequestContext } from './request';

export type CaseOutcome = Outcome<FalsificationCase, CaseEvent, readonly Finding[]>;

/** Opens a falsification case (`id` null), hears somebody in it, or decides it. */
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
    const found = dossier === undefined ? undefined : await this.dossier(dossier, by.caller);
    if (dossier === undefined || found === undefined) {
      return { id, outcome: { kind: 'unknown' } } as const;
    }
    const { state, events } = found;
    const { applicant, chain } = state.file;
    const policy = await this.factFinder.policy(roundOf(dossier) ?? '');
    const origin = originOf(by);
    const surroundings = {
      now: by.arrivedAt,
      subject: by.caller.subject,
      applicant,
      vouchers: vouchersOf(events).map(({ account }) => account),
      evidence: evidenceOf(state, events.length - 1),
    };
    const outcome = await execute(this.store, caseAggregate, {
      stream,
      identity: origin.command,
      ifRevision: by.ifRevision,
      mayKnow: () => true,
      decide: (current) => Promise.resolve(decideCase(command, current, surroundings)),
      metadata: () => ({
        ...origin,
        policyVersion: policy?.version ?? null,
        person: applicant,
        jurisdiction: chain,
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

  private async dossier(id: string, caller: Caller): Promise<Found | undefined> {
    if (roundOf(id) === undefined) return undefined;
    const events = await this.store.read(streamOf(id));
    const state = fold(dossierAggregate, events);
    if (state.status === 'unopened' || viewerOf(caller, state) === undefined) return undefined;
    return { state, events };
  }
}

interface Found {
  readonly state: OpenedDossier;
  readonly events: readonly RecordedEvent[];
}

/** The same request opens the same case. */
function newCaseId({ identity }: RequestContext): string {
  const seed = identity?.id ?? randomUUID();
  return createHash('sha256').update(seed).digest('hex').slice(0, 32);
}
