import { StoreUnavailable, type EventStore } from '../../src/engine/event-store';

/** What becomes of the next append, or of the next read. */
export type LogFault = 'append refused' | 'append unheard' | 'read refused';

const broken = (): StoreUnavailable => new StoreUnavailable('log', new Error('on purpose'));

/** Stands before a log and has it fail when it is told to. */
export class FaultyLog {
  #next: LogFault | null = null;

  failOnce(fault: LogFault): void {
    this.#next = fault;
  }

  /** What was still to fail will not. */
  heal(): void {
    this.#next = null;
  }

  before(log: EventStore): EventStore {
    return {
      read: (stream, from) =>
        this.#takes('read refused') ? Promise.reject(broken()) : log.read(stream, from),
      append: async (stream, events, expected) => {
        if (this.#takes('append refused')) throw broken();
        const isUnheard = this.#takes('append unheard');
        const appended = await log.append(stream, events, expected);
        if (isUnheard) throw broken();
        return appended;
      },
      subscribe: (after, options) => log.subscribe(after, options),
      head: () => log.head(),
      close: () => log.close(),
    };
  }

  #takes(fault: LogFault): boolean {
    if (this.#next !== fault) return false;
    this.#next = null;
    return true;
  }
}
