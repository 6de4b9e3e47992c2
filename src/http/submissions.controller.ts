import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';

import { GetChanges, GetSubmission } from '../application/dossier-queries';
import type { RequestContext } from '../application/request';
import type { ChangesView } from '../projections/dossier-view';
import { CommandAnswer, pageFrom } from './answers';
import { Context, Language, LocatedBy, Roles } from './decorators';
import { DossierActs } from './dossier-acts';
import { SubmitDto } from './dto/dossier.dto';
import { PageDto } from './dto/query.dto';
import type { Language as Spoken } from './language';
import { localised, told, type LocalisedFinding } from './problem-document';
import { notFound } from './problem';

/** Receipt of a submission (回执): what was filed, when, and what remains. */
class Receipt extends CommandAnswer {
  /** @example 1 */
  number!: number;
  /** @example "2022-08-10T09:00:00.000+08:00" */
  submittedAt!: string;
  /** SHA-256 of the content exactly as filed. */
  contentHash!: string;
  /** Tries left after this one, of three (三(四)). */
  remaining!: number;
  /** Accepted all the same, and shown to the reviewers. */
  warnings!: LocalisedFinding[];
}

@ApiTags('submissions')
@ApiBearerAuth()
@Controller('v1/dossiers/:id/submissions')
export class SubmissionsController {
  constructor(
    private readonly acts: DossierActs,
    private readonly queries: QueryBus,
  ) {}

  /** Submit, or submit again after a return; answers with a receipt */
  @Post()
  @LocatedBy('number')
  @Roles('applicant')
  async submit(
    @Param('id') id: string,
    @Body() { confirmed = false }: SubmitDto,
    @Context() context: RequestContext,
    @Language() language: Spoken,
  ): Promise<Receipt> {
    const { answer, state } = await this.acts.act(id, { type: 'Submit', confirmed }, context);
    const filing = state.file.submissions.at(-1);
    if (filing === undefined) throw notFound();
    return {
      ...answer,
      number: filing.number,
      submittedAt: filing.at,
      contentHash: filing.contentHash,
      remaining: filing.remaining,
      warnings: localised(filing.warnings, language),
    };
  }

  /** Every submission of the dossier */
  @Get()
  async list(
    @Param('id') id: string,
    @Query() page: PageDto,
    @Context() context: RequestContext,
    @Language() language: Spoken,
  ) {
    const { submissions, revision } = await this.acts.look(id, context);
    const items = submissions.map((filing) => told(filing, language));
    return { ...pageFrom(items, ({ number }) => number, page), revision };
  }

  /** Submission n exactly as filed, with nothing masked; that somebody else than the applicant reads it is recorded */
  @Get(':n')
  async get(
    @Param('id') id: string,
    @Param('n') n: string,
    @Context() context: RequestContext,
    @Language() language: Spoken,
  ) {
    const view = await this.queries.execute(new GetSubmission(id, context, ordinal(n)));
    if (view === undefined) throw notFound();
    return told(view, language);
  }

  /** Submission n beside n−1, field by field, with the return reasons it answers */
  @Get(':n/changes')
  async changes(
    @Param('id') id: string,
    @Param('n') n: string,
    @Context() { caller }: RequestContext,
  ): Promise<ChangesView> {
    const view = await this.queries.execute(new GetChanges(id, caller, ordinal(n)));
    if (view === undefined) throw notFound();
    return view;
  }
}

function ordinal(text: string): number {
  if (!/^[1-9]\d{0,3}$/.test(text)) throw notFound();
  return Number(text);
}
