import type { DossierCommand } from '../../src/dossier/commands';
import { decide } from '../../src/dossier/decide';
import type { Decision, Facts } from '../../src/dossier/decision';
import { evolve, unopened } from '../../src/dossier/dossier';
import type { DossierEvent } from '../../src/dossier/events';
import type { Instant } from '../../src/engine/instant';
import type { ReviewChain } from '../../src/organisations/organisation';
import type { Policy } from '../../src/rounds/policy';
import { blocks, type Finding } from '../../src/rules/finding';
import type { Reviewer } from '../../src/rules/review';
import { applicant, chain, inBothWindows, policy } from './dossier';

/*
 * Given the events of a dossier, at an instant, by a person, when a command comes, then events
 * follow or findings refuse it.
 */

/** What identifies a finding; `conflict(code)` for those no rule of the notice stands behind. */
export type Expected = Pick<Finding, 'code' | 'rule' | 'clause' | 'pointer'>;

export const conflict = (code: string, pointer = ''): Expected => ({
  code,
  rule: null,
  clause: null,
  pointer,
});

export const foldDossier = (events: readonly DossierEvent[]) => events.reduce(evolve, unopened);

/** Default: by the applicant, inside both windows, under the notice's policy, along the long chain. */
export function given(...history: readonly (DossierEvent | readonly DossierEvent[])[]): Scenario {
  return new Scenario(history.flat(), {
    now: inBothWindows,
    actor: applicant,
    policy,
    chain,
    round: '2022',
  });
}

class Scenario {
  constructor(
    private readonly history: readonly DossierEvent[],
    private readonly facts: Facts,
  ) {}

  at(now: Instant): Scenario {
    return new Scenario(this.history, { ...this.facts, now });
  }

  by(actor: Reviewer): Scenario {
    return new Scenario(this.history, { ...this.facts, actor });
  }

  under(other: Policy): Scenario {
    return new Scenario(this.history, { ...this.facts, policy: other });
  }

  along(other: ReviewChain | undefined): Scenario {
    return new Scenario(this.history, { ...this.facts, chain: other });
  }

  when(command: DossierCommand): Outcome {
    return new Outcome(decide(command, foldDossier(this.history), this.facts));
  }
}

class Outcome {
  constructor(private readonly decision: Decision) {}

  get isRefused(): boolean {
    return 'refused' in this.decision;
  }

  /** Exactly these events follow, and nothing is remarked; none where nothing changes. */
  then(...events: readonly DossierEvent[]): void {
    expect(this.decision).toEqual({ accepted: events, findings: [] });
  }

  /** Exactly these findings, in this order; a bare code leaves its other properties open. */
  refuses(...expected: readonly (Expected | string)[]): void {
    if (!('refused' in this.decision)) {
      throw new Error(`accepted: ${JSON.stringify(this.decision)}`);
    }
    const { refused } = this.decision;
    expect(blocks(refused)).toBe(true);
    expect(refused).toEqual(
      expected.map((one): unknown =>
        expect.objectContaining(typeof one === 'string' ? { code: one } : one),
      ),
    );
    for (const { message } of refused) {
      expect(message.zh).toMatch(/\p{Script=Han}/u);
      expect(message.en).toMatch(/^[^\p{Script=Han}]+$/u);
    }
  }
}
