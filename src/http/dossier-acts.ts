import { Injectable } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';

import { ActOnDossier } from '../application/dossier-commands';
import { GetDossier } from '../application/dossier-queries';
import type { RequestContext } from '../application/request';
import type { DossierCommand } from '../dossier/commands';
import type { OpenedDossier } from '../dossier/dossier';
import type { DossierView } from '../projections/dossier-view';
import { accepted, commandAnswer, opened, type CommandAnswer } from './answers';
import { notFound } from './problem';

/** What the controllers do with a dossier: act on it, or look at it. Throws the Problem to answer with. */
@Injectable()
export class DossierActs {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  async act(
    id: string,
    command: DossierCommand,
    context: RequestContext,
  ): Promise<{ readonly answer: CommandAnswer; readonly state: OpenedDossier }> {
    const outcome = accepted(await this.commands.execute(new ActOnDossier(id, command, context)));
    return { answer: commandAnswer(id, outcome), state: opened(outcome.state) };
  }

  async look(id: string, { caller }: RequestContext): Promise<DossierView> {
    const view = await this.queries.execute(new GetDossier(id, caller, null));
    if (view === undefined) throw notFound();
    return view;
  }
}
