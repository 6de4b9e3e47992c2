import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';

import { endOfDay, type Instant } from '../engine/instant';
import type { Cursor, Found, Query as DocumentQuery, ReadModels } from '../engine/read-models';
import { levels } from '../rounds/level';
import type { PolicyVersion } from '../rounds/rounds';
import type { Finding } from '../rules/finding';
import { reportCounters, reports } from '../projections/reports';
import { partOf, type Sheet, type SheetName } from '../projections/reports/counts';
import type { Circumstances, Column, Report } from '../projections/reports/report';
import { withoutSmallGroups } from '../projections/reports/small-groups';
import { columnsOf, Tabulation, type Table } from '../projections/reports/table';
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

/** Evenings read at once: a store in this process answers nobody else meanwhile. */
const pageSize = 20;

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
    for (const sheet of sheetsOf(report, question, versions)) {
      if (question.by.includes('day')) await this.takeDays(tabulation, sheet, question);
      else await this.takeLatest(tabulation, sheet, question);
    }
    const table = screened(tabulation.table(), caller, circumstances);
    return { kind: 'answered', answer: { report, question, table, vocabulary } };
  }

  /** The sheet as it stands, or as it stood on the evening asked for. */
  private async takeLatest(
    tabulation: Tabulation,
    sheet: SheetName,
    question: ReportQuestion,
  ): Promise<void> {
    const newest = { descending: true, limit: 1 } as const;
    const { items } = await this.find(sheet, question, newest);
    for (const found of items) tabulation.take(found);
  }

  /** The sheet of every evening, each with the one before it. */
  private async takeDays(
    tabulation: Tabulation,
    sheet: SheetName,
    question: ReportQuestion,
  ): Promise<void> {
    let earlier: Sheet | undefined;
    for (let after: Cursor | null | undefined; after !== null;) {
      const page = { limit: pageSize, ...(after === undefined ? {} : { after }) };
      const found = await this.find(sheet, question, page);
      for (const later of found.items) {
        tabulation.take(later, earlier);
        earlier = later;
      }
      after = found.next;
    }
  }

  private find(
    equals: SheetName,
    { asOf, day }: ReportQuestion,
    page: Pick<DocumentQuery, 'limit' | 'descending' | 'after'>,
  ): Promise<Found<Sheet>> {
    return this.readModels.find<Sheet>(reportCounters, {
      index: 'sheets',
      equals: { ...equals },
      ...(asOf ? { to: day } : {}),
      ...page,
    });
  }
}

/** The names of all sheets that may hold an answer: one for each level and sub-specialty of the round. */
function sheetsOf(
  report: Report,
  question: ReportQuestion,
  versions: readonly PolicyVersion[],
): SheetName[] {
  const { round, scope } = question;
  const measures = columnsOf(report, question).flatMap((column) => column.measures);
  const parts = new Set(measures.map((measure) => partOf(report, measure)));
  return [...parts].flatMap((part) =>
    choicesOf(report, question, versions).map((choice) => ({
      ...{ report: report.name, part, round, scope },
      ...choice,
    })),
  );
}

function choicesOf(
  { dimensions }: Report,
  { filters }: ReportQuestion,
  versions: readonly PolicyVersion[],
): Pick<SheetName, 'level' | 'subSpecialty'>[] {
  if (!dimensions.includes('level')) return [{ level: null, subSpecialty: null }];
  const offered = versions.flatMap(({ policy }) => policy.subSpecialties.map(({ code }) => code));
  const wanted = filters.subSpecialty === undefined ? offered : [filters.subSpecialty];
  return levels
    .filter((level) => (filters.level ?? level) === level)
    .flatMap((level) => [...new Set(wanted)].map((subSpecialty) => ({ level, subSpecialty })));
}

/** Whoever may look people up one by one is told of small groups, too. */
function screened(table: Table, caller: Caller, circumstances: Circumstances): Table {
  if (hasRole(caller, 'auditor')) return table;
  const reviews = hasRole(caller, ...reviewerRoles);
  const knows = ({ known }: Column): boolean => reviews && known === 'to reviewers';
  return withoutSmallGroups(table, knows, circumstances);
}
