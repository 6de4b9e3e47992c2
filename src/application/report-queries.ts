import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';

import { endOfDay, type Instant } from '../engine/instant';
import type { Cursor, Query as DocumentQuery, ReadModels } from '../engine/read-models';
import type { Finding } from '../rules/finding';
import { reportCounters, reports } from '../projections/reports';
import type { ReportCounter } from '../projections/reports/counts';
import type { Circumstances, Column, Report } from '../projections/reports/report';
import { withoutSmallGroups } from '../projections/reports/small-groups';
import { Tabulation, type Table } from '../projections/reports/table';
import { circumstancesOf, Vocabulary } from '../projections/reports/vocabulary';
import { hasRole, reviewerRoles, type Caller } from './access';
import { READ_MODELS } from './ports';
import { ReferenceData } from './reference-data';
import { questionOf, type Asked, type ReportQuestion } from './report-question';

export interface ReportAnswer {
  readonly report: Report;
  readonly question: ReportQuestion;
  readonly table: Table;
  readonly vocabulary: Vocabulary;
}

export type ReportOutcome =
  | { readonly kind: 'answered'; readonly answer: ReportAnswer }
  | { readonly kind: 'malformed'; readonly findings: readonly Finding[] }
  /** The organisation asked for is not in the caller's jurisdiction. */
  | { readonly kind: 'outside' }
  | { readonly kind: 'unknown' };

/** One report on the jurisdiction of an organisation, as it stands or as it stood on an evening. */
export class AskReport extends Query<ReportOutcome> {
  constructor(
    readonly name: string,
    readonly asked: Asked,
    readonly caller: Caller,
    readonly organisation: string,
    readonly now: Instant,
  ) {
    super();
  }
}

/** Counters read at once: a store in this process answers nobody else meanwhile. */
const pageSize = 1_000;

@QueryHandler(AskReport)
export class AskReportHandler implements IQueryHandler<AskReport> {
  constructor(
    @Inject(READ_MODELS) private readonly readModels: ReadModels,
    private readonly reference: ReferenceData,
  ) {}

  async execute({ name, asked, caller, organisation, now }: AskReport): Promise<ReportOutcome> {
    const report = reports.find((known) => known.name === name);
    if (report === undefined) return { kind: 'unknown' };
    const tree = await this.reference.organisations();
    const versions = (await this.reference.rounds()).get(asked.round);
    const vocabulary = new Vocabulary(versions ?? [], tree);
    const read = questionOf(asked, report, { versions, tree, vocabulary, organisation, now });
    if ('findings' in read) return { kind: 'malformed', findings: read.findings };
    if (versions === undefined || read.question === null) return { kind: 'outside' };
    const { question } = read;
    const circumstances = circumstancesOf(versions, tree, endOfDay(question.day));
    const tabulation = new Tabulation(report, question, circumstances);
    for await (const counter of this.counters(report, question, organisation)) {
      tabulation.take(counter);
    }
    const table = screened(tabulation.table(), caller, circumstances);
    return { kind: 'answered', answer: { report, question, table, vocabulary } };
  }

  /** The counters of one organisation's jurisdiction, of dossiers that pass the caller's too. */
  private async *counters(
    { name }: Report,
    { round, scope, cell }: ReportQuestion,
    jurisdiction: string,
  ): AsyncGenerator<ReportCounter> {
    const query: DocumentQuery = {
      index: 'counters',
      equals: { report: name, round, scope },
      filter: cell,
      contains: { field: 'above', value: jurisdiction },
      limit: pageSize,
    };
    for (let after: Cursor | null | undefined; after !== null;) {
      const found = await this.readModels.find<ReportCounter>(reportCounters, {
        ...query,
        ...(after === undefined ? {} : { after }),
      });
      yield* found.items;
      after = found.next;
    }
  }
}

/** Whoever may look people up one by one is told of small groups, too. */
function screened(table: Table, caller: Caller, circumstances: Circumstances): Table {
  if (hasRole(caller, 'auditor')) return table;
  const reviews = hasRole(caller, ...reviewerRoles);
  const knows = ({ known }: Column): boolean => reviews && known === 'to reviewers';
  return withoutSmallGroups(table, knows, circumstances);
}
