import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';

import type { RequestContext } from '../application/request';
import type { Publicity } from '../dossier/dossier';
import type { ObjectionView } from '../projections/dossier-view';
import type { CommandAnswer } from './answers';
import { Context, Roles } from './decorators';
import { DossierActs } from './dossier-acts';
import { ObjectionDto, ObjectionOutcomeDto, StartPublicityDto } from './dto/review.dto';
import { notFound } from './problem';

@ApiTags('publicity')
@ApiBearerAuth()
@Controller('v1/dossiers/:id/publicity')
export class PublicityController {
  constructor(private readonly acts: DossierActs) {}

  /** The unit puts the dossier's summary up (公示); today is its first day */
  @Post()
  @Roles('unit-reviewer')
  async start(
    @Param('id') id: string,
    @Body() publicity: StartPublicityDto,
    @Context() context: RequestContext,
  ): Promise<CommandAnswer & { readonly firstDay: string }> {
    const { answer, state } = await this.acts.act(
      id,
      { type: 'StartPublicity', ...publicity },
      context,
    );
    return { ...answer, firstDay: state.file.publicity?.firstDay ?? '' };
  }

  /** The publicity that stands, and every objection with its outcome; to the applicant without what was objected */
  @Get()
  async get(
    @Param('id') id: string,
    @Context() context: RequestContext,
  ): Promise<{
    readonly publicity: Publicity | null;
    readonly objections: readonly ObjectionView[];
    readonly revision: number;
  }> {
    const { publicity, objections, revision } = await this.acts.look(id, context);
    return { publicity, objections, revision };
  }

  /** Record an objection (异议) */
  @Post('objections')
  @Roles('unit-reviewer')
  async object(
    @Param('id') id: string,
    @Body() { text }: ObjectionDto,
    @Context() context: RequestContext,
  ): Promise<CommandAnswer & { readonly number: number }> {
    const { answer, state } = await this.acts.act(id, { type: 'RecordObjection', text }, context);
    return { ...answer, number: state.file.objections.length };
  }

  /** Record the outcome of an objection */
  @Post('objections/:n/outcome')
  @Roles('unit-reviewer')
  async settle(
    @Param('id') id: string,
    @Param('n') n: string,
    @Body() { upheld, statement }: ObjectionOutcomeDto,
    @Context() context: RequestContext,
  ): Promise<CommandAnswer> {
    if (!/^[1-9]\d{0,3}$/.test(n)) throw notFound();
    const command = { type: 'SettleObjection', number: Number(n), upheld, statement } as const;
    return (await this.acts.act(id, command, context)).answer;
  }
}
