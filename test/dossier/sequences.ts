import fc from 'fast-check';
import type { DossierCommand } from '../../src/dossier/commands';
import { decide } from '../../src/dossier/decide';
import type { Decision, Facts } from '../../src/dossier/decision';
import { evolve, unopened, type Dossier } from '../../src/dossier/dossier';
import type { DossierEvent } from '../../src/dossier/events';
import { fromEpoch, toEpoch } from '../../src/engine/instant';
import type { ReviewChain } from '../../src/organisations/organisation';
import type { Policy, SubmissionCounting } from '../../src/rounds/policy';
import type { Reviewer } from '../../src/rules/review';
import type { Bar } from '../../src/rules/standing';
import {
  applicant,
  atUnit,
  chain,
  close,
  filingCloses,
  filingOpens,
  officeReviewer,
  policy,
  reviewCloses,
  reviewerAt,
  reviewOpens,
  shortChain,
  stages,
  station,
} from '../support/dossier';
import { everything, fitting, type Attempt } from './attempts';
import { Checker } from './checker';

/*
 * Random lives of a dossier. A step says what is tried in general terms; what that means is settled
 * when it is played, by where the dossier lies then, so that most steps get somewhere and shrinking
 * one leaves the others sensible.
 */

export interface Life {
  readonly counting: SubmissionCounting;
  readonly limit: number;
  readonly republish: boolean;
  readonly along: ReviewChain;
  /** From this step on, both windows are extended by a corrected policy. */
  readonly extendedFrom: number;
  /** From this step on, the person is barred, or was so in other years. */
  readonly barred: { readonly from: number; readonly bar: Bar };
  readonly steps: readonly Step[];
}

interface Step {
  /** Something that fits where the dossier lies, or anything at all. */
  readonly attempt: { readonly fitting: boolean; readonly pick: number };
  /** The person whose turn it is, or somebody of `everybody`. */
  readonly actor: 'entitled' | number;
  /** Milliseconds that pass before, or a place beside the next end of a window or what is waited for. */
  readonly passes: number | { readonly beside: 'window' | 'awaited'; readonly by: -1 | 0 | 1 };
}

export interface Played {
  readonly command: DossierCommand;
  readonly facts: Facts;
  readonly before: Dossier;
  readonly decision: Decision;
  readonly after: Dossier;
}

const extendedCloses = '2022-10-10T20:00:00.000+08:00';
const extendedLastDay = '2022-10-20';
const edges = [
  filingOpens,
  reviewOpens,
  filingCloses,
  reviewCloses,
  '2022-10-01T00:00:00.000+08:00', // The fee and the forms are due before (四(一)19).
  extendedCloses,
  `${extendedLastDay}T23:59:59.999+08:00`,
].map(toEpoch);

const everybody: readonly Reviewer[] = [
  applicant,
  ...stages.map(reviewerAt),
  ...stages.map((stage) => ({ ...reviewerAt(stage), subject: applicant.subject })),
  { ...reviewerAt(atUnit), organisation: 'elsewhere' },
  { ...reviewerAt(atUnit), organisation: null },
  { ...reviewerAt(atUnit), roles: ['auditor'] },
];

const step: fc.Arbitrary<Step> = fc.record({
  attempt: fc.record({
    fitting: weighted([6, true], [1, false]),
    pick: fc.nat(10_000),
  }),
  actor: fc.oneof(
    { weight: 8, arbitrary: fc.constant('entitled' as const) },
    { weight: 1, arbitrary: fc.nat(everybody.length - 1) },
  ),
  passes: fc.oneof(
    { weight: 6, arbitrary: fc.nat(2) },
    { weight: 3, arbitrary: fc.nat(24 * 3_600_000) },
    {
      weight: 4,
      arbitrary: fc.record({
        beside: weighted([1, 'window' as const], [4, 'awaited' as const]),
        by: fc.constantFrom(-1 as const, 0 as const, 1 as const),
      }),
    },
  ),
});

export const lives: fc.Arbitrary<Life> = fc.record({
  counting: fc.constantFrom('every-submission' as const, 'title-office-returns' as const),
  limit: weighted([4, 3], [1, 2], [1, 1]),
  republish: weighted([3, true], [1, false]),
  along: fc.constantFrom<ReviewChain>(chain, shortChain),
  extendedFrom: fc.nat(60),
  barred: fc.record({
    from: weighted([4, Infinity], [1, 0], [1, 12]),
    bar: fc.constantFrom<Bar>(
      { firstYear: 2020, lastYear: 2022 },
      { firstYear: 2022, lastYear: 2024 },
      { firstYear: 2019, lastYear: 2021 },
      { firstYear: 2023, lastYear: 2025 },
    ),
  }),
  steps: fc.array(step, { minLength: 5, maxLength: 60, size: 'max' }),
});

/** Plays a life; the checker throws at the first event the notice would not have. */
export function play(life: Life): readonly Played[] {
  const checker = new Checker();
  const played: Played[] = [];
  let state = unopened;
  let epoch = toEpoch(filingOpens) - 24 * 3_600_000;
  life.steps.forEach((step, index) => {
    epoch = later(epoch, step.passes, checker);
    const now = fromEpoch(epoch);
    const policy = policyOf(life, index >= life.extendedFrom);
    for (const command of attemptOf(step, checker)) {
      const facts: Facts = {
        now,
        actor: actorOf(step, command, checker),
        round: policy.round,
        policy,
        unit: station,
        chain: life.along,
        bars: index >= life.barred.from ? [life.barred.bar] : [],
      };
      const before = deepFreeze(state);
      const decision = decide(deepFreeze(command), before, facts);
      for (const event of eventsOf(decision)) {
        checker.see({ event, ...facts });
        state = evolve(state, deepFreeze(event));
      }
      played.push({ command, facts, before, decision, after: state });
    }
  });
  return played;
}

export function eventsOf(decision: Decision): readonly DossierEvent[] {
  return 'accepted' in decision ? decision.accepted : [];
}

function later(epoch: number, passes: Step['passes'], checker: Checker): number {
  if (typeof passes === 'number') return epoch + passes;
  const ends = passes.beside === 'window' ? edges : awaited(checker);
  const next = ends.find((end) => end + passes.by > epoch);
  return next === undefined ? epoch : next + passes.by;
}

/** The end of publicity, for the unit that waits for it, or the defence. */
function awaited({ place, step, unit, conclusion }: Checker): readonly number[] {
  const atTheUnit = place === 'in review' && step === 0 ? unit.mayRecommendFrom : null;
  const instant = place === 'accepted' ? conclusion.appointed : atTheUnit;
  return instant === null ? [] : [toEpoch(instant)];
}

function attemptOf({ attempt }: Step, checker: Checker): Attempt {
  const from = attempt.fitting ? fitting(checker) : everything;
  return from[attempt.pick % from.length] ?? [close];
}

const reviewing = [
  ...['StartPublicity', 'RecordObjection', 'SettleObjection', 'AttachUnitPaper'],
  ...['Recommend', 'Endorse', 'Return', 'Accept'],
];
const concluding = ['ReceiveFee', 'ReceivePrintedForms', 'ScheduleDefence', 'ConcludeDefence'];

/** Opening is always the applicant's: the record is theirs, and nobody else's request reaches it. */
function actorOf({ actor }: Step, { type }: DossierCommand, checker: Checker): Reviewer {
  if (type === 'OpenDossier') return applicant;
  if (actor !== 'entitled') return everybody[actor] ?? applicant;
  if (concluding.includes(type)) return officeReviewer;
  if (!reviewing.includes(type)) return applicant;
  const holder = stages.find(({ organisation }) => organisation === checker.chain?.[checker.step]);
  return reviewerAt(holder ?? atUnit);
}

/** The same object for the same terms: the form is built once for each policy. */
function policyOf({ counting, limit, republish }: Life, extended: boolean): Policy {
  const terms = [counting, limit, republish, extended].join();
  const known = policies.get(terms) ?? withTerms({ counting, limit }, republish, extended);
  policies.set(terms, known);
  return known;
}

const policies = new Map<string, Policy>();

function withTerms(
  submissions: Policy['submissions'],
  republish: boolean,
  extended: boolean,
): Policy {
  const publicity = { ...policy.publicity, republishOnSummaryChange: republish };
  if (!extended) return { ...policy, submissions, publicity };
  const filing = { opens: filingOpens, closes: extendedCloses };
  const review = { firstDay: '2022-08-25', lastDay: extendedLastDay };
  return { ...policy, submissions, publicity, windows: { filing, review } };
}

function weighted<T>(...options: readonly (readonly [number, T])[]): fc.Arbitrary<T> {
  return fc.oneof(...options.map(([weight, value]) => ({ weight, arbitrary: fc.constant(value) })));
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(deepFreeze);
  }
  return value;
}
