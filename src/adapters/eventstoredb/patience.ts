import { setTimeout as sleep } from 'node:timers/promises';
import { isLasting, NoAnswer } from './failures';

/** Longest wait before the next try: random up to `base` milliseconds, doubled with each failure until `cap`. */
export interface Backoff {
  readonly base: number;
  readonly cap: number;
}

/** The randomness keeps many callers from coming back at the same instant. */
export function pauseAfter(failures: number, { base, cap }: Backoff): number {
  return Math.random() * Math.min(cap, base * 2 ** (failures - 1));
}

/** Tries again what failed for a passing reason, until the time is over; then rejects with the last failure. */
export async function persist<T>(
  attempt: () => Promise<T>,
  milliseconds: number,
  backoff: Backoff,
): Promise<T> {
  const end = performance.now() + milliseconds;
  for (let failures = 1; ; failures += 1) {
    try {
      return await attempt();
    } catch (error) {
      const pause = pauseAfter(failures, backoff);
      if (isLasting(error) || performance.now() + pause >= end) throw error;
      await sleep(pause);
    }
  }
}

/** Rejects with {@link NoAnswer} once the time is over, and leaves the call to itself. */
export async function answered<T>(call: Promise<T>, milliseconds: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const timeOver = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new NoAnswer(milliseconds));
    }, milliseconds);
  });
  try {
    return await Promise.race([call, timeOver]);
  } finally {
    clearTimeout(timer);
  }
}
