import type { EventStore } from './event-store';
import { foldBatch } from './fold-batch';
import { LogFollower, type FollowerOptions, type Take } from './log-follower';
import type { Projection } from './projection';
import type { ReadModels } from './read-models';

export type { FollowerStatus as ProjectionStatus } from './log-follower';

/** Keeps one projection up with the log: each event is folded once, in order. */
export class ProjectionRunner extends LogFollower {
  constructor(
    projection: Projection,
    store: EventStore,
    readModels: ReadModels,
    options: FollowerOptions = {},
  ) {
    const take: Take = (from, events) => foldBatch(projection, readModels, from, events);
    super(projection, take, store, readModels, options);
  }
}
