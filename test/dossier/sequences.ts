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
import {
  accept,
  applicant,
  attach,
  atUnit,
  chain,
  close,
  endorse,
  explain,
  filingCloses,
  filingOpens,
  giveBack,
  open,
  policy,
  reason,
  recommend,
  reviewCloses,
  reviewerAt,
  reviewOpens,
  save,
  scan,
  shortChain,
  stages,
  startPublicity,
  submit,
  withdraw,
} from '../support/dossier';
import { Checker } from './checker';

/*
 * Random lives of a dossier. A step says what is tried in general terms; what that means is settled
 * when it is played, by where the dossier lies then, so that most steps get somewhere and shrinking
 * one leaves the others sensible.
 */

export interface Life {
  readonly counting: SubmissionCounting;
  readonly limit: number;
  readonly along: ReviewChain;
  /** From this step on, both windows are extended by a corrected policy. */
  readonly extendedFrom: number;
  readonly steps: readonly Step[];
}

interface Step {
  /** Something that fits where the dossier lies, or anything at all. */
  readonly attempt: { readonly fitting: boolean; readonly pick: number };
  /** The person whose turn it is, or somebody of `everybody`. */
  readonly actor: 'entitled' | number;
  /** Milliseconds that pass before, or a place beside the next end of a window. */
  readonly passes: number | { readonly besideNextEdge: -1 | 0 | 1 };
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

const contents = ['无', { a: 1, b: [scan('diploma').sha256] }, { b: [], a: null }] as const;

const inHand: readonly DossierCommand[] = [
  ...contents.map((content) => save('education', content)),
  save('awards', '无'),
  attach(scan('diploma')),
  attach(scan('licence')),
  explain(1, '已核对'),
  explain(2, '原件如此'),
  submit,
  submit,
  submit,
  submit,
  submit,
  { type: 'Submit', confirmed: false },
  withdraw,
  close,
];
const returns: readonly DossierCommand[] = [
  giveBack(reason()),
  giveBack(reason({ section: 'awards' }), reason()),
  giveBack(),
];
const atTheUnit = [startPublicity, recommend, recommend, recommend, recommend, ...returns];
const atASupervisor = [endorse, endorse, endorse, endorse, ...returns];
const atTheOffice = [accept, ...returns, ...returns];
const everything: readonly DossierCommand[] = [
  open,
  ...inHand,
  ...atTheUnit,
  { type: 'Recommend', checklist: {} },
  endorse,
  accept,
];

const step: fc.Arbitrary<Step> = fc.record({
  attempt: fc.record({
    fitting: weighted([5, true], [1, false]),
    pick: fc.nat(1000),
  }),
  actor: fc.oneof(
    { weight: 6, arbitrary: fc.constant('entitled' as const) },
    { weight: 1, arbitrary: fc.nat(everybody.length - 1) },
  ),
  passes: fc.oneof(
    { weight: 3, arbitrary: fc.nat(2) },
    { weight: 4, arbitrary: fc.nat(36 * 3_600_000) },
    {
      weight: 1,
      arbitrary: fc.record({
        besideNextEdge: fc.constantFrom(-1 as const, 0 as const, 1 as const),
      }),
    },
  ),
});

export const lives: fc.Arbitrary<Life> = fc.record({
  counting: fc.constantFrom('every-submission' as const, 'title-office-returns' as const),
  limit: weighted([4, 3], [1, 2], [1, 1]),
  along: fc.constantFrom<ReviewChain>(chain, shortChain),
  extendedFrom: fc.nat(60),
  steps: fc.array(step, { minLength: 5, maxLength: 60, size: 'max' }),
});

/** Plays a life; the checker throws at the first event the notice would not have. */
export function play(life: Life): readonly Played[] {
  const checker = new Checker();
  const played: Played[] = [];
  let state = unopened;
  let epoch = toEpoch(filingOpens) - 24 * 3_600_000;
  life.steps.forEach((step, index) => {
    epoch = later(epoch, step.passes);
    const command = commandOf(step, checker);
    const facts: Facts = {
      now: fromEpoch(epoch),
      actor: actorOf(step, command, checker),
      round: policy.round,
      policy: policyOf(life, index >= life.extendedFrom),
      chain: life.along,
    };
    const before = deepFreeze(state);
    const decision = decide(deepFreeze(command), before, facts);
    for (const event of eventsOf(decision)) {
      checker.see({ event, ...facts });
      state = evolve(state, deepFreeze(event));
    }
    played.push({ command, facts, before, decision, after: state });
  });
  return played;
}

export function eventsOf(decision: Decision): readonly DossierEvent[] {
  return 'accepted' in decision ? decision.accepted : [];
}

function later(epoch: number, passes: Step['passes']): number {
  if (typeof passes === 'number') return epoch + passes;
  const next = edges.find((edge) => edge + passes.besideNextEdge > epoch);
  return next === undefined ? epoch : next + passes.besideNextEdge;
}

function commandOf({ attempt }: Step, checker: Checker): DossierCommand {
  const from = attempt.fitting ? fitting(checker) : everything;
  return from[attempt.pick % from.length] ?? close;
}

function fitting({ place, step, chain: along }: Checker): readonly DossierCommand[] {
  switch (place) {
    case 'nowhere':
    case 'withdrawn':
    case 'closed':
      return [open];
    case 'in hand':
      return inHand;
    case 'in review':
      if (step === 0) return atTheUnit;
      return step === (along?.length ?? 0) - 1 ? atTheOffice : atASupervisor;
    case 'accepted':
      return everything;
  }
}

/** Opening is always the applicant's: the record is theirs, and nobody else's request reaches it. */
function actorOf({ actor }: Step, command: DossierCommand, checker: Checker): Reviewer {
  if (command.type === 'OpenDossier') return applicant;
  if (actor !== 'entitled') return everybody[actor] ?? applicant;
  const isReview = ['StartPublicity', 'Recommend', 'Endorse', 'Return', 'Accept'];
  if (!isReview.includes(command.type)) return applicant;
  const holder = stages.find(({ organisation }) => organisation === checker.chain?.[checker.step]);
  return reviewerAt(holder ?? atUnit);
}

function policyOf({ counting, limit }: Life, extended: boolean): Policy {
  const submissions = { counting, limit };
  if (!extended) return { ...policy, submissions };
  const filing = { opens: filingOpens, closes: extendedCloses };
  const review = { firstDay: '2022-08-25', lastDay: extendedLastDay };
  return { ...policy, submissions, windows: { filing, review } };
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
