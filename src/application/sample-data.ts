import { Inject, Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';

import type { Clock } from '../engine/clock';
import type { Organisation } from '../organisations/organisation';
import { filingWindow, isAfter, type Policy } from '../rounds/policy';
import { policy2022 } from '../rounds/policy-2022';
import { inForce } from '../rounds/rounds';
import organisations from '../sample/organisations.json';
import { practicePolicy } from '../sample/practice-round';
import { DescribeOrganisation } from './organisation-commands';
import { checkPolicy } from './policy-validator';
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

  /** @throws Error where a bundled round is refused as a posted one would be */
  async provide({ practice }: { readonly practice: boolean }): Promise<void> {
    const by: SystemProcess = { process: 'sample-data', arrivedAt: this.clock.now() };
    const known = await this.reference.organisations();
    for (const organisation of organisations as Organisation[]) {
      if (known.has(organisation.id)) continue;
      await this.commands.execute(new DescribeOrganisation(organisation, by));
    }
    await this.keep(model, () => false, by);
    if (practice) {
      const hasClosed = (policy: Policy) => isAfter(filingWindow(policy), by.arrivedAt);
      await this.keep(practicePolicy(model, by.arrivedAt), hasClosed, by);
    }
  }

  /**
   * Publishes the round, or corrects it where its time is over or where its policy, from an earlier release,
   * lacks what today's rules go by.
   */
  private async keep(
    policy: Policy,
    isOver: (current: Policy) => boolean,
    by: SystemProcess,
  ): Promise<void> {
    const { round, title } = policy;
    const current = inForce(await this.reference.rounds(), round)?.policy;
    if (current === undefined) {
      await this.change(null, policy, `发布${title}`, by);
    } else if (isOver(current)) {
      await this.change(round, policy, '练习轮移至今日', by);
    } else if ('findings' in checkPolicy(current)) {
      await this.change(round, policy, '补充本版程序所需的参数', by);
    }
  }

  private async change(
    round: string | null,
    policy: Policy,
    reason: string,
    by: SystemProcess,
  ): Promise<void> {
    const outcome = await this.commands.execute(new ChangeRound(round, policy, reason, by));
    if (outcome.kind !== 'refused') return;
    // Another instance that starts at the same time may have been first.
    if (round === null && inForce(await this.reference.rounds(), policy.round) !== undefined)
      return;
    const findings = outcome.refused.map(({ pointer, message }) => `${pointer}: ${message.en}`);
    throw new Error(`the bundled round ${policy.round} is refused\n${findings.join('\n')}`);
  }
}
