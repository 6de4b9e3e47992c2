import { SimulatedClock } from '../../src/engine/clock';
import { fromEpoch, toEpoch, type Instant } from '../../src/engine/instant';

/** Stands still until it is moved, so that a request meets the exact millisecond. */
export class HeldClock extends SimulatedClock {
  #at: number;
  constructor(start: Instant) {
    super(start);
    this.#at = toEpoch(start);
  }
  override moveTo(instant: Instant): boolean {
    this.#at = toEpoch(instant);
    this.tellListeners();
    return true;
  }
  protected override epoch(): number {
    return this.#at;
  }
}

export const justBefore = (instant: Instant): Instant => fromEpoch(toEpoch(instant) - 1);
export const justAfter = (instant: Instant): Instant => fromEpoch(toEpoch(instant) + 1);
