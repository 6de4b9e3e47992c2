import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';

import { GetAuditEvents, GetQueue } from '../application/list-queries';
import type { RequestContext } from '../application/request';
import { parseInstant, type Instant } from '../engine/instant';
import { auditTrail, type AuditEntry } from '../projections/audit-trail';
import { reviewQueue, type Waiting } from '../projections/review-queue';
import { stageCounts, type StageCounts } from '../projections/stage-counts';
import { decodeCursor, given, organisationOf, pageOf, type Page } from './answers';
import { Context, ReadsFrom, Roles } from './decorators';
import { AuditDto, QueueDto } from './dto/query.dto';
import { malformed } from './problem';

@ApiTags('work')
@ApiBearerAuth()
@Controller('v1')
export class WorkController {
  constructor(private readonly queries: QueryBus) {}

  /** What waits for the caller's organisation, longest waiting first, with counts a stage */
  @Get('queue')
  @Roles('unit-reviewer', 'supervisor', 'title-office')
  @ReadsFrom(reviewQueue, stageCounts)
  async queue(
    @Query() { limit, cursor, resubmission, ...filter }: QueueDto,
    @Context() { caller }: RequestContext,
  ): Promise<Page<Waiting> & { readonly counts: Omit<StageCounts, 'organisation'> }> {
    const organisation = organisationOf(caller);
    const again = resubmission === undefined ? {} : { resubmission: resubmission === 'true' };
    const page = { limit, after: decodeCursor(cursor) };
    const found = await this.queries.execute(
      new GetQueue(organisation, { ...given(filter), ...again }, page),
    );
    const { unit, supervision, 'title-office': titleOffice } = found.counts ?? none;
    return { ...pageOf(found), counts: { unit, supervision, 'title-office': titleOffice } };
  }

  /** The audit trail: who did what, for whom, when, from where, under which policy */
  @Get('audit/events')
  @Roles('auditor')
  @ReadsFrom(auditTrail)
  async auditEvents(
    @Query() { limit, cursor, from, to, order, ...filter }: AuditDto,
    @Context() { caller }: RequestContext,
  ): Promise<Page<AuditEntry>> {
    const period = { from: bound(from, 'from'), to: bound(to, 'to') };
    const page = { limit, after: decodeCursor(cursor) };
    return pageOf(
      await this.queries.execute(
        new GetAuditEvents(
          organisationOf(caller),
          given(filter),
          period,
          order === 'newest-first',
          page,
        ),
      ),
    );
  }
}

const none = { unit: 0, supervision: 0, 'title-office': 0 };

function bound(text: string | undefined, name: string): Instant | null {
  if (text === undefined) return null;
  const instant = parseInstant(text.replace(' ', '+'));
  if (instant !== undefined) return instant;
  throw malformed('instant-malformed', {
    zh: `${name} 须为带时区的时间，如 2022-08-20T12:00:00+08:00。`,
    en: `${name} is an instant with its offset, like 2022-08-20T12:00:00+08:00.`,
  });
}
