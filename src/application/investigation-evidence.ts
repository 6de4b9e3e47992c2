import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';

import { dossierAggregate, streamOf } from '../dossier/stream';
import type { EventStore } from '../engine/event-store';
import { fold } from '../engine/execute';
import type { Found, ReadModels } from '../engine/read-models';
import {
  evidenceUses,
  filingsKey,
  submissionsOf,
  type EvidenceUse,
  type Filings,
  type SubmissionOfUse,
} from '../projections/investigation/evidence-uses';
import { placesOf } from '../projections/investigation/places';
import { viewerOf, type Caller } from './access';
import { boundedFind } from './bounded-find';
import type { PageRequest } from './list-queries';
import { EVENT_STORE, READ_MODELS } from './ports';

/** A use of a file with the submissions it was filed in, and where these refer to it. */
export type EvidenceUseFound = Omit<EvidenceUse, 'is' | 'id' | 'jurisdiction'> & {
  readonly submissions: readonly (SubmissionOfUse & {
    /** JSON pointers; empty for what is attached, and referred to nowhere. */
    readonly places: readonly string[];
  })[];
};

/** Every use of a file in an organisation's jurisdiction, the first first. */
export class GetEvidenceUses extends Query<Found<EvidenceUseFound>> {
  constructor(
    readonly sha256: string,
    readonly jurisdiction: string,
    readonly caller: Caller,
    readonly page: PageRequest,
  ) {
    super();
  }
}

@QueryHandler(GetEvidenceUses)
export class GetEvidenceUsesHandler implements IQueryHandler<GetEvidenceUses> {
  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(READ_MODELS) private readonly readModels: ReadModels,
  ) {}

  async execute({ sha256, jurisdiction, caller, page }: GetEvidenceUses) {
    const { items, next } = await boundedFind<EvidenceUse>(
      this.readModels,
      evidenceUses,
      {
        query: { index: 'by-evidence', equals: { sha256 } },
        matches: (use) => use.jurisdiction.includes(jurisdiction),
        placeOf: ({ at: order, id }) => ({ order, id }),
      },
      page,
    );
    const filings = await this.readModels.getMany(
      evidenceUses,
      items.map(({ dossier }) => filingsKey(dossier)),
    );
    const found = items.map((use) => {
      const filed = filings.get(filingsKey(use.dossier)) as Filings | undefined;
      return this.inFull(use, filed ?? nothingFiled, caller);
    });
    return { items: await Promise.all(found), next };
  }

  private async inFull(
    use: EvidenceUse,
    filed: Filings,
    caller: Caller,
  ): Promise<EvidenceUseFound> {
    const { is: _is, id: _id, jurisdiction: _jurisdiction, ...told } = use;
    const submissions = submissionsOf(use, filed);
    const state = fold(dossierAggregate, await this.store.read(streamOf(use.dossier)));
    const contents =
      state.status === 'unopened' || viewerOf(caller, state) !== 'reviewer'
        ? []
        : state.file.submissions;
    return {
      ...told,
      submissions: submissions.map((submission) => {
        const content = contents[submission.number - 1]?.content;
        return { ...submission, places: content ? placesOf(content, use.sha256) : [] };
      }),
    };
  }
}

const nothingFiled: Filings = { is: 'filings', filings: [] };
