import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';

import { GetQueue } from '../application/list-queries';
import type { RequestContext } from '../application/request';
import { reviewQueue, type Waiting } from '../projections/review-queue';
import { stageCounts, type StageCounts } from '../projections/stage-counts';
import { decodeCursor, given, organisationOf, pageOf, type Page } from './answers';
import { Context, ReadsFrom, Roles } from './decorators';
import { QueueDto } from './dto/query.dto';

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
}

const none = { unit: 0, supervision: 0, 'title-office': 0 };
