import type { DossierCommand } from '../../src/dossier/commands';
import { decide } from '../../src/dossier/decide';
import type { Decision, Facts } from '../../src/dossier/decision';
import { evolve, unopened } from '../../src/dossier/dossier';
import type { DossierEvent } from '../../src/dossier/events';
import type { Instant } from '../../src/engine/instant';
import type { Organisation, ReviewChain } from '../../src/organisations/organisation';
import type { Policy } from '../../src/rounds/policy';
import { blocks, type Finding } from '../../src/rules/finding';
import type { Reviewer } from '../../src/rules/review';
import type { Bar } from '../../src/rules/standing';
import { applicant, chain, inBothWindows, policy, station } from './dossier';

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

/** By the applicant of the station, inside both windows, under the notice's policy, along the long chain. */
export const usualFacts: Facts = {
  now: inBothWindows,
  actor: applicant,
  policy,
  chain,
  round: '2022',
  unit: station,
  bars: [],
};

export type History = readonly (DossierEvent | readonly DossierEvent[])[];

/** What happened, under the usual facts until others are named. */
export function given(...history: History): Scenario {
  return new Scenario(history.flat(), usualFacts);
}

class Scenario {
  constructor(
    private readonly history: readonly DossierEvent[],
    private readonly facts: Facts,
  ) {}

  at(now: Instant): Scenario {
    return this.#where({ now });
  }

  by(actor: Reviewer): Scenario {
    return this.#where({ actor });
  }

  under(policy: Policy): Scenario {
    return this.#where({ policy });
  }

  along(chain: ReviewChain | undefined): Scenario {
    return this.#where({ chain });
  }

  /** The unit as the tree describes it now. */
  of(unit: Organisation | undefined): Scenario {
    return this.#where({ unit });
  }

  barred(...bars: readonly Bar[]): Scenario {
    return this.#where({ bars });
  }

  when(command: DossierCommand): Outcome {
    return new Outcome(decide(command, foldDossier(this.history), this.facts));
  }

  #where(change: Partial<Facts>): Scenario {
    return new Scenario(this.history, { ...this.facts, ...change });
  }
}

class Outcome {
  constructor(private readonly decision: Decision) {}

  get isRefused(): boolean {
    return 'refused' in this.decision;
  }

  /** In Chinese. */
  get messages(): string[] {
    const { decision } = this;
    const findings = 'refused' in decision ? decision.refused : decision.findings;
    return findings.map(({ message }) => message.zh);
  }

  /** Exactly these events follow, and nothing is remarked; none where nothing changes. */
  then(...events: readonly DossierEvent[]): void {
    expect(this.decision).toEqual({ accepted: events, findings: [] });
  }

  /** Accepted with exactly these warnings, which the events that follow may repeat. */
  warns(
    expected: readonly Expected[],
    events: (warnings: readonly Finding[]) => readonly DossierEvent[],
  ): void {
    if ('refused' in this.decision) throw new Error(`refused: ${JSON.stringify(this.decision)}`);
    const { accepted, findings } = this.decision;
    expectFindings(findings, expected);
    for (const { severity } of findings) expect(severity).toBe('warn');
    expect(accepted).toEqual(events(findings));
  }

  /** Exactly these findings, in this order; a bare code leaves its other properties open. */
  refuses(...expected: readonly (Expected | string)[]): void {
    if (!('refused' in this.decision)) {
      throw new Error(`accepted: ${JSON.stringify(this.decision)}`);
    }
    const { refused } = this.decision;
    expect(blocks(refused)).toBe(true);
    expectFindings(refused, expected);
  }
}

function expectFindings(
  findings: readonly Finding[],
  expected: readonly (Expected | string)[],
): void {
  expect(findings).toEqual(
    expected.map((one): unknown =>
      expect.objectContaining(typeof one === 'string' ? { code: one } : one),
    ),
  );
  for (const { message } of findings) {
    expect(message.zh).toMatch(/\p{Script=Han}/u);
    // English, but for what it quotes of the notice.
    expect(message.en.replaceAll(/"[^"]*"/g, '')).toMatch(/^[^\p{Script=Han}]+$/u);
  }
}
