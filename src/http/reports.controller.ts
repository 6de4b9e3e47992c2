import { Controller, Get, Headers, Param, Query, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiOkResponse, ApiParam, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';

import { AskReport } from '../application/report-queries';
import type { RequestContext } from '../application/request';
import { reportCounters, reports } from '../projections/reports';
import { given, organisationOf } from './answers';
import { csvOf } from './csv';
import { Context, Language, ReadsFrom, Roles } from './decorators';
import { ReportDto } from './dto/report.dto';
import { contentLanguage, type Language as Spoken } from './language';
import { prefersCsv } from './media-range';
import { notFound, Problem, refusal } from './problem';
import { csvRows, listed, told, type ReportListed, type ReportTold } from './report-answers';
import { csvExample, jsonExample } from './report-examples';

const names = reports.map(({ name }) => name);

@ApiTags('reports')
@ApiBearerAuth()
@Roles('unit-reviewer', 'supervisor', 'title-office', 'auditor', 'administrator')
@Controller('v1/reports')
export class ReportsController {
  constructor(private readonly queries: QueryBus) {}

  /** The reports there are, with what each can be grouped by and narrowed to */
  @Get()
  list(@Language() language: Spoken): { readonly items: readonly ReportListed[] } {
    return { items: reports.map((report) => listed(report, language)) };
  }

  /** One report on an organisation's jurisdiction, as JSON or, by `Accept: text/csv`, for spreadsheets */
  @Get(':report')
  @ApiParam({ name: 'report', enum: names })
  @ApiOkResponse({
    description:
      'Of people the caller may not look up one by one, small groups are `"<5"` and what rests on them is `"*"`; see docs/reports.md.',
    content: {
      'application/json': { schema: { type: 'object' }, example: jsonExample },
      'text/csv': { schema: { type: 'string' }, example: csvExample },
    },
  })
  @ReadsFrom(reportCounters)
  async ask(
    @Param('report') name: string,
    @Query() { round, ...narrowed }: ReportDto,
    @Context() { caller, arrivedAt }: RequestContext,
    @Language() language: Spoken,
    @Headers('accept') accept: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ReportTold | string> {
    const organisation = organisationOf(caller);
    const asked = { round, ...given(narrowed) };
    const outcome = await this.queries.execute(
      new AskReport(name, asked, caller, organisation, arrivedAt),
    );
    switch (outcome.kind) {
      case 'unknown':
        throw notFound();
      case 'malformed':
        throw refusal(outcome.findings);
      case 'outside':
        throw outside;
      case 'answered': {
        const report = told(outcome.answer, language);
        reply.headers({
          vary: 'Accept, Accept-Language',
          'content-language': contentLanguage[language],
        });
        return prefersCsv(accept) ? asCsv(report, language, reply) : report;
      }
    }
  }
}

function asCsv(report: ReportTold, language: Spoken, reply: FastifyReply): string {
  const { title, round, asOf } = report;
  const latin = `${report.report}-${round}-${asOf}.csv`;
  const spoken = encodeURIComponent(`${title}-${round}-${asOf}.csv`);
  reply.headers({
    'content-type': 'text/csv; charset=utf-8; header=present',
    'content-disposition': `attachment; filename="${latin}"; filename*=UTF-8''${spoken}`,
  });
  return csvOf(csvRows(report, language));
}

const outside = new Problem(403, 'outside-jurisdiction', {
  zh: '该单位不在您的管辖范围内。',
  en: 'The organisation is not in your jurisdiction.',
});
