import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';

import type { EventStore } from '../engine/event-store';
import { execute, type Outcome } from '../engine/execute';
import type { Organisation } from '../organisations/organisation';
import {
  decideTree,
  organisationsStream,
  superiors,
  treeAggregate,
  type OrganisationEvent,
  type OrganisationTree,
} from '../organisations/tree';
import type { Finding } from '../rules/finding';
import { originOf } from './origin';
import { EVENT_STORE } from './ports';
import type { RequestContext, SystemProcess } from './request';

export type TreeOutcome = Outcome<OrganisationTree, OrganisationEvent, readonly Finding[]>;

/** Registers an organisation, or describes a registered one anew. */
export class DescribeOrganisation extends Command<TreeOutcome> {
  constructor(
    readonly organisation: Organisation,
    readonly by: RequestContext | SystemProcess,
  ) {
    super();
  }
}

@CommandHandler(DescribeOrganisation)
export class DescribeOrganisationHandler implements ICommandHandler<DescribeOrganisation> {
  constructor(@Inject(EVENT_STORE) private readonly store: EventStore) {}

  execute({ organisation, by }: DescribeOrganisation): Promise<TreeOutcome> {
    const origin = originOf(by);
    return execute(this.store, treeAggregate, {
      stream: organisationsStream,
      identity: origin.command,
      ifRevision: null,
      mayKnow: () => true,
      decide: (tree) =>
        Promise.resolve(decideTree({ type: 'DescribeOrganisation', organisation }, tree)),
      metadata: (_event, _before, after) => ({
        ...origin,
        policyVersion: null,
        person: null,
        jurisdiction: superiors(after, organisation.id),
      }),
    });
  }
}
