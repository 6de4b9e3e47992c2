import { fromEpoch, toEpoch, type Instant } from './instant';

/** The only source of "now": nothing else asks the machine for the time. */
export interface Clock {
  now(): Instant;
  /** Resolves to true when the clock reaches the instant, by running or by being moved; false when aborted. */
  sleepUntil(instant: Instant, signal: AbortSignal): Promise<boolean>;
  /** Calls the listener after each jump of the clock, not for its running; the answer unsubscribes. */
  onMove(listener: () => void): () => void;
}

/**
 * Longest single timer, in milliseconds. setTimeout fires at once beyond 2^31 - 1, and a timer does
 * not hear of a corrected wall clock: asking again each minute settles both.
 */
const longestTimer = 60_000;

abstract class RunningClock implements Clock {
  readonly #listeners = new Set<() => void>();

  /** Milliseconds since 1970, UTC. */
  protected abstract epoch(): number;

  now(): Instant {
    return fromEpoch(this.epoch());
  }

  onMove(listener: () => void): () => void {
    // Wrapped, so that a listener registered twice is two subscriptions.
    const subscription = (): void => {
      listener();
    };
    this.#listeners.add(subscription);
    return () => this.#listeners.delete(subscription);
  }

  sleepUntil(instant: Instant, signal: AbortSignal): Promise<boolean> {
    const due = toEpoch(instant);
    if (Number.isNaN(due)) return Promise.reject(new RangeError(`not an instant: ${instant}`));
    return new Promise((resolve) => {
      let timer: NodeJS.Timeout | undefined;
      const finish = (reached: boolean): void => {
        clearTimeout(timer);
        stopListening();
        signal.removeEventListener('abort', abort);
        resolve(reached);
      };
      const abort = (): void => {
        finish(false);
      };
      const check = (): void => {
        clearTimeout(timer);
        const rest = due - this.epoch();
        if (rest <= 0) finish(true);
        else timer = setTimeout(check, Math.min(rest, longestTimer)).unref();
      };
      const stopListening = this.onMove(check);
      signal.addEventListener('abort', abort);
      if (signal.aborted) abort();
      else check();
    });
  }

  protected tellListeners(): void {
    for (const listener of [...this.#listeners]) listener();
  }
}

/** The machine's clock. It is never moved. */
export class SystemClock extends RunningClock {
  protected override epoch(): number {
    return Date.now();
  }
}

/** Starts at a chosen instant and runs on with real time; may be moved forward, never back. */
export class SimulatedClock extends RunningClock {
  #origin: number;
  #movedAt = performance.now();

  constructor(start: Instant) {
    super();
    this.#origin = toEpoch(start);
    if (Number.isNaN(this.#origin)) throw new RangeError(`not an instant: ${start}`);
  }

  /** False, and nothing changes, where the instant lies in the clock's past or is none. */
  moveTo(instant: Instant): boolean {
    const target = toEpoch(instant);
    if (Number.isNaN(target) || target < this.epoch()) return false;
    this.#origin = target;
    this.#movedAt = performance.now();
    this.tellListeners();
    return true;
  }

  /** Counts on the monotonic timer, so that correcting the machine's clock never turns it back. */
  protected override epoch(): number {
    return Math.floor(this.#origin + performance.now() - this.#movedAt);
  }
}
