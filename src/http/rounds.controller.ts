import { Body, Controller, Get, Inject, Param, Post, Query, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiBody, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';

import { CLOCK } from '../application/ports';
import { ReferenceData } from '../application/reference-data';
import type { RequestContext } from '../application/request';
import { ChangeRound } from '../application/round-commands';
import { formSchema, type JsonSchema } from '../dossier/form';
import type { Clock } from '../engine/clock';
import { inForce, type PolicyVersion } from '../rounds/rounds';
import { accepted, pageFrom, type Page } from './answers';
import { Context, LocatedBy, Roles } from './decorators';
import { FormDto, PageDto } from './dto/query.dto';
import { PolicyChangeDto, PolicyQueryDto } from './dto/round.dto';
import { notFound, Problem } from './problem';
import {
  policyBody,
  PolicyChanged,
  policyView,
  roundView,
  type PolicyView,
  type RoundView,
} from './round-answers';

@ApiTags('rounds')
@ApiBearerAuth()
@Controller('v1/rounds')
export class RoundsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly reference: ReferenceData,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Every published round */
  @Get()
  async list(@Query() page: PageDto): Promise<Page<RoundView>> {
    const rounds = await this.reference.rounds();
    const now = this.clock.now();
    const items = [...rounds.keys()].sort().flatMap((round) => {
      const current = inForce(rounds, round);
      return current ? [roundView(current, now)] : [];
    });
    return pageFrom(items, ({ round }) => round, page);
  }

  /** Publish a round: its whole policy, as data */
  @Post()
  @LocatedBy('round')
  @Roles('administrator')
  @ApiBody(policyBody('按2022年度通知发布'))
  publish(
    @Body() change: PolicyChangeDto,
    @Context() context: RequestContext,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PolicyChanged> {
    return this.change(null, change, context, reply);
  }

  /** A round: its windows, levels and state */
  @Get(':round')
  async get(@Param('round') round: string): Promise<RoundView> {
    const [current] = await this.versions(round);
    return roundView(current, this.clock.now());
  }

  /** Every parameter of the rules, each with its clause: in force, or of an earlier version */
  @Get(':round/policy')
  async policy(
    @Param('round') round: string,
    @Query() { version }: PolicyQueryDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PolicyView> {
    const newestFirst = await this.versions(round);
    const shown =
      version === undefined
        ? newestFirst[0]
        : newestFirst.find((candidate) => candidate.version === version);
    if (shown === undefined) throw notFound();
    reply.header('etag', etagOf(shown));
    return policyView(shown, newestFirst.toReversed());
  }

  /** Correct a round's policy: the whole of it anew; what was judged before stays judged as it was */
  @Post(':round/policy')
  @Roles('administrator')
  @ApiBody(policyBody('更正评审费标准'))
  async correct(
    @Param('round') round: string,
    @Body() change: PolicyChangeDto,
    @Context() context: RequestContext,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PolicyChanged> {
    await this.versions(round);
    return this.change(round, change, context, reply);
  }

  /** JSON Schema of every section, for portals to render */
  @Get(':round/form')
  async form(@Param('round') round: string, @Query() { level }: FormDto): Promise<JsonSchema> {
    const [{ policy }] = await this.versions(round);
    return formSchema(level, policy);
  }

  private async change(
    round: string | null,
    { policy, reason }: PolicyChangeDto,
    context: RequestContext,
    reply: FastifyReply,
  ): Promise<PolicyChanged> {
    const outcome = await this.commands.execute(new ChangeRound(round, policy, reason, context));
    if (outcome.kind === 'stale') throw staleVersion(outcome.revision);
    const { events, position } = accepted(outcome);
    const [published] = events;
    if (published === undefined) throw notFound();
    reply.header('etag', etagOf(published.data));
    return { round: published.data.round, version: published.data.version, position };
  }

  /** Newest first, so that the first is the one in force; 404 for a round that was not published. */
  private async versions(round: string): Promise<readonly [PolicyVersion, ...PolicyVersion[]]> {
    const versions = (await this.reference.rounds()).get(round);
    const [current, ...earlier] = versions?.toReversed() ?? [];
    if (current === undefined) throw notFound();
    return [current, ...earlier];
  }
}

function etagOf({ version }: Pick<PolicyVersion, 'version'>): string {
  return `"${version}"`;
}

function staleVersion(version: number): Problem {
  return new Problem(412, 'stale-revision', {
    zh: `政策已有更新（现为第${version}版），请刷新后再试。`,
    en: `The policy has changed (it stands at version ${version}); reload and try again.`,
  });
}
