import { Injectable } from '@nestjs/common';

import type { Facts } from '../dossier/decision';
import type { Dossier } from '../dossier/dossier';
import { reviewChain } from '../organisations/tree';
import { inForce, type PolicyVersion } from '../rounds/rounds';
import { ReferenceData } from './reference-data';
import { Standings } from './standings';

/** Gathers what a decision is made from: the tree, the policy in force, the person's standing. */
@Injectable()
export class FactFinder {
  constructor(
    private readonly reference: ReferenceData,
    private readonly standings: Standings,
  ) {}

  async policy(round: string): Promise<PolicyVersion | undefined> {
    return inForce(await this.reference.rounds(), round);
  }

  /** As things stand now: a filing goes the way that is right when it is filed. */
  async about(
    state: Dossier,
    given: Pick<Facts, 'now' | 'actor' | 'round' | 'policy'>,
    chosenUnit?: string,
  ): Promise<Facts> {
    const tree = await this.reference.organisations();
    const filed = state.status === 'unopened' ? undefined : state.file;
    const unit = chosenUnit ?? filed?.content.choice.organisation ?? '';
    return {
      ...given,
      unit: tree.get(unit),
      chain: reviewChain(tree, unit),
      bars: await this.standings.bars(filed?.applicant ?? given.actor.subject, state),
    };
  }
}
