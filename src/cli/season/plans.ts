import { breakAndMendAgain } from './fault-steps';
import * as probe from './probes';
import {
  accept,
  endorse,
  object,
  publish,
  recommend,
  sendBack,
  settleObjection,
} from './review-steps';
import {
  answerForEveryScan,
  correct,
  correctMasking,
  explain,
  leaveNameUncovered,
  open,
  openForLowerLevel,
  openUnknownSubSpecialty,
  saveFromStaleWindow,
  saveSummaryAnew,
  submit,
  submitTwiceAtOnce,
  submitTwiceWithOneKey,
  submitUnconfirmed,
  uploadFakeScan,
  withdraw,
  type Step,
} from './steps';
import type { MomentName } from './timeline';

type Script = Partial<Readonly<Record<MomentName, readonly Step[]>>>;

/** How one kind of applicant fares, and everybody who has to do with the dossier. */
export interface Plan {
  readonly name: string;
  /** How common it is among the applicants. */
  readonly share: number;
  /** What happens when. Everybody fills in everything first: see `fillingIn`. */
  readonly script: Script;
}

/** The whole way through review, in one of the four waves of the timeline. */
const passes = {
  1: {
    publicity1: [publish],
    recommendation1: [recommend],
    supervision1: [endorse],
    office1: [accept],
  },
  2: {
    publicity2: [publish],
    recommendation2: [recommend],
    supervision2: [endorse],
    office2: [accept],
  },
  3: {
    publicity3: [publish],
    recommendation3: [recommend],
    supervision3: [endorse],
    office3: [accept],
  },
  4: {
    publicity4: [publish],
    recommendation4: [recommend],
    supervision4: [endorse],
    office4: [accept],
  },
} as const satisfies Record<number, Script>;

const twiceReturned: Script = {
  filingOpens: [submit],
  publicity1: [publish],
  recommendation1: [recommend],
  supervision1: [sendBack('supervision', 'conduct')],
  refiling1: [explain, breakAndMendAgain, submit],
  ...passes[2],
  office2: [sendBack('title-office', 'summary', 'scan')],
  refiling2: [correct, submit, answerForEveryScan, submit],
  ...passes[3],
};

const returnedLate: Script = {
  lastEvening: [submit],
  ...passes[4],
  office4: [sendBack('title-office', 'summary')],
  corrections: [submit, correct],
};

/** In this order the first applicants take them: a small season shows the most telling. */
export const plans: readonly [Plan, ...Plan[]] = [
  { name: 'files early and passes', share: 24, script: { filingOpens: [submit], ...passes[1] } },
  {
    name: 'files in the rush and passes',
    share: 30,
    script: { lastEvening: [submit], ...passes[4] },
  },
  {
    name: 'files at the stroke of 20:00',
    share: 2,
    script: { lastStroke: [submit], ...passes[4] },
  },
  {
    name: 'files a millisecond late',
    share: 2,
    script: { filingClosed: [submit, saveSummaryAnew], unitReturns4: [submit, open] },
  },
  { name: 'passes at the third try', share: 5, script: twiceReturned },
  {
    name: 'tries a fourth time',
    share: 4,
    script: {
      ...twiceReturned,
      office3: [sendBack('title-office', 'summary')],
      refiling3: [saveSummaryAnew, submit, open],
    },
  },
  {
    name: 'everybody oversteps',
    share: 3,
    script: {
      filingOpens: [
        submit,
        saveSummaryAnew,
        submit,
        probe.strangerTries,
        probe.higherLevelsTry,
        probe.unitIsCareless,
      ],
      publicity1: [publish, probe.reviewsOwnDossier, probe.unitIsCareless],
      lastPublicityDay1: [recommend],
      recommendation1: [recommend, recommend, probe.nextBodyEndorses],
      supervision1: [endorse, endorse, probe.everybodyLooks],
      beforeReview: [accept, sendBack('title-office', 'summary')],
      office1: [accept, accept, sendBack('title-office', 'summary'), submit, withdraw, open],
    },
  },
  {
    name: 'is careless',
    share: 3,
    script: {
      preparation: [
        open,
        openForLowerLevel,
        uploadFakeScan,
        saveFromStaleWindow,
        probe.strangerTries,
      ],
      beforeOpening: [leaveNameUncovered, submit, openUnknownSubSpecialty],
      filingOpens: [submit, correctMasking, submitUnconfirmed, submitTwiceWithOneKey],
      ...passes[1],
    },
  },
  {
    name: 'withdraws to gain a try',
    share: 2,
    script: {
      filingOpens: [submitTwiceAtOnce, withdraw, submit],
      publicity1: [open, submit, withdraw],
      unitReturns1: [open, submit, withdraw],
      refiling1: [open, submit],
    },
  },
  {
    name: 'refiles at the last millisecond',
    share: 4,
    script: { ...returnedLate, lastMillisecond: [submit], reviewClosed: [publish] },
  },
  {
    name: 'refiles a millisecond late',
    share: 2,
    script: { ...returnedLate, reviewClosed: [submit], afterwards: [submit, open] },
  },
  {
    name: 'never submits',
    share: 4,
    script: { filingOpens: [saveSummaryAnew], filingClosed: [probe.strangerTries] },
  },
  {
    name: 'is returned by the unit, changes what it names',
    share: 6,
    script: {
      filingOpens: [submit],
      unitReturns1: [sendBack('unit', 'summary', 'scan')],
      refiling1: [submit, correct, breakAndMendAgain, answerForEveryScan, submit],
      ...passes[2],
    },
  },
  {
    name: 'is returned when filing has closed, and refiles',
    share: 4,
    script: {
      lastEvening: [submit],
      unitReturns4: [sendBack('unit', 'conduct', 'scan')],
      refiling4: [submit, explain, breakAndMendAgain, submit],
      ...passes[4],
    },
  },
  {
    name: 'is objected to, without ground',
    share: 3,
    script: {
      filingOpens: [submit],
      ...passes[1],
      unitReturns1: [object],
      recommendation1: [recommend, settleObjection, recommend],
    },
  },
  {
    name: 'withdraws and files again',
    share: 3,
    script: {
      filingOpens: [submit],
      publicity1: [publish, withdraw],
      unitReturns1: [open, saveSummaryAnew],
      refiling1: [submit],
      ...passes[2],
    },
  },
  {
    name: 'withdraws what was returned, and must answer all the same',
    share: 2,
    script: {
      filingOpens: [submit],
      unitReturns1: [sendBack('unit', 'summary'), withdraw],
      refiling1: [open, submit, correct, submit],
      ...passes[2],
    },
  },
  {
    name: 'is returned and never refiles',
    share: 3,
    script: {
      filingOpens: [submit],
      ...passes[1],
      office1: [sendBack('title-office', 'summary')],
      afterwards: [probe.everybodyLooks],
    },
  },
];

/** Whoever applies from a unit that others review for gets no further than opening (三(二)). */
export const notReviewedHere: Plan = {
  name: 'belongs to another review',
  share: 0,
  script: { preparation: [open], filingOpens: [open] },
};
