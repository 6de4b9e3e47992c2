import { Controller, Get, Param, Query, Res, StreamableFile } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import {
  ApiBearerAuth,
  ApiOkResponse,
  ApiParam,
  ApiProduces,
  ApiQuery,
  ApiTags,
} from '@nestjs/swagger';
import { IsIn } from 'class-validator';
import type { FastifyReply } from 'fastify';

import { hasRole, type Caller } from '../application/access';
import { GetSubmission } from '../application/dossier-queries';
import { PersonalDataReads } from '../application/personal-data-reads';
import { ReferenceData } from '../application/reference-data';
import type { RequestContext } from '../application/request';
import type { PrintedDocument } from '../documents/document';
import { evaluationForm } from '../documents/evaluation-form';
import { renderPdf } from '../documents/pdf/render';
import { publicityNotice, publicityResult, type Audience } from '../documents/publicity';
import { notAccepted } from '../dossier/conflicts';
import { publicityFacts } from '../dossier/publicity';
import { unitStep } from '../organisations/organisation';
import type { DossierView, SubmissionView } from '../projections/dossier-view';
import type { Finding } from '../rules/finding';
import { lastPublicityDay, noOpenObjection, publicityLongEnough } from '../rules/publicity';
import { Context } from './decorators';
import { DossierActs } from './dossier-acts';
import { IfGiven } from './dto/if-given';
import { notFound, Problem } from './problem';

const documentNames = ['publicity-notice', 'publicity-result', 'evaluation-form'] as const;
type DocumentName = (typeof documentNames)[number];

class DocumentDto {
  @IfGiven()
  @IsIn(['public', 'archive'])
  audience: Audience = 'public';
}

@ApiTags('documents')
@ApiBearerAuth()
@Controller('v1/dossiers/:id/documents')
export class DocumentsController {
  constructor(
    private readonly acts: DossierActs,
    private readonly queries: QueryBus,
    private readonly reference: ReferenceData,
    private readonly reads: PersonalDataReads,
  ) {}

  /** Publicity notice (附件1), publicity result (附件2) or evaluation form (评审表), ready to print */
  @Get(':document')
  @ApiParam({ name: 'document', enum: documentNames })
  @ApiQuery({
    name: 'audience',
    enum: ['public', 'archive'],
    required: false,
    description:
      'Of the publicity notice: `public` masks the ID number; `archive` prints it, for the unit and the title office.',
  })
  @ApiProduces('application/pdf')
  @ApiOkResponse({ description: 'A4 pages', schema: { type: 'string', format: 'binary' } })
  async print(
    @Param('id') id: string,
    @Param('document') name: string,
    @Query() { audience }: DocumentDto,
    @Context() context: RequestContext,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    if (!isDocumentName(name)) throw notFound();
    const view = await this.acts.look(id, context);
    const document = await this.compose(name, view, audience, context);
    const pdf = await renderPdf(document);
    reply.header('etag', `"${view.revision}"`);
    return new StreamableFile(pdf, {
      type: 'application/pdf',
      length: pdf.length,
      disposition: `inline; filename*=UTF-8''${encodeURIComponent(`${document.name}.pdf`)}`,
    });
  }

  private async compose(
    name: DocumentName,
    view: DossierView,
    audience: Audience,
    context: RequestContext,
  ): Promise<PrintedDocument> {
    const versions = (await this.reference.rounds()).get(view.round) ?? [];
    const current = versions.at(-1);
    if (current === undefined) throw notFound();
    const filed = await this.latestFiling(view, context);
    const under = versions.findLast(({ at }) => filed !== undefined && at <= filed.at) ?? current;
    const names = await this.namesOf(view.chain);
    const [unit = ''] = names;

    if (name === 'evaluation-form') {
      if (view.status !== 'accepted' || filed === undefined) throw conflictWith([notAccepted]);
      const { content } = filed;
      const supervisors = names.slice(1, -1);
      const titleOffice = names.at(-1) ?? '';
      const facts = { policy: under.policy, content, unit, filing: filed, supervisors };
      await this.reads.record(view, `documents/${name}`, context);
      return evaluationForm({ ...facts, titleOffice });
    }

    const { policy } = current;
    const standing = filed
      ? publicityFacts({ ...view, content: filed.content }, policy)
      : nothingPublished;
    const tooShort = publicityLongEnough(policy, standing, context.arrivedAt);
    // One of something else than what is filed now is none (R-7).
    const publicity = standing.firstDay === null ? null : view.publicity;
    if (filed === undefined || publicity === null) throw conflictWith(tooShort);
    const { content } = filed;
    const lastDay = lastPublicityDay(policy, publicity.firstDay);
    const published = { policy: under.policy, content, unit, publicity, lastDay };
    if (name === 'publicity-notice') {
      const mayHaveArchive = keepsArchive(view, context.caller);
      if (audience === 'archive') {
        if (!mayHaveArchive) throw archiveNotAllowed;
        await this.reads.record(view, `documents/${name}`, context);
      }
      return publicityNotice({ ...published, audience });
    }

    const unfinished = [...tooShort, ...noOpenObjection(policy, standing)];
    if (unfinished.length > 0) throw conflictWith(unfinished);
    const objections = view.objections.filter(({ at }) => at >= publicity.at);
    return publicityResult({ ...published, objections });
  }

  /** What documents print, whoever asks: the view shows an applicant the work in hand. */
  private async latestFiling(
    { id, submissions }: DossierView,
    by: RequestContext,
  ): Promise<SubmissionView | undefined> {
    return this.queries.execute(new GetSubmission(id, by, submissions.length, 'in-print'));
  }

  private async namesOf(organisations: readonly string[]): Promise<readonly string[]> {
    const tree = await this.reference.organisations();
    return organisations.map((id) => tree.get(id)?.name ?? id);
  }
}

const nothingPublished = { firstDay: null, openObjections: [] };

function isDocumentName(name: string): name is DocumentName {
  return documentNames.some((known) => known === name);
}

/** The unit, which keeps the sealed papers, and the title office, which reviews them. */
function keepsArchive({ chain }: DossierView, caller: Caller): boolean {
  const { organisation } = caller;
  return (
    (hasRole(caller, 'unit-reviewer') && organisation === chain[unitStep]) ||
    (hasRole(caller, 'title-office') && organisation === chain.at(-1))
  );
}

/** 409 in the words of the rules: nothing is refused, the time for the document has not come. */
function conflictWith(findings: readonly Finding[]): Problem {
  const [first = notAccepted] = findings;
  return new Problem(409, first.code, first.message, findings);
}

const archiveNotAllowed = new Problem(403, 'archive-copy-not-allowed', {
  zh: '印有完整身份证号的存档件仅供推荐单位和职称办公室打印。',
  en: 'The copy for the files, with the whole ID number, is for the unit and the title office.',
});
