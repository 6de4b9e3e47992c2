/** As many keys as are remembered; of more, those are forgotten that were not used for longest. */
const mostKeys = 50_000;
const minute = 60_000;

/**
 * An allowance for each key: so many a minute, given out evenly; what is not used adds up to that of one
 * minute, so that a burst passes and whoever used it up waits for moments, not for the minute's end
 * (the generic cell rate algorithm, one number a key).
 */
export class RateLimiter {
  /** When the allowance of a key will be whole again; the key used last stands last. */
  readonly #wholeAt = new Map<string, number>();
  readonly #interval: number;

  /**
   * @param perMinute above 0
   * @param now milliseconds of a clock that never goes back
   */
  constructor(
    perMinute: number,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.#interval = minute / perMinute;
  }

  /** Takes one from the key's allowance and answers 0; or milliseconds until there is one to take. */
  take(key: string): number {
    const now = this.now();
    const wholeAt = Math.max(this.#wholeAt.get(key) ?? now, now) + this.#interval;
    const wait = wholeAt - now - minute;
    if (wait > 0) return wait;
    this.#wholeAt.delete(key);
    this.#wholeAt.set(key, wholeAt);
    if (this.#wholeAt.size > mostKeys) this.#forgetOldest();
    return 0;
  }

  get size(): number {
    return this.#wholeAt.size;
  }

  #forgetOldest(): void {
    const oldest = this.#wholeAt.keys().next();
    if (oldest.done !== true) this.#wholeAt.delete(oldest.value);
  }
}
