import { Inject, Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';

import type { Clock } from '../engine/clock';
import type { Organisation } from '../organisations/organisation';

import { filingWindow, isAfter, type Policy } from '../rounds/policy';
import { policy2022 } from '../rounds/policy-2022';
import { inForce } from '../rounds/rounds';
import organisations from '../sample/organisations.json';
import { practicePolicy, practiceRound } from '../sample/practice-round';
import { DescribeOrganisation } from './organisation-commands';
import { CLOCK } from './ports';
import { ReferenceData } from './reference-data';
import { ChangeRound } from './round-commands';
import type { SystemProcess } from './request';

const model = policy2022;

/** What a first start needs to be tried at once: organisations, the 2022 round, a round open today. */
@Injectable()
export class SampleData {
  constructor(
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly reference: ReferenceData,
    private readonly commands: CommandBus,
  ) {}

  async provide({ practice }: { readonly practice: boolean }): Promise<void> {
    const by: SystemProcess = { process: 'sample-data', arrivedAt: this.clock.now() };
    const known = await this.reference.organisations();
    for (const organisation of organisations as Organisation[]) {
      if (known.has(organisation.id)) continue;
      await this.commands.execute(new DescribeOrganisation(organisation, by));
    }
    if (!(await this.reference.rounds()).has(model.round)) {
      await this.publish(model, by);
    }
    if (practice) await this.openPracticeRound(by);
  }

  /** Moves the practice round to today again where it has closed meanwhile. */
  private async openPracticeRound(by: SystemProcess): Promise<void> {
    const current = inForce(await this.reference.rounds(), practiceRound);
    const policy = practicePolicy(model, by.arrivedAt);
    if (current === undefined) {
      await this.publish(policy, by);
    } else if (isAfter(filingWindow(current.policy), by.arrivedAt)) {
      const reason = '练习轮移至今日';
      await this.commands.execute(new ChangeRound({ type: 'CorrectPolicy', policy, reason }, by));
    }
  }

  private async publish(policy: Policy, by: SystemProcess): Promise<void> {
    const reason = `发布${policy.title}`;
    await this.commands.execute(new ChangeRound({ type: 'PublishRound', policy, reason }, by));
  }
}
