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
    const found =
      command.type === 'OpenCase'
        ? await this.dossierToOpenFor(command.dossier, by.caller)
        : await this.dossierOf(stream, by.caller);
    if (found === undefined) return { id, outcome: { kind: 'unknown' } } as const;
    const { dossier, state, events, jurisdiction } = found;
    const { applicant } = state.file;
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
        jurisdiction,
      }),
    });
    return { id, outcome };
  }

  private async dossierToOpenFor(dossier: string, caller: Caller): Promise<Found | undefined> {
    const found = await this.read(dossier);
    const filed = found?.state.file.submissions.at(-1);
    if (found === undefined || filed === undefined) return undefined;
    return viewerOf(caller, found.state) && { ...found, jurisdiction: filed.chain };
  }

  /** Of a case that is open: it stays with those it was opened under, wherever the dossier has gone since. */
  private async dossierOf(stream: string, { organisation }: Caller): Promise<Found | undefined> {
    const events = await this.store.read(stream);
    const jurisdiction = events[0]?.metadata.jurisdiction ?? [];
    const state = fold(caseAggregate, events);
    if (state.status === 'unopened') return undefined;
    if (organisation === null || !jurisdiction.includes(organisation)) return undefined;
    const found = await this.read(state.facts.dossier);
    return found && { ...found, jurisdiction };
  }

  private async read(dossier: string): Promise<Omit<Found, 'jurisdiction'> | undefined> {
    if (roundOf(dossier) === undefined) return undefined;
    const events = await this.store.read(streamOf(dossier));
    const state = fold(dossierAggregate, events);
    return state.status === 'unopened' ? undefined : { dossier, state, events };
  }
}

interface Found {
  readonly dossier: string;
  readonly state: OpenedDossier;
  readonly events: readonly RecordedEvent[];
  /** The organisations the case is a matter of. */
  readonly jurisdiction: readonly string[];
}

/** The same request opens the same case. */
function newCaseId({ identity }: RequestContext): string {
  const seed = identity?.id ?? randomUUID();
  return createHash('sha256').update(seed).digest('hex').slice(0, 32);
}
