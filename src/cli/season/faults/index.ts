import { abilityFaults } from './ability';
import { achievementFaults } from './achievements';
import type { Fault } from './fault';
import { historyFaults } from './history';
import { identityFaults } from './identity';
import { meritFaults } from './merits';
import { qualificationFaults } from './qualification';
import { recordFaults } from './records';
import { representativeWorkFaults } from './representative-works';
import { scanFaults } from './scans';
import { summaryFaults } from './summary';

export type { Broken, Fault } from './fault';
export { scanOf, type Sound } from './sound';

/** Every mistake the season makes on purpose, and some that only look like one. */
export const faults: readonly Fault[] = [
  ...identityFaults,
  ...qualificationFaults,
  ...historyFaults,
  ...abilityFaults,
  ...achievementFaults,
  ...representativeWorkFaults,
  ...meritFaults,
  ...recordFaults,
  ...summaryFaults,
  ...scanFaults,
];
