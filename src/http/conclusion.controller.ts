import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';

import type { RequestContext } from '../application/request';
import type { DossierCommand } from '../dossier/commands';
import { parseInstant } from '../engine/instant';
import type { CommandAnswer } from './answers';
import { Context, Language, Roles } from './decorators';
import { DossierActs } from './dossier-acts';
import { DefenceDto, DefenceOutcomeDto, FeeDto, PrintedFormsDto } from './dto/conclusion.dto';
import { malformed } from './problem';
import { afterTold, type LocalisedFinding } from './problem-document';

type Concluded = CommandAnswer & {
  readonly after: ReturnType<typeof afterTold> | null;
  readonly warnings: readonly LocalisedFinding[];
};

type Part = 'fee' | 'printedForms' | 'defenceOutcome';

@ApiTags('after acceptance')
@ApiBearerAuth()
@Controller('v1/dossiers/:id')
export class ConclusionController {
  constructor(private readonly acts: DossierActs) {}

  /** Receipt of the review fee (评审费) */
  @Post('fee')
  @Roles('unit-reviewer', 'supervisor', 'title-office')
  fee(
    @Param('id') id: string,
    @Body() { amount }: FeeDto,
    @Context() context: RequestContext,
    @Language() language: 'zh' | 'en',
  ): Promise<Concluded> {
    return this.conclude(id, { type: 'ReceiveFee', amount }, context, { language, part: 'fee' });
  }

  /** Receipt of the printed evaluation forms (评审表) */
  @Post('printed-forms')
  @Roles('unit-reviewer', 'supervisor', 'title-office')
  printedForms(
    @Param('id') id: string,
    @Body() { copies }: PrintedFormsDto,
    @Context() context: RequestContext,
    @Language() language: 'zh' | 'en',
  ): Promise<Concluded> {
    const command = { type: 'ReceivePrintedForms', copies } as const;
    return this.conclude(id, command, context, { language, part: 'printedForms' });
  }

  /** Appoint the oral defence (答辩) */
  @Post('defence')
  @Roles('title-office')
  defence(
    @Param('id') id: string,
    @Body() { defenceAt, meeting }: DefenceDto,
    @Context() context: RequestContext,
    @Language() language: 'zh' | 'en',
  ): Promise<Concluded> {
    const at = parseInstant(defenceAt);
    if (at === undefined) {
      throw malformed('instant-malformed', {
        zh: 'defenceAt 须为带时区的时间，如 2022-10-12T10:30:00+08:00。',
        en: 'defenceAt is an instant with its offset, like 2022-10-12T10:30:00+08:00.',
      });
    }
    const command = { type: 'ScheduleDefence', defenceAt: at, meeting } as const;
    return this.conclude(id, command, context, { language, part: null });
  }

  /** Outcome of the defence; absent without cause is a veto */
  @Post('defence/outcome')
  @Roles('title-office')
  defenceOutcome(
    @Param('id') id: string,
    @Body() { attended, cause = null, minutes = null, passed = false }: DefenceOutcomeDto,
    @Context() context: RequestContext,
    @Language() language: 'zh' | 'en',
  ): Promise<Concluded> {
    const command = { type: 'ConcludeDefence', attended, cause, minutes, passed } as const;
    return this.conclude(id, command, context, { language, part: 'defenceOutcome' });
  }

  private async conclude(
    id: string,
    command: DossierCommand,
    context: RequestContext,
    shown: { readonly language: 'zh' | 'en'; readonly part: Part | null },
  ): Promise<Concluded> {
    const { answer, state } = await this.acts.act(id, command, context);
    const after = state.status === 'accepted' ? afterTold(state.after, shown.language) : null;
    return { ...answer, after, warnings: (shown.part && after?.[shown.part]?.warnings) ?? [] };
  }
}
