import type { Counted, Wanted } from './counting';
import { countLoad, countReturns, countTurnaround } from './recount-reviews';
import { countEvidence, countFalsification, countFees, countProgress } from './recount-standing';
import type { Log } from './stories';

const counters: Readonly<Record<string, (log: Log, wanted: Wanted) => Counted>> = {
  progress: countProgress,
  returns: countReturns,
  turnaround: countTurnaround,
  load: countLoad,
  fees: countFees,
  falsification: countFalsification,
  evidence: countEvidence,
};

/** Counts everything anew, from the raw log alone. */
export function recount(log: Log, wanted: Wanted): Counted {
  const counter = counters[wanted.report];
  if (counter === undefined) throw new Error(`no recount of ${wanted.report}`);
  const counted = counter(log, wanted);
  return wanted.by.length > 0 ? counted : new Map([['', counted.get('') ?? {}]]);
}
