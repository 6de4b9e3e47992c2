import type { EventStore } from './event-store';
import { fold, type Aggregate, type DomainEvent } from './execute';

/**
 * A small stream that every command looks at (rounds, organisations), kept folded: each look reads
 * only what was added since the last, so that a change counts for the very next command.
 */
export class LiveAggregate<State, Event extends DomainEvent> {
  private state: State;
  private revision = -1;

  constructor(
    private readonly store: EventStore,
    private readonly stream: string,
    private readonly aggregate: Aggregate<State, Event>,
  ) {
    this.state = aggregate.initial;
  }

  async current(): Promise<State> {
    const read = await this.store.read(this.stream, this.revision + 1);
    // Two looks may overlap: whoever comes second has nothing to add.
    const added = read.filter(({ revision }) => revision > this.revision);
    this.state = fold(this.aggregate, added, this.state);
    this.revision = added.at(-1)?.revision ?? this.revision;
    return this.state;
  }
}
