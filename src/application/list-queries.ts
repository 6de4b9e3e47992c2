import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';

import type { Cursor, Found, ReadModels, Scalar } from '../engine/read-models';
import { caseload } from '../projections/caseload';
import type { DossierSummary } from '../projections/dossier-summary';
import { dossiers } from '../projections/dossiers';
import { reviewQueue, type Waiting } from '../projections/review-queue';
import { stageCounts, type StageCounts } from '../projections/stage-counts';
import { hasRole, type Caller } from './access';
import { READ_MODELS } from './ports';

export interface PageRequest {
  readonly limit: number;
  readonly after: Cursor | null;
}

type Filter = Readonly<Record<string, Scalar>>;

function page({ limit, after }: PageRequest) {
  return after === null ? { limit } : { limit, after };
}

/** The caller's own dossiers, or, for an organisation's people, those in its jurisdiction. */
export class ListDossiers extends Query<Found<DossierSummary>> {
  constructor(
    readonly caller: Caller,
    /** Only what the caller filed, also where they review. */
    readonly own: boolean,
    readonly filter: Filter,
    readonly page: PageRequest,
  ) {
    super();
  }
}

@QueryHandler(ListDossiers)
export class ListDossiersHandler implements IQueryHandler<ListDossiers> {
  constructor(@Inject(READ_MODELS) private readonly readModels: ReadModels) {}

  execute({ caller, own, filter, page: asked }: ListDossiers): Promise<Found<DossierSummary>> {
    const reviews = hasRole(caller, 'unit-reviewer', 'supervisor', 'title-office', 'auditor');
    if (reviews && !own && caller.organisation !== null) {
      return this.readModels.find(caseload, {
        index: 'listed',
        equals: { listedFor: caller.organisation },
        filter,
        descending: true,
        ...page(asked),
      });
    }
    return this.readModels.find(dossiers, {
      index: 'by-applicant',
      equals: { applicant: caller.subject },
      filter,
      ...page(asked),
    });
  }
}

export interface QueueFilter {
  readonly stage?: string;
  readonly organisation?: string;
  readonly level?: string;
  readonly subSpecialty?: string;
  readonly resubmission?: boolean;
}

/** What waits for the caller's organisation, longest waiting first, and how much waits at each stage. */
export class GetQueue extends Query<Found<Waiting> & { readonly counts: StageCounts | null }> {
  constructor(
    readonly organisation: string,
    readonly filter: QueueFilter,
    readonly page: PageRequest,
  ) {
    super();
  }
}

@QueryHandler(GetQueue)
export class GetQueueHandler implements IQueryHandler<GetQueue> {
  constructor(@Inject(READ_MODELS) private readonly readModels: ReadModels) {}

  async execute({ organisation, filter, page: asked }: GetQueue) {
    const [index, field] = indexFor(filter, [
      ['waiting-from-unit', 'organisation'],
      ['waiting-again', 'resubmission'],
      ['waiting-at-stage', 'stage'],
    ]) ?? ['waiting', undefined];
    const found = await this.readModels.find<Waiting>(reviewQueue, {
      index,
      equals: { waitsFor: organisation, ...only(filter, field) },
      filter: { ...filter },
      ...page(asked),
    });
    const counts = await this.readModels.get<StageCounts>(stageCounts, organisation);
    return { ...found, counts: counts ?? null };
  }
}

/** The first index whose field is asked for. */
function indexFor<F extends object>(
  filter: F,
  indexes: readonly (readonly [index: string, field: keyof F & string])[],
) {
  return indexes.find(([, field]) => filter[field] !== undefined);
}

function only<F extends object>(filter: F, field: (keyof F & string) | undefined): Filter {
  return field === undefined ? {} : { [field]: filter[field] as Scalar };
}
