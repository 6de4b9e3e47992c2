import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';

import type { DossierCommand } from '../dossier/commands';
import { decide } from '../dossier/decide';
import type { Dossier } from '../dossier/dossier';
import type { DossierEvent } from '../dossier/events';
import { dossierAggregate, roundOf, streamOf } from '../dossier/stream';
import type { EventMetadata, EventStore } from '../engine/event-store';
import { execute, type Outcome } from '../engine/execute';
import type { PolicyVersion } from '../rounds/rounds';
import type { Policy } from '../rounds/policy';
import { malformed, type Finding } from '../rules/finding';
import { viewerOf } from './access';
import { FactFinder } from './facts';
import { validateDraft } from './form-validator';
import { originOf } from './origin';
import { EVENT_STORE } from './ports';
import type { RequestContext, SystemProcess } from './request';

export type DossierOutcome = Outcome<Dossier, DossierEvent, readonly Finding[]>;

/** Somebody, or the system itself, asks something of a dossier. */
export class ActOnDossier extends Command<DossierOutcome> {
  constructor(
    readonly dossier: string,
    readonly command: DossierCommand,
    readonly by: RequestContext | SystemProcess,
  ) {
    super();
  }
}

const nobody = { subject: '', roles: [], organisation: null } as const;

@CommandHandler(ActOnDossier)
export class ActOnDossierHandler implements ICommandHandler<ActOnDossier> {
  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    private readonly factFinder: FactFinder,
  ) {}

  async execute({ dossier, command, by }: ActOnDossier): Promise<DossierOutcome> {
    const round = roundOf(dossier);
    const policy = round && (await this.factFinder.policy(round));
    if (round === undefined || !policy) return { kind: 'unknown' };
    const person = 'caller' in by ? by : null;
    return execute(this.store, dossierAggregate, {
      stream: streamOf(dossier),
      identity: person?.identity ?? null,
      ifRevision: person?.ifRevision ?? null,
      mayKnow: (state) =>
        person === null ||
        command.type === 'OpenDossier' ||
        viewerOf(person.caller, state) !== undefined,
      decide: async (state) => {
        const misshapen = formFindings(command, state, policy.policy);
        if (misshapen.length > 0) return { refused: misshapen };
        const given = {
          now: by.arrivedAt,
          actor: person?.caller ?? nobody,
          round,
          policy: policy.policy,
        };
        const unit = command.type === 'OpenDossier' ? command.choice.organisation : undefined;
        return decide(command, state, await this.factFinder.about(state, given, unit));
      },
      metadata: (event, before, after) => metadataOf(event, { by, policy, before, after }),
    });
  }
}

/** What the form has against a section that is saved: the shape of the input, not a rule of the notice. */
function formFindings(command: DossierCommand, state: Dossier, policy: Policy): Finding[] {
  if (command.type !== 'SaveSection' || state.status === 'unopened') return [];
  const { level } = state.file.content.choice;
  return validateDraft(command.section, level, policy, command.content).map(malformed);
}

function metadataOf(
  event: DossierEvent,
  context: {
    readonly by: RequestContext | SystemProcess;
    readonly policy: PolicyVersion;
    readonly before: Dossier;
    readonly after: Dossier;
  },
): EventMetadata {
  const { by, policy } = context;
  // A dossier that changes its chain concerns the old and the new one.
  const jurisdiction = [context.after, context.before].flatMap((state) =>
    state.status === 'unopened' ? [] : state.file.chain,
  );
  const origin = originOf(by);
  // A closing is the system's own act, also where a person's return brings it about (T-5, R-6).
  const bySystem = event.type === 'DossierClosed' && origin.actor.kind === 'person';
  return {
    ...origin,
    ...(bySystem ? { actor: { kind: 'system', process: 'submission-limit' } } : {}),
    policyVersion: policy.version,
    person: context.after.status === 'unopened' ? null : context.after.file.applicant,
    jurisdiction: [...new Set(jurisdiction)],
  };
}
