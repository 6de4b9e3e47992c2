import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';

import { ActOnCase } from '../application/falsification';
import { GetCase, ListCases, type CaseInFull } from '../application/falsification-queries';
import type { RequestContext } from '../application/request';
import type { CaseCommand } from '../falsification/case';
import { falsificationCases, type CaseView } from '../projections/falsification-cases';
import { accepted, decodeCursor, organisationOf, pageOf, type Page } from './answers';
import { Context, Language, LocatedBy, ReadsFrom, Roles } from './decorators';
import { DecideCaseDto, HearingDto, OpenCaseDto } from './dto/falsification.dto';
import { PageDto } from './dto/query.dto';
import type { Language as Spoken } from './language';
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
    private readonly queries: QueryBus,
  ) {}

  /** Open an investigation of a dossier */
  @Post()
  @LocatedBy('id')
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
    const page = { limit, after: decodeCursor(cursor) };
    return pageOf(await this.queries.execute(new ListCases(organisationOf(caller), page)));
  }

  /** One case, with the evidence frozen when it was opened and everyone who vouched for the dossier (三(四)) */
  @Get(':id')
  @ReadsFrom(falsificationCases)
  async get(
    @Param('id') id: string,
    @Context() { caller }: RequestContext,
    @Language() language: Spoken,
  ): Promise<CaseTold> {
    const found = await this.queries.execute(new GetCase(id, organisationOf(caller)));
    if (found === undefined) throw notFound();
    return caseTold(found, language);
  }

  /** Record what somebody said when heard: the applicant, or who passed the dossier; while the case is open */
  @Post(':id/hearings')
  hear(
    @Param('id') id: string,
    @Body() { person, statement }: HearingDto,
    @Context() context: RequestContext,
  ): Promise<CaseAnswer> {
    return this.act(id, { type: 'HearStatement', person, statement }, context);
  }

  /**
   * Decide a case; by another person than who opened it, and with no part in the dossier. An upheld one bars
   * the applicant (四(一)16)
   */
  @Post(':id/decision')
  decide(
    @Param('id') id: string,
    @Body() { upheld, statement }: DecideCaseDto,
    @Context() context: RequestContext,
  ): Promise<CaseAnswer> {
    return this.act(id, { type: 'DecideCase', upheld, statement }, context);
  }

  private async act(
    id: string,
    command: CaseCommand,
    context: RequestContext,
  ): Promise<CaseAnswer> {
    if (!/^[0-9a-f]{32}$/.test(id)) throw notFound();
    const { outcome } = await this.commands.execute(new ActOnCase(id, command, context));
    const { revision, position } = accepted(outcome);
    return { id, revision, position };
  }
}

type CaseTold = ReturnType<typeof caseTold>;

/** A case in one language. */
function caseTold({ vouchers, ...found }: CaseInFull, language: Spoken) {
  return {
    ...found,
    vouchers: vouchers.map(({ checklist, ...voucher }) => ({
      ...voucher,
      checklist: checklist?.map((term) => ({ code: term.code, question: term[language] })) ?? null,
    })),
  };
}
