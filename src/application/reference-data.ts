import { Inject, Injectable } from '@nestjs/common';

import type { EventStore } from '../engine/event-store';
import { LiveAggregate } from '../engine/live-aggregate';
import {
  organisationsStream,
  treeAggregate,
  type OrganisationEvent,
  type OrganisationTree,
} from '../organisations/tree';
import { roundsAggregate, roundsStream, type RoundEvent, type Rounds } from '../rounds/rounds';
import { EVENT_STORE } from './ports';

/** Rounds and organisations as they stand now: what every decision looks up. */
@Injectable()
export class ReferenceData {
  private readonly liveRounds: LiveAggregate<Rounds, RoundEvent>;
  private readonly liveTree: LiveAggregate<OrganisationTree, OrganisationEvent>;

  constructor(@Inject(EVENT_STORE) store: EventStore) {
    this.liveRounds = new LiveAggregate(store, roundsStream, roundsAggregate);
    this.liveTree = new LiveAggregate(store, organisationsStream, treeAggregate);
  }

  rounds(): Promise<Rounds> {
    return this.liveRounds.current();
  }

  organisations(): Promise<OrganisationTree> {
    return this.liveTree.current();
  }
}
