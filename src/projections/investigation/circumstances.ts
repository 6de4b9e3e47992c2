import type { Instant } from '../../engine/instant';
import type { Stage } from '../../organisations/organisation';
import type { Policy } from '../../rounds/policy';

/** What a timeline needs to know besides the events. */
export interface Circumstances {
  /** A version of the policy of the dossier's round. */
  readonly policyOf: (version: number | null) => Policy | undefined;
  /** What an organisation is called. */
  readonly nameOf: (organisation: string) => string;
}

/** How long a dossier had waited at the stage it left. */
export type Waited = {
  readonly stage: Stage['kind'];
  readonly since: Instant;
  readonly seconds: number;
  /** Of these, in office hours. */
  readonly officeSeconds: number;
};
