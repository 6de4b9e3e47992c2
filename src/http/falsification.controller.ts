import { Body, Controller, Get, Inject, Param, Post, Query } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';

import { ActOnCase } from '../application/falsification';
import { READ_MODELS } from '../application/ports';
import type { RequestContext } from '../application/request';
import type { ReadModels } from '../engine/read-models';
import { falsificationCases, type CaseView } from '../projections/falsification-cases';
import { accepted, decodeCursor, organisationOf, pageOf, type Page } from './answers';
import { Context, ReadsFrom, Roles } from './decorators';
import { DecideCaseDto, OpenCaseDto } from './dto/falsification.dto';
import { PageDto } from './dto/query.dto';
import { notFound } from './problem';

class CaseAnswer {
  id!: string;
  /** @example 0 */
  revision!: number;
  /** @example "0000000000000042" */
  position!: string;
}

@ApiTags('falsification')
@ApiBearerAuth()
@Roles('auditor')
@Controller('v1/falsification-cases')
export class FalsificationController {
  constructor(
    private readonly commands: CommandBus,
    @Inject(READ_MODELS) private readonly readModels: ReadModels,
  ) {}

  /** Open an investigation of a dossier */
  @Post()
  async open(
    @Body() { dossier, grounds }: OpenCaseDto,
    @Context() context: RequestContext,
  ): Promise<CaseAnswer> {
    const { id, outcome } = await this.commands.execute(
      new ActOnCase(null, { type: 'OpenCase', dossier, grounds }, context),
    );
    const { revision, position } = accepted(outcome);
    return { id, revision, position };
  }

  /** Cases in the auditor's jurisdiction, newest first */
  @Get()
  @ReadsFrom(falsificationCases)
  async list(
    @Query() { limit, cursor }: PageDto,
    @Context() { caller }: RequestContext,
  ): Promise<Page<CaseView>> {
    const after = decodeCursor(cursor);
    const found = await this.readModels.find<CaseView>(falsificationCases, {
      index: 'all',
      equals: {},
      contains: { field: 'jurisdiction', value: organisationOf(caller) },
      descending: true,
      limit,
      ...(after === null ? {} : { after }),
    });
    return pageOf(found);
  }

  /** One case */
  @Get(':id')
  @ReadsFrom(falsificationCases)
  async get(@Param('id') id: string, @Context() { caller }: RequestContext): Promise<CaseView> {
    const found = await this.readModels.get<CaseView>(falsificationCases, id);
    if (!found?.jurisdiction.includes(organisationOf(caller))) throw notFound();
    return found;
  }

  /** Decide a case; by another person than who opened it. An upheld one bars the applicant (四(一)16) */
  @Post(':id/decision')
  async decide(
    @Param('id') id: string,
    @Body() { upheld, statement }: DecideCaseDto,
    @Context() context: RequestContext,
  ): Promise<CaseAnswer> {
    if (!/^[0-9a-f]{32}$/.test(id)) throw notFound();
    const { outcome } = await this.commands.execute(
      new ActOnCase(id, { type: 'DecideCase', upheld, statement }, context),
    );
    const { revision, position } = accepted(outcome);
    return { id, revision, position };
  }
}
