import notice from './2022.json';
import conditions from './conditions.json';
import type { Policy } from './policy';

/** The policy the round of 2022 is first published with. */
export const policy2022 = { ...notice, conditions } as Policy;
