import { Controller, Get, Param, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';

import { GetDecision, GetTimeline } from '../application/investigation-dossier';
import { GetEvidenceUses, type EvidenceUseFound } from '../application/investigation-evidence';
import { ListLeads } from '../application/investigation-leads';
import { GetAuditEvents, type Period } from '../application/investigation-trail';
import { ReferenceData } from '../application/reference-data';
import type { RequestContext } from '../application/request';
import { parseInstant, type Instant } from '../engine/instant';
import { auditTrail, type entryView } from '../projections/audit-trail';
import { falsificationCases } from '../projections/falsification-cases';
import type { DecisionView } from '../projections/investigation/decision';
import { evidenceUses } from '../projections/investigation/evidence-uses';
import { leads } from '../projections/investigation/leads';
import { decodeCursor, given, organisationOf, pageOf, type Page } from './answers';
import { Context, Language, ReadsFrom, Roles } from './decorators';
import { AuditDto, LeadsDto } from './dto/investigation.dto';
import { PageDto } from './dto/query.dto';
import { leadTold, told } from './investigation-answers';
import type { Language as Spoken } from './language';
import { malformed, notFound } from './problem';

type Timeline = readonly ReturnType<typeof told>[];

/** What an auditor looks at when something is to be found out. Nothing here changes anything. */
@ApiTags('audit')
@ApiBearerAuth()
@Roles('auditor')
@Controller('v1/audit')
export class InvestigationController {
  constructor(
    private readonly queries: QueryBus,
    private readonly reference: ReferenceData,
  ) {}

  /**
   * The audit trail: who did what, for whom, when, from where, under which policy. A page may hold fewer than
   * asked for, or nothing, and still have a `nextCursor`
   */
  @Get('events')
  @ReadsFrom(auditTrail)
  async events(
    @Query() { limit, cursor, from, to, order, ...filter }: AuditDto,
    @Context() { caller }: RequestContext,
  ): Promise<Page<ReturnType<typeof entryView>>> {
    const query = new GetAuditEvents(
      organisationOf(caller),
      given(filter),
      periodOf(from, to),
      order === 'newest-first',
      { limit, after: decodeCursor(cursor) },
    );
    return pageOf(await this.queries.execute(query));
  }

  /** A dossier's whole story in words: who, what changed, why, by which rule, after how long */
  @Get('dossiers/:id/timeline')
  @ReadsFrom(falsificationCases)
  async timeline(
    @Param('id') id: string,
    @Context() { caller }: RequestContext,
    @Language() language: Spoken,
  ): Promise<{ readonly dossier: string; readonly items: Timeline }> {
    const entries = await this.queries.execute(new GetTimeline(id, caller));
    if (entries === undefined) throw notFound();
    return { dossier: id, items: entries.map((entry) => told(entry, language)) };
  }

  /** What a reviewer had before them when they decided; `revision` is the decision's own */
  @Get('dossiers/:id/decisions/:revision')
  async decision(
    @Param('id') id: string,
    @Param('revision') revision: string,
    @Context() { caller }: RequestContext,
  ): Promise<DecisionView> {
    if (!/^(0|[1-9]\d{0,8})$/.test(revision)) throw notFound();
    const view = await this.queries.execute(new GetDecision(id, Number(revision), caller));
    if (view === undefined) throw notFound();
    return view;
  }

  /** Every dossier and submission that ever used a file, of all people and years, the first first */
  @Get('evidence/:sha256')
  @ReadsFrom(evidenceUses)
  async evidence(
    @Param('sha256') sha256: string,
    @Query() { limit, cursor }: PageDto,
    @Context() { caller }: RequestContext,
  ): Promise<Page<EvidenceUseFound>> {
    if (!/^[0-9a-f]{64}$/.test(sha256)) throw notFound();
    const page = { limit, after: decodeCursor(cursor) };
    const query = new GetEvidenceUses(sha256, organisationOf(caller), caller, page);
    return pageOf(await this.queries.execute(query));
  }

  /** What in the record is worth a question, newest first. Leads (线索), never verdicts */
  @Get('leads')
  @ReadsFrom(leads)
  async leads(
    @Query() { limit, cursor, from, to, kind, organisation }: LeadsDto,
    @Context() { caller }: RequestContext,
    @Language() language: Spoken,
  ): Promise<Page<ReturnType<typeof leadTold>>> {
    const query = new ListLeads(
      organisationOf(caller),
      kind ?? null,
      organisation ?? null,
      periodOf(from, to),
      { limit, after: decodeCursor(cursor) },
    );
    const { items, nextCursor } = pageOf(await this.queries.execute(query));
    const tree = await this.reference.organisations();
    const nameOf = (id: string): string => tree.get(id)?.name ?? id;
    return { items: items.map((lead) => leadTold(lead, nameOf, language)), nextCursor };
  }
}

function periodOf(from: string | undefined, to: string | undefined): Period {
  return { from: bound(from, 'from'), to: bound(to, 'to') };
}

function bound(text: string | undefined, name: string): Instant | null {
  if (text === undefined) return null;
  const instant = parseInstant(text.replace(' ', '+'));
  if (instant !== undefined) return instant;
  throw malformed('instant-malformed', {
    zh: `${name} 须为带时区的时间，如 2022-08-20T12:00:00+08:00。`,
    en: `${name} is an instant with its offset, like 2022-08-20T12:00:00+08:00.`,
  });
}
