import { monitorEventLoopDelay } from 'node:perf_hooks';

/** Milliseconds between two looks at the loop, and over which its delay is averaged. */
const between = 10;
const averagedOver = 500;

/** Tells how late the event loop was on average in the last half second, in milliseconds. */
export function watchLoopDelay(): () => number {
  const delays = monitorEventLoopDelay({ resolution: between });
  let average = 0;
  delays.enable();
  setInterval(() => {
    // What is recorded is the time between two looks.
    if (delays.count > 0) average = Math.max(0, delays.mean / 1e6 - between);
    delays.reset();
  }, averagedOver).unref();
  return () => average;
}
