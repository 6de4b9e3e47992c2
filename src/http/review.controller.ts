import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';

import type { RequestContext } from '../application/request';
import type { DossierCommand, GivenReason } from '../dossier/commands';
import type { ReturnView } from '../projections/dossier-view';
import { pageFrom, type CommandAnswer, type Page } from './answers';
import { Context, Roles } from './decorators';
import { DossierActs } from './dossier-acts';
import { malformedBody } from './problem';
import { PageDto } from './dto/query.dto';
import { EndorseDto, RecommendDto, ReturnDto, type ReturnReasonDto } from './dto/review.dto';

@ApiTags('review')
@ApiBearerAuth()
@Controller('v1/dossiers/:id')
export class ReviewController {
  constructor(private readonly acts: DossierActs) {}

  /** The unit recommends (单位推荐意见) */
  @Post('recommendation')
  @Roles('unit-reviewer')
  recommend(
    @Param('id') id: string,
    @Body() { checklist = {}, statement = '', papers = {} }: RecommendDto,
    @Context() context: RequestContext,
  ): Promise<CommandAnswer> {
    return this.act(id, { type: 'Recommend', checklist, statement, papers }, context);
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
    const { answer, state } = await this.acts.act(id, command, context);
    return { ...answer, number: state.file.returns.length };
  }

  /** Every return with its reasons and their answers */
  @Get('returns')
  async returns(
    @Param('id') id: string,
    @Query() page: PageDto,
    @Context() context: RequestContext,
  ): Promise<Page<ReturnView> & { readonly revision: number }> {
    const { returns, revision } = await this.acts.look(id, context);
    return { ...pageFrom(returns, ({ number }) => number, page), revision };
  }

  /** The title office accepts (形式审核通过) */
  @Post('acceptance')
  @Roles('title-office')
  accept(
    @Param('id') id: string,
    @Body() body: unknown,
    @Context() context: RequestContext,
  ): Promise<CommandAnswer> {
    expectNothing(body);
    return this.act(id, { type: 'Accept' }, context);
  }

  private async act(
    id: string,
    command: DossierCommand,
    context: RequestContext,
  ): Promise<CommandAnswer> {
    return (await this.acts.act(id, command, context)).answer;
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

/** For commands that say all they have to say by their address. */
function expectNothing(body: unknown): void {
  const isEmpty =
    body === undefined ||
    (typeof body === 'object' && !Array.isArray(body) && body !== null && !hasFields(body));
  if (!isEmpty) throw malformedBody({ zh: '此请求不带正文。', en: 'This request takes no body.' });
}

function hasFields(body: object): boolean {
  return Object.keys(body).length > 0;
}
