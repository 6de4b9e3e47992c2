import { setTimeout as sleep } from 'node:timers/promises';

import type { Clock } from './clock';
import type { Instant } from './instant';

export interface RecurringOptions {
  /** Between two looks, in milliseconds. Default 1,000. */
  readonly pause?: number;
  /** Told what a look failed with; the next one tries again. Must not throw. */
  readonly onFailure?: (error: unknown) => void;
}

/** Looks again and again whether something is due, and at once when the clock is moved. */
export class Recurring {
  #stopping = new AbortController();
  #running: Promise<void> | null = null;

  constructor(
    private readonly clock: Clock,
    private readonly look: (now: Instant, stopping: AbortSignal) => Promise<void>,
    private readonly options: RecurringOptions = {},
  ) {}

  /** Does nothing while it runs. */
  start(): void {
    if (this.#running !== null) return;
    this.#stopping = new AbortController();
    this.#running = this.#run(this.#stopping.signal);
  }

  /** Resolves once the look at work is over. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
    this.#running = null;
  }

  async #run(stopping: AbortSignal): Promise<void> {
    const over = (): boolean => stopping.aborted;
    while (!over()) {
      // Made anew each time: signals derived from one that lives long pile up in Node 20.
      const woken = new AbortController();
      const wake = (): void => {
        woken.abort();
      };
      // Listens while it looks: a move during a look is followed by another one.
      const forget = this.clock.onMove(wake);
      stopping.addEventListener('abort', wake);
      try {
        await this.look(this.clock.now(), stopping);
      } catch (error) {
        if (!over()) this.options.onFailure?.(error);
      }
      // By the monotonic timer: a clock that is set back must not make the next look hours away.
      const options = { signal: woken.signal, ref: false };
      await sleep(this.options.pause ?? 1_000, undefined, options).catch(() => undefined);
      forget();
      stopping.removeEventListener('abort', wake);
    }
  }
}
