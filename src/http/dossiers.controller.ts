import { Body, Controller, Get, Inject, Param, Post, Put, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiBody, ApiTags } from '@nestjs/swagger';

import { DossierIds } from '../application/dossier-ids';
import { GetDossier, Precheck, type AsOf } from '../application/dossier-queries';
import { ListDossiers } from '../application/list-queries';
import { CLOCK } from '../application/ports';
import type { RequestContext } from '../application/request';
import { isSectionName, sectionNames, sections, type SectionName } from '../dossier/sections';
import type { Clock } from '../engine/clock';
import type { Json } from '../engine/event-store';
import { parseInstant } from '../engine/instant';
import { caseload } from '../projections/caseload';
import type { DossierSummary } from '../projections/dossier-summary';
import { dossiers } from '../projections/dossiers';
import { blocks } from '../rules/finding';
import type { CountedEntry } from '../rules/materials';
import { CommandAnswer, decodeCursor, given, pageOf, type Page } from './answers';
import { Context, Language, LocatedBy, ReadsFrom, Roles } from './decorators';
import { DossierActs } from './dossier-acts';
import { ExplanationDto, OpenDossierDto, WithdrawDto } from './dto/dossier.dto';
import { AsOfDto, DossierListDto } from './dto/query.dto';
import { afterTold, localised, told, type LocalisedFinding } from './problem-document';
import { notFound, Problem } from './problem';

/** What a saved section answers: it is saved, and nothing was submitted by it. */
class SectionSaved extends CommandAnswer {
  /** @example "education" */
  section!: string;
  /** @example false */
  submitted!: boolean;
  /** @example "已保存为草稿，尚未提交；提交请使用 submissions。" */
  notice!: string;
}

type PrecheckedEntry = Omit<CountedEntry, 'label' | 'reason'> & {
  readonly label: string;
  readonly reason: string | null;
};

class PrecheckAnswer {
  /** Whether a submission would be taken now; asking uses up nothing. */
  ok!: boolean;
  findings!: LocalisedFinding[];
  /** Entries of abilities and achievements: which count, and why the others do not. */
  entries!: PrecheckedEntry[];
  revision!: number;
}

const exampleSection = {
  entries: [{ level: 'bachelor', school: '新疆农业大学', major: '水利水电工程' }],
};

@ApiTags('dossiers')
@ApiBearerAuth()
@Controller('v1/dossiers')
export class DossiersController {
  constructor(
    private readonly acts: DossierActs,
    private readonly queries: QueryBus,
    private readonly ids: DossierIds,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Open a dossier, or open a withdrawn or closed one again */
  @Post()
  @LocatedBy('id')
  @Roles('applicant')
  async open(
    @Body() { round, reviewRoute = null, ...chosen }: OpenDossierDto,
    @Context() context: RequestContext,
  ): Promise<CommandAnswer & { readonly id: string }> {
    const id = this.ids.of(round, context.caller.subject);
    const choice = { ...chosen, reviewRoute };
    const { answer } = await this.acts.act(id, { type: 'OpenDossier', choice }, context);
    return { id, ...answer };
  }

  /** The caller's own dossiers, or those in its organisation's jurisdiction */
  @Get()
  @ReadsFrom(dossiers, caseload)
  async list(
    @Query() { limit, cursor, scope, ...filter }: DossierListDto,
    @Context() { caller }: RequestContext,
  ): Promise<Page<DossierSummary>> {
    const page = { limit, after: decodeCursor(cursor) };
    return pageOf(
      await this.queries.execute(new ListDossiers(caller, scope === 'own', given(filter), page)),
    );
  }

  /** The dossier now, or as it stood at a revision or an instant */
  @Get(':id')
  async get(
    @Param('id') id: string,
    @Query() { asOf }: AsOfDto,
    @Context() { caller }: RequestContext,
    @Language() language: 'zh' | 'en',
  ) {
    const view = await this.queries.execute(new GetDossier(id, caller, parseAsOf(asOf)));
    if (view === undefined) throw notFound();
    return {
      ...view,
      submissions: view.submissions.map((filing) => told(filing, language)),
      after: view.after && afterTold(view.after, language),
    };
  }

  /** One section: the applicant's draft, or what was last filed */
  @Get(':id/sections/:section')
  async section(
    @Param('id') id: string,
    @Param('section') name: string,
    @Query() { asOf }: AsOfDto,
    @Context() { caller }: RequestContext,
  ) {
    const section = knownSection(name);
    const view = await this.queries.execute(new GetDossier(id, caller, parseAsOf(asOf)));
    if (view === undefined) throw notFound();
    const { title, clause } = sections[section];
    const content = view.content.sections[section] ?? null;
    return { dossier: id, section, title, clause, content, revision: view.revision };
  }

  /** Save one section of the draft; saving submits nothing */
  @Put(':id/sections/:section')
  @Roles('applicant')
  @ApiBody({ schema: { type: 'object', example: exampleSection } })
  async save(
    @Param('id') id: string,
    @Param('section') name: string,
    @Body() content: Json,
    @Context() context: RequestContext,
    @Language() language: 'zh' | 'en',
  ): Promise<SectionSaved> {
    const section = knownSection(name);
    const { answer } = await this.acts.act(id, { type: 'SaveSection', section, content }, context);
    const notice = {
      zh: '已保存为草稿，尚未提交；提交请使用 submissions。',
      en: 'Saved as a draft and not submitted; submitting is POST submissions.',
    };
    return { ...answer, section, submitted: false, notice: notice[language] };
  }

  /** What a submission would be refused or warned for now; uses up nothing */
  @Get(':id/precheck')
  @Roles('applicant')
  async precheck(
    @Param('id') id: string,
    @Context() { caller }: RequestContext,
    @Language() language: 'zh' | 'en',
  ): Promise<PrecheckAnswer> {
    const found = await this.queries.execute(new Precheck(id, caller, this.clock.now()));
    if (found === undefined) throw notFound();
    const { findings, entries, revision } = found;
    return {
      ok: !blocks(findings),
      findings: localised(findings, language),
      entries: entries.map(({ label, reason, ...entry }) => ({
        ...entry,
        label: label[language],
        reason: reason && reason[language],
      })),
      revision,
    };
  }

  /** Answer one reason of the return in hand by an explanation */
  @Put(':id/returns/latest/reasons/:reason/explanation')
  @Roles('applicant')
  async explain(
    @Param('id') id: string,
    @Param('reason') number: string,
    @Body() { explanation }: ExplanationDto,
    @Context() context: RequestContext,
  ): Promise<CommandAnswer> {
    const reason = /^[1-9]\d{0,2}$/.test(number) ? Number(number) : undefined;
    if (reason === undefined) throw notFound();
    return (await this.acts.act(id, { type: 'ExplainReason', reason, explanation }, context))
      .answer;
  }

  /** Withdraw; what was filed stays counted */
  @Post(':id/withdrawal')
  @Roles('applicant')
  async withdraw(
    @Param('id') id: string,
    @Body() { reason = '' }: WithdrawDto,
    @Context() context: RequestContext,
  ): Promise<CommandAnswer> {
    return (await this.acts.act(id, { type: 'Withdraw', reason }, context)).answer;
  }
}

function knownSection(name: string): SectionName {
  if (isSectionName(name)) return name;
  throw new Problem(404, 'unknown-section', {
    zh: `没有这个栏目，可用：${sectionNames.join('、')}。`,
    en: `There is no such section; there are: ${sectionNames.join(', ')}.`,
  });
}

function parseAsOf(text: string | undefined): AsOf | null {
  if (text === undefined) return null;
  if (/^\d{1,9}$/.test(text)) return { revision: Number(text) };
  // A plus sign in a query that was not escaped arrives as a space.
  const instant = parseInstant(text.replace(' ', '+'));
  if (instant !== undefined) return { instant };
  throw new Problem(400, 'as-of-malformed', {
    zh: 'asOf 须为版本号，或带时区的时间，如 2022-08-20T12:00:00+08:00。',
    en: 'asOf is a revision or an instant with its offset, like 2022-08-20T12:00:00+08:00.',
  });
}
