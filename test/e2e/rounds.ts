import type { Policy } from '../../src/rounds/policy';
import { policy2022 } from '../../src/rounds/policy-2022';
import { practicePolicy } from '../../src/sample/practice-round';

/** The round of a later year: that of 2022 with every day and year moved. */
export function roundOf(year: number): Policy {
  const moved = practicePolicy(policy2022, `${year}-08-25T09:00:00.000+08:00`);
  return { ...moved, round: String(year), title: `${year}年度自治区工程水利专业职称评审` };
}
