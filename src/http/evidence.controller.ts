import { basename } from 'node:path';

import type { MultipartFile } from '@fastify/multipart';
import { Body, Controller, Get, Param, Post, Put, Req, Res, StreamableFile } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiConsumes, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';

import { Evidence, evidenceId, parseEvidenceId, type Attacher } from '../application/evidence';
import type { RequestContext } from '../application/request';
import type { Attachment } from '../dossier/events';
import { UnacceptableEvidence } from '../engine/evidence-store';
import { accepted, CommandAnswer, commandAnswer } from './answers';
import { Context, LocatedBy, Roles } from './decorators';
import { DossierActs } from './dossier-acts';
import { MaskingDto } from './dto/dossier.dto';
import { contentOf, partsOf, wholeOf } from './multipart';
import { malformed, notFound, Problem, refusal } from './problem';

class EvidenceAnswer extends CommandAnswer {
  /** Where to download it. */
  id!: string;
  /** How sections refer to it. */
  sha256!: string;
  /** @example "application/pdf" */
  mediaType!: string;
  /** @example 20480 */
  bytes!: number;
  /** @example "毕业证书.pdf" */
  name!: string;
}

@ApiTags('evidence')
@ApiBearerAuth()
@Controller('v1/evidence')
export class EvidenceController {
  constructor(
    private readonly evidence: Evidence,
    private readonly acts: DossierActs,
  ) {}

  /** Upload a scan (PDF, JPEG or PNG) to a dossier in hand; the field `dossier` comes before the file */
  @Post()
  @LocatedBy('id')
  @Roles('applicant', 'unit-reviewer')
  @ApiConsumes('multipart/form-data')
  @ApiBody({
    schema: {
      type: 'object',
      required: ['dossier', 'file'],
      properties: {
        dossier: { type: 'string', example: 'practice-0123456789abcdef0123456789abcdef' },
        file: { type: 'string', format: 'binary' },
      },
      example: {
        dossier: 'practice-0123456789abcdef0123456789abcdef',
        file: '(the bytes of a PDF, JPEG or PNG)',
      },
    },
  })
  async upload(
    @Req() request: FastifyRequest,
    @Context() context: RequestContext,
  ): Promise<EvidenceAnswer> {
    const { dossier, as, attachment } = await this.receive(request, context);
    await wholeOf(request);
    const { arrivedAt } = request;
    const outcome = await this.evidence.attach(dossier, as, attachment, { ...context, arrivedAt });
    return {
      ...commandAnswer(dossier, accepted(outcome)),
      id: evidenceId(dossier, attachment.sha256),
      ...attachment,
    };
  }

  /** Answer for one attachment whether it shows the applicant's name, and what is shown instead */
  @Put(':id/masking')
  @Roles('applicant')
  async mask(
    @Param('id') id: string,
    @Body() { nameShown, maskedVersion = null }: MaskingDto,
    @Context() context: RequestContext,
  ): Promise<CommandAnswer> {
    const named = parseEvidenceId(id);
    if (named === undefined) throw notFound();
    const masking = { nameShown, maskedVersion };
    const command = { type: 'AnswerMasking', sha256: named.sha256, masking } as const;
    return (await this.acts.act(named.dossier, command, context)).answer;
  }

  /** Download a scan; only for who may see its dossier */
  @Get(':id')
  async download(
    @Param('id') id: string,
    @Context() context: RequestContext,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    const found = await this.evidence.open(id, context);
    if (found === undefined) throw notFound();
    const { attachment, content } = found;
    // Whatever a file contains, a browser saves it and runs nothing of it.
    reply.header('content-security-policy', "default-src 'none'; sandbox");
    return new StreamableFile(content, {
      type: attachment.mediaType,
      length: attachment.bytes,
      disposition: `attachment; filename*=UTF-8''${encodeURIComponent(attachment.name)}`,
    });
  }

  /** Reads the form to its end, so that nothing is attached by a form that turns out broken. */
  private async receive(request: FastifyRequest, context: RequestContext): Promise<Received> {
    let dossier: string | undefined;
    let received: Received | undefined;
    for await (const part of partsOf(request)) {
      if (part.type === 'file') {
        if (dossier === undefined) throw dossierFirst;
        received = await this.store(dossier, part, context);
      } else if (part.fieldname === 'dossier' && typeof part.value === 'string') {
        dossier = part.value;
      } else {
        throw unknownField;
      }
    }
    if (received === undefined) throw noFile;
    return received;
  }

  private async store(
    dossier: string,
    part: MultipartFile,
    context: RequestContext,
  ): Promise<Received> {
    const admitted = await this.evidence.admit(dossier, context);
    if (admitted === undefined) throw notFound();
    if (admitted.refused.length > 0) throw refusal(admitted.refused);
    const stored = await this.evidence.store(admitted.owner, contentOf(part)).catch(refuse);
    return {
      dossier,
      as: admitted.as,
      attachment: { ...stored, name: displayName(part.filename) },
    };
  }
}

interface Received {
  readonly dossier: string;
  readonly as: Attacher;
  readonly attachment: Attachment;
}

const dossierFirst = malformed('malformed-form', {
  zh: '请先给出 dossier 字段，再给文件。',
  en: 'Send the field `dossier` before the file.',
});

const unknownField = malformed('malformed-form', {
  zh: '表单只接受 dossier 字段和一个文件。',
  en: 'The form takes the field `dossier` and one file.',
});

const noFile = malformed('malformed-form', { zh: '没有收到文件。', en: 'There was no file.' });

/** A name to show and to save under; it never names a place in a file system. */
function displayName(name: string): string {
  const last = basename(name.replaceAll('\\', '/'));
  const printable = last.replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cn}"*:<>?|/]/gu, '').trim();
  return [...(printable === '' || /^\.+$/.test(printable) ? 'file' : printable)]
    .slice(0, 120)
    .join('');
}

function refuse(error: unknown): never {
  if (!(error instanceof UnacceptableEvidence)) throw error;
  switch (error.reason) {
    case 'too-large':
      throw new Problem(413, 'evidence-too-large', {
        zh: '文件太大，请压缩或降低扫描分辨率后再上传。',
        en: 'The file is too large; compress it or scan at a lower resolution.',
      });
    case 'unknown-type':
      throw new Problem(415, 'evidence-type-unsupported', {
        zh: '只接受 PDF、JPEG、PNG 文件（按内容而非文件名判断）。',
        en: 'Only PDF, JPEG and PNG are taken, judged by content and not by name.',
      });
    case 'damaged':
    case 'empty':
      throw new Problem(400, 'evidence-damaged', {
        zh: '文件为空或不完整，请重新扫描上传。',
        en: 'The file is empty or cut off; scan and upload it again.',
      });
  }
}
