import type { EventStore } from './event-store';
import type { Aggregate, DomainEvent } from './execute';

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
    const added = await this.store.read(this.stream, this.revision + 1);
    for (const event of added) {
      // Two looks may overlap: whoever comes second has nothing to add.
      if (event.revision !== this.revision + 1) continue;
      this.state = this.aggregate.evolve(this.state, this.aggregate.read(event));
      this.revision = event.revision;
    }
    return this.state;
  }
}
