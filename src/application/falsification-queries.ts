import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';

import { dossierAggregate, streamOf } from '../dossier/stream';
import type { EventStore } from '../engine/event-store';
import { fold } from '../engine/execute';
import type { Found, ReadModels } from '../engine/read-models';
import { caseAggregate, caseStreams } from '../falsification/case';
import { isIntact } from '../falsification/evidence';
import { vouchersOf, type Voucher } from '../falsification/vouchers';
import {
  caseView,
  falsificationCases,
  type CaseSummary,
  type CaseView,
} from '../projections/falsification-cases';
import type { Term } from '../rounds/policy';
import type { PageRequest } from './list-queries';
import { EVENT_STORE, READ_MODELS } from './ports';
import { ReferenceData } from './reference-data';

/** Cases in a jurisdiction, newest first. */
export class ListCases extends Query<Found<CaseView>> {
  constructor(
    readonly jurisdiction: string,
    readonly page: PageRequest,
  ) {
    super();
  }
}

/** A case with those who answer for the dossier where it is upheld (三(四)). */
export type CaseInFull = CaseView & {
  /** Whether what was frozen is still there, unchanged. */
  readonly intact: boolean;
  readonly vouchers: readonly VoucherNamed[];
};

export type VoucherNamed = Omit<Voucher, 'organisation' | 'checklist' | 'policyVersion'> & {
  readonly organisation: { readonly id: string; readonly name: string };
  readonly checklist: readonly Term[] | null;
};

/** One case; undefined where there is none in the jurisdiction. */
export class GetCase extends Query<CaseInFull | undefined> {
  constructor(
    readonly id: string,
    readonly jurisdiction: string,
  ) {
    super();
  }
}

class CaseReader {
  constructor(
    @Inject(EVENT_STORE) protected readonly store: EventStore,
    @Inject(READ_MODELS) protected readonly readModels: ReadModels,
  ) {}

  protected async inFull(summary: CaseSummary): Promise<CaseView | undefined> {
    const history = await this.store.read(caseStreams + summary.id);
    return caseView(summary, fold(caseAggregate, history));
  }
}

@QueryHandler(ListCases)
export class ListCasesHandler extends CaseReader implements IQueryHandler<ListCases> {
  constructor(@Inject(EVENT_STORE) store: EventStore, @Inject(READ_MODELS) models: ReadModels) {
    super(store, models);
  }

  async execute({ jurisdiction, page: { limit, after } }: ListCases): Promise<Found<CaseView>> {
    const { items, next } = await this.readModels.find<CaseSummary>(falsificationCases, {
      index: 'all',
      equals: {},
      contains: { field: 'jurisdiction', value: jurisdiction },
      descending: true,
      limit,
      ...(after === null ? {} : { after }),
    });
    const views = await Promise.all(items.map((summary) => this.inFull(summary)));
    return { items: views.filter((view) => view !== undefined), next };
  }
}

@QueryHandler(GetCase)
export class GetCaseHandler extends CaseReader implements IQueryHandler<GetCase> {
  constructor(
    @Inject(EVENT_STORE) store: EventStore,
    @Inject(READ_MODELS) models: ReadModels,
    private readonly reference: ReferenceData,
  ) {
    super(store, models);
  }

  async execute({ id, jurisdiction }: GetCase): Promise<CaseInFull | undefined> {
    const summary = await this.readModels.get<CaseSummary>(falsificationCases, id);
    if (!summary?.jurisdiction.includes(jurisdiction)) return undefined;
    const view = await this.inFull(summary);
    const events = await this.store.read(streamOf(summary.dossier));
    const state = fold(dossierAggregate, events);
    if (view === undefined || state.status === 'unopened') return undefined;
    return {
      ...view,
      intact: isIntact(view.frozen, state),
      vouchers: await this.named(state.file.round, vouchersOf(events)),
    };
  }

  private async named(round: string, vouchers: readonly Voucher[]) {
    const tree = await this.reference.organisations();
    const versions = (await this.reference.rounds()).get(round) ?? [];
    return vouchers.map(({ organisation, checklist, policyVersion, ...voucher }): VoucherNamed => {
      const asked = versions.find(({ version }) => version === policyVersion)?.policy.review;
      return {
        ...voucher,
        organisation: { id: organisation, name: tree.get(organisation)?.name ?? organisation },
        checklist:
          checklist?.map(
            (code) =>
              asked?.checklist.find((term) => term.code === code) ?? { code, zh: code, en: code },
          ) ?? null,
      };
    });
  }
}
