import type { EventStore, NewEvent } from '../../src/engine/event-store';

/** Stands before a log and, while closed, lets no event of the chosen type through. */
export class Gate {
  #opened: Promise<void> = Promise.resolve();
  #open = (): void => undefined;

  constructor(private readonly type: string) {}

  close(): void {
    this.#opened = new Promise((resolve) => {
      this.#open = resolve;
    });
  }

  open(): void {
    this.#open();
  }

  /** The log behind the gate. */
  before(log: EventStore): EventStore {
    const isHeld = (events: readonly NewEvent[]) => events.some(({ type }) => type === this.type);
    return {
      read: (stream, from) => log.read(stream, from),
      append: async (stream, events, expected) => {
        if (isHeld(events)) await this.#opened;
        return log.append(stream, events, expected);
      },
      subscribe: (after, options) => log.subscribe(after, options),
      head: () => log.head(),
      close: () => log.close(),
    };
  }
}
