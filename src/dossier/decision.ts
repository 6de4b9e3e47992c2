import type { Instant } from '../engine/instant';
import type { Organisation, ReviewChain } from '../organisations/organisation';
import type { Policy } from '../rounds/policy';
import { blocks, type Finding } from '../rules/finding';
import type { Reviewer } from '../rules/review';
import type { Bar } from '../rules/standing';
import type { DossierCommand } from './commands';
import type { DossierEvent } from './events';

/** What a decision is made from besides the dossier itself. */
export interface Facts {
  readonly now: Instant;
  readonly actor: Reviewer;
  readonly round: string;
  readonly policy: Policy;
  /** The unit the dossier goes through, as the organisation tree has it now; undefined where unknown. */
  readonly unit: Organisation | undefined;
  /** The unit's review chain; undefined where it has none. */
  readonly chain: ReviewChain | undefined;
  /** Bars on the person, under this account and under the ID number stated (四(一)16). */
  readonly bars: readonly Bar[];
}

/** Accepted with the events that follow (none where nothing changes), or refused with every finding. */
export type Decision =
  | { readonly accepted: readonly DossierEvent[]; readonly findings: readonly Finding[] }
  | { readonly refused: readonly Finding[] };

export type Command<Type extends DossierCommand['type']> = Extract<DossierCommand, { type: Type }>;

/** Accepts the events unless something blocks; what merely warns is passed on. */
export function unlessBlocked(
  findings: readonly Finding[],
  events: () => readonly DossierEvent[],
): Decision {
  return blocks(findings) ? { refused: findings } : { accepted: events(), findings };
}
