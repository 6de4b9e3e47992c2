import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';

import { dossierAggregate, roundOf, streamOf } from '../dossier/stream';
import type { EventStore, RecordedEvent } from '../engine/event-store';
import { fold } from '../engine/execute';
import type { ReadModels } from '../engine/read-models';
import { caseStreams } from '../falsification/case';
import { readStreams } from '../privacy/reads';
import { falsificationCases, type CaseSummary } from '../projections/falsification-cases';
import type { Circumstances } from '../projections/investigation/circumstances';
import { decisionView, type DecisionView } from '../projections/investigation/decision';
import { caseTimeline, timeline, type TimelineEntry } from '../projections/investigation/timeline';
import { viewerOf, type Caller } from './access';
import { everyOne } from './notification-lists';
import { EVENT_STORE, READ_MODELS } from './ports';
import { ReferenceData } from './reference-data';

/** Everything that happened in a dossier, in words, oldest first; undefined where it is not the caller's to know. */
export class GetTimeline extends Query<readonly TimelineEntry[] | undefined> {
  constructor(
    readonly dossier: string,
    readonly caller: Caller,
  ) {
    super();
  }
}

/** What a reviewer had before them when they took the decision of that revision. */
export class GetDecision extends Query<DecisionView | undefined> {
  constructor(
    readonly dossier: string,
    readonly revision: number,
    readonly caller: Caller,
  ) {
    super();
  }
}

/** The stream of a dossier that was filed, for an auditor over it; nobody investigates their own. */
async function investigated(
  store: EventStore,
  dossier: string,
  caller: Caller,
): Promise<readonly RecordedEvent[] | undefined> {
  if (roundOf(dossier) === undefined) return undefined;
  const events = await store.read(streamOf(dossier));
  return viewerOf(caller, fold(dossierAggregate, events)) === 'reviewer' ? events : undefined;
}

@QueryHandler(GetTimeline)
export class GetTimelineHandler implements IQueryHandler<GetTimeline> {
  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(READ_MODELS) private readonly readModels: ReadModels,
    private readonly reference: ReferenceData,
  ) {}

  async execute({ dossier, caller }: GetTimeline) {
    const events = await investigated(this.store, dossier, caller);
    if (events === undefined) return undefined;
    const circumstances = await this.circumstancesOf(dossier);
    const cases = await this.casesAbout(dossier);
    const told = [
      ...timeline(dossier, events, circumstances),
      ...cases.flatMap((events) => caseTimeline(events, circumstances)),
    ];
    return told.sort((one, other) => (one.position < other.position ? -1 : 1));
  }

  private async circumstancesOf(dossier: string): Promise<Circumstances> {
    const versions = (await this.reference.rounds()).get(roundOf(dossier) ?? '') ?? [];
    const tree = await this.reference.organisations();
    return {
      policyOf: (wanted) => versions.find(({ version }) => version === wanted)?.policy,
      nameOf: (organisation) => tree.get(organisation)?.name ?? organisation,
    };
  }

  private async casesAbout(dossier: string): Promise<readonly (readonly RecordedEvent[])[]> {
    const query = { index: 'by-dossier', equals: { dossier } };
    const streams: string[] = [];
    for await (const page of everyOne<CaseSummary>(this.readModels, falsificationCases, query)) {
      streams.push(...page.map(({ id }) => caseStreams + id));
    }
    return Promise.all(streams.map((stream) => this.store.read(stream)));
  }
}

@QueryHandler(GetDecision)
export class GetDecisionHandler implements IQueryHandler<GetDecision> {
  constructor(@Inject(EVENT_STORE) private readonly store: EventStore) {}

  async execute({ dossier, revision, caller }: GetDecision) {
    const events = await investigated(this.store, dossier, caller);
    if (events === undefined) return undefined;
    const reads = await this.store.read(readStreams + dossier);
    return decisionView(dossier, events, revision, reads);
  }
}
