import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';

import type { DossierCommand } from '../dossier/commands';
import { decide, precheck, type PrecheckResult } from '../dossier/decide';
import type { Dossier } from '../dossier/dossier';
import { dossierAggregate, roundOf, streamOf } from '../dossier/stream';
import type { EventStore, RecordedEvent } from '../engine/event-store';
import { fold } from '../engine/execute';
import type { Instant } from '../engine/instant';
import {
  changesView,
  dossierView,
  submissionView,
  type ChangesView,
  type DossierView,
  type SubmissionView,
  type Viewer,
} from '../projections/dossier-view';
import type { Finding } from '../rules/finding';
import { viewerOf, type Caller } from './access';
import { FactFinder } from './facts';
import { PersonalDataReads } from './personal-data-reads';
import { EVENT_STORE } from './ports';
import type { RequestContext } from './request';

/** A moment of a dossier's past: an instant, or a revision of it. */
export type AsOf = { readonly instant: Instant } | { readonly revision: number };

export class GetDossier extends Query<DossierView | undefined> {
  constructor(
    readonly dossier: string,
    readonly caller: Caller,
    readonly asOf: AsOf | null,
  ) {
    super();
  }
}

/** A submission exactly as filed, with nothing masked: that it was read is recorded, or else what is printed of it. */
export class GetSubmission extends Query<SubmissionView | undefined> {
  constructor(
    readonly dossier: string,
    readonly by: RequestContext,
    readonly number: number,
    readonly shown: 'as-filed' | 'in-print' = 'as-filed',
  ) {
    super();
  }
}

export class GetChanges extends Query<ChangesView | undefined> {
  constructor(
    readonly dossier: string,
    readonly caller: Caller,
    readonly number: number,
  ) {
    super();
  }
}

export class Precheck extends Query<(PrecheckResult & { readonly revision: number }) | undefined> {
  constructor(
    readonly dossier: string,
    readonly caller: Caller,
    readonly now: Instant,
  ) {
    super();
  }
}

/** What would refuse a command now; empty where it would be taken, or was already. Changes nothing. */
export class Rehearse extends Query<readonly Finding[] | undefined> {
  constructor(
    readonly dossier: string,
    readonly command: DossierCommand,
    readonly by: RequestContext,
  ) {
    super();
  }
}

/** A dossier's stream, where the caller may know of it. */
class DossierReader {
  constructor(protected readonly store: EventStore) {}

  protected async load(dossier: string, caller: Caller): Promise<Loaded | undefined> {
    if (roundOf(dossier) === undefined) return undefined;
    const events = await this.store.read(streamOf(dossier));
    const state = fold(dossierAggregate, events);
    const viewer = viewerOf(caller, state);
    return viewer && { events, state, viewer };
  }
}

interface Loaded {
  readonly events: readonly RecordedEvent[];
  readonly state: Dossier;
  readonly viewer: Viewer;
}

@QueryHandler(GetDossier)
export class GetDossierHandler extends DossierReader implements IQueryHandler<GetDossier> {
  constructor(@Inject(EVENT_STORE) store: EventStore) {
    super(store);
  }

  async execute({ dossier, caller, asOf }: GetDossier): Promise<DossierView | undefined> {
    const loaded = await this.load(dossier, caller);
    return loaded && dossierView(dossier, upTo(loaded.events, asOf), loaded.viewer);
  }
}

@QueryHandler(GetSubmission)
export class GetSubmissionHandler extends DossierReader implements IQueryHandler<GetSubmission> {
  constructor(
    @Inject(EVENT_STORE) store: EventStore,
    private readonly reads: PersonalDataReads,
  ) {
    super(store);
  }

  async execute(asked: GetSubmission): Promise<SubmissionView | undefined> {
    const { dossier: id, by, number, shown } = asked;
    const loaded = await this.load(id, by.caller);
    const view = loaded && submissionView(id, loaded.events, number);
    if (view === undefined || loaded?.state.status === 'unopened') return undefined;
    if (shown === 'as-filed' && loaded !== undefined) {
      const { applicant, chain } = loaded.state.file;
      const read = { id, applicant, chain, revision: view.revision };
      await this.reads.record(read, `submissions/${number}`, by);
    }
    return view;
  }
}

@QueryHandler(GetChanges)
export class GetChangesHandler extends DossierReader implements IQueryHandler<GetChanges> {
  constructor(@Inject(EVENT_STORE) store: EventStore) {
    super(store);
  }

  async execute({ dossier, caller, number }: GetChanges): Promise<ChangesView | undefined> {
    const loaded = await this.load(dossier, caller);
    return loaded && changesView(dossier, loaded.events, number, loaded.viewer);
  }
}

@QueryHandler(Precheck)
export class PrecheckHandler extends DossierReader implements IQueryHandler<Precheck> {
  constructor(
    @Inject(EVENT_STORE) store: EventStore,
    private readonly factFinder: FactFinder,
  ) {
    super(store);
  }

  async execute({ dossier, caller, now }: Precheck) {
    const loaded = await this.load(dossier, caller);
    const round = roundOf(dossier);
    if (loaded?.viewer !== 'applicant' || round === undefined) return undefined;
    const policy = (await this.factFinder.policy(round))?.policy;
    if (policy === undefined) return undefined;
    const given = { now, actor: caller, round, policy };
    const result = precheck(loaded.state, await this.factFinder.about(loaded.state, given));
    return { ...result, revision: loaded.events.length - 1 };
  }
}

@QueryHandler(Rehearse)
export class RehearseHandler extends DossierReader implements IQueryHandler<Rehearse> {
  constructor(
    @Inject(EVENT_STORE) store: EventStore,
    private readonly factFinder: FactFinder,
  ) {
    super(store);
  }

  async execute({ dossier, command, by }: Rehearse) {
    const { caller, arrivedAt: now, identity } = by;
    const loaded = await this.load(dossier, caller);
    const round = roundOf(dossier);
    const policy = round && (await this.factFinder.policy(round))?.policy;
    if (!loaded || !round || !policy) return undefined;
    const repeated = loaded.events.some(({ metadata }) => metadata.command?.id === identity?.id);
    if (identity !== null && repeated) return [];
    const given = { now, actor: caller, round, policy };
    const facts = await this.factFinder.about(loaded.state, given);
    const decision = decide(command, loaded.state, facts);
    return 'refused' in decision ? decision.refused : [];
  }
}

/** The beginning of the stream that had happened by then; events keep the order they were recorded in. */
function upTo(events: readonly RecordedEvent[], asOf: AsOf | null): readonly RecordedEvent[] {
  if (asOf === null) return events;
  if ('revision' in asOf) {
    return asOf.revision < events.length ? events.slice(0, asOf.revision + 1) : [];
  }
  return events.slice(0, events.findLastIndex(({ metadata }) => metadata.at <= asOf.instant) + 1);
}
