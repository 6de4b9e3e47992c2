import { Inject, Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';

import { dossierAggregate, roundOf, streamOf } from '../dossier/stream';
import type { EventMetadata, EventStore, RecordedEvent } from '../engine/event-store';
import { execute, fold } from '../engine/execute';
import { caseAggregate, caseStreams } from '../falsification/case';
import { bar, standingAggregate } from '../falsification/standing';
import { barFor } from '../rules/standing';
import { ActOnDossier } from './dossier-commands';
import { FactFinder } from './facts';
import { EVENT_STORE } from './ports';
import { Standings } from './standings';

const process = 'falsification-consequences';

/**
 * What follows an upheld case (四(一)16): the person is barred, under the account and the ID number, and the
 * dossier closed or its title withdrawn. Each step changes nothing when it is taken again.
 */
@Injectable()
export class FalsificationConsequences {
  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    private readonly standings: Standings,
    private readonly factFinder: FactFinder,
    private readonly commands: CommandBus,
  ) {}

  /** Takes any event of the log; acts on decisions only. */
  async react({ stream, type, metadata }: RecordedEvent): Promise<void> {
    if (type !== 'FalsificationCaseDecided') return;
    const found = fold(caseAggregate, await this.store.read(stream));
    if (found.status !== 'decided' || !found.decision.upheld) return;
    const { dossier } = found.facts;
    const falsificationCase = stream.slice(caseStreams.length);
    await this.barPerson(dossier, falsificationCase, metadata);
    await this.commands.execute(
      new ActOnDossier(
        dossier,
        { type: 'Falsify', falsificationCase },
        { process, arrivedAt: metadata.at },
      ),
    );
  }

  private async barPerson(
    dossier: string,
    falsificationCase: string,
    { at, jurisdiction, person, policyVersion }: EventMetadata,
  ): Promise<void> {
    const state = fold(dossierAggregate, await this.store.read(streamOf(dossier)));
    const policy = (await this.factFinder.policy(roundOf(dossier) ?? ''))?.policy;
    if (state.status === 'unopened' || policy === undefined) return;
    const data = { ...barFor(policy), falsificationCase };
    // By what was filed: what the applicant has written into the draft since proves nothing of anybody.
    const filed = state.file.submissions.map(({ content }) => content);
    for (const stream of this.standings.streamsOf(state.file.applicant, filed)) {
      await execute(this.store, standingAggregate, {
        stream,
        identity: null,
        ifRevision: null,
        mayKnow: () => true,
        decide: (standing) => Promise.resolve({ accepted: bar(standing, data) }),
        metadata: () => ({
          at,
          actor: { kind: 'system', process },
          address: null,
          command: null,
          policyVersion,
          person,
          jurisdiction,
        }),
      });
    }
  }
}
