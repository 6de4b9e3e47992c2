import { conflict, type Finding } from '../rules/finding';

/** Where a policy contradicts itself; the pointer begins at the policy. */
export function contradiction(pointer: string, zh: string, en: string): Finding {
  return conflict({ code: 'policy-contradictory', pointer, zh, en });
}
