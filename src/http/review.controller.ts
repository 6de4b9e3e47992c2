import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';

import { ActOnDossier } from '../application/dossier-commands';
import { GetDossier } from '../application/dossier-queries';
import type { RequestContext } from '../application/request';
import type { DossierCommand, GivenReason } from '../dossier/commands';
import type { ReturnView } from '../projections/dossier-view';
import { accepted, CommandAnswer, commandAnswer, opened } from './answers';
import { Context, Roles } from './decorators';
import {
  EndorseDto,
  RecommendDto,
  ReturnDto,
  StartPublicityDto,
  type ReturnReasonDto,
} from './dto/review.dto';
import { notFound } from './problem';

@ApiTags('review')
@ApiBearerAuth()
@Controller('v1/dossiers/:id')
export class ReviewController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  /** The unit puts the dossier's summary up (公示) */
  @Post('publicity')
  @Roles('unit-reviewer')
  startPublicity(
    @Param('id') id: string,
    @Body() publicity: StartPublicityDto,
    @Context() context: RequestContext,
  ): Promise<CommandAnswer> {
    return this.act(id, { type: 'StartPublicity', ...publicity }, context);
  }

  /** The unit recommends (单位推荐意见) */
  @Post('recommendation')
  @Roles('unit-reviewer')
  recommend(
    @Param('id') id: string,
    @Body() { checklist = {} }: RecommendDto,
    @Context() context: RequestContext,
  ): Promise<CommandAnswer> {
    return this.act(id, { type: 'Recommend', checklist }, context);
  }

  /** A supervising body passes it on (主管单位审核) */
  @Post('endorsement')
  @Roles('supervisor')
  endorse(
    @Param('id') id: string,
    @Body() { opinion = '' }: EndorseDto,
    @Context() context: RequestContext,
  ): Promise<CommandAnswer> {
    return this.act(id, { type: 'Endorse', opinion }, context);
  }

  /** Any level returns it, with reasons (退回修改) */
  @Post('returns')
  @Roles('unit-reviewer', 'supervisor', 'title-office')
  async giveBack(
    @Param('id') id: string,
    @Body() { reasons = [] }: ReturnDto,
    @Context() context: RequestContext,
  ): Promise<CommandAnswer & { readonly number: number }> {
    const command: DossierCommand = { type: 'Return', reasons: reasons.map(givenReason) };
    const outcome = accepted(await this.commands.execute(new ActOnDossier(id, command, context)));
    const number = opened(outcome.state).file.returns.length;
    return { ...commandAnswer(id, outcome), number };
  }

  /** Every return with its reasons and their answers */
  @Get('returns')
  async returns(
    @Param('id') id: string,
    @Context() { caller }: RequestContext,
  ): Promise<{ readonly items: readonly ReturnView[]; readonly nextCursor: null }> {
    const view = await this.queries.execute(new GetDossier(id, caller, null));
    if (view === undefined) throw notFound();
    return { items: view.returns, nextCursor: null };
  }

  /** The title office accepts (形式审核通过) */
  @Post('acceptance')
  @Roles('title-office')
  accept(@Param('id') id: string, @Context() context: RequestContext): Promise<CommandAnswer> {
    return this.act(id, { type: 'Accept' }, context);
  }

  private async act(
    id: string,
    command: DossierCommand,
    context: RequestContext,
  ): Promise<CommandAnswer> {
    const outcome = await this.commands.execute(new ActOnDossier(id, command, context));
    return commandAnswer(id, accepted(outcome));
  }
}

/** A reason names a section or an attachment; both or neither is for rule R-4 to refuse. */
function givenReason({ code, correction, section, attachment }: ReturnReasonDto): GivenReason {
  if (section !== undefined && attachment === undefined) {
    return { code, correction, part: { section } };
  }
  if (attachment !== undefined && section === undefined) {
    return { code, correction, part: { attachment } };
  }
  return { code, correction, part: null };
}
