import * as conclude from './conclusion-steps';
import { open, saveSummaryAnew, submit, withdraw, type Step } from './steps';
import type { MomentName } from './timeline';

/** How an accepted dossier fares on. */
export interface Conclusion {
  readonly name: string;
  /** How common it is among the applicants. */
  readonly share: number;
  readonly script: Partial<Readonly<Record<MomentName, readonly Step[]>>>;
}

const paysInTime = { afterwards: [conclude.payFee, conclude.handInForms] } as const;

/** In this order the first who are accepted take them. */
export const conclusions: readonly [Conclusion, ...Conclusion[]] = [
  {
    name: 'pays, defends and passes',
    share: 12,
    script: {
      ...paysInTime,
      appointments: [conclude.appointDefence],
      defences: [conclude.passDefence],
    },
  },
  {
    name: 'pays the wrong amount, and is excused from the defence once',
    share: 3,
    script: {
      beforeDue: [
        conclude.payTooLittle,
        conclude.handInOneForm,
        conclude.payFee,
        conclude.handInForms,
        conclude.payFee,
      ],
      appointments: [conclude.passDefence, conclude.appointDefence],
      defences: [conclude.beExcused],
      secondAppointments: [
        conclude.passDefence,
        conclude.appointDefence,
        conclude.appointSecondDefence,
        conclude.passDefence,
      ],
      secondDefences: [conclude.passDefence],
    },
  },
  {
    name: 'is late, and absent without cause',
    share: 3,
    script: {
      overdue: [conclude.payTooLittle, conclude.payFee, conclude.handInForms],
      appointments: [conclude.appointDefence, conclude.beAbsent],
      defences: [conclude.beAbsent],
      secondDefences: [conclude.appointSecondDefence, conclude.passDefence],
    },
  },
  {
    name: 'is found to have falsified',
    share: 1,
    script: {
      ...paysInTime,
      investigation: [conclude.openCase, conclude.decideOwnCase, conclude.upholdCase],
      aftermath: [
        conclude.upholdCase,
        submit,
        saveSummaryAnew,
        open,
        withdraw,
        conclude.payFee,
        conclude.appointDefence,
      ],
    },
  },
  {
    name: 'pays, and fails a long defence',
    share: 3,
    script: {
      ...paysInTime,
      appointments: [conclude.appointDefence],
      defences: [conclude.failLongDefence],
      secondDefences: [conclude.passDefence],
    },
  },
  {
    name: 'is suspected without ground',
    share: 1,
    script: {
      ...paysInTime,
      investigation: [conclude.openCase, conclude.dismissCase],
      aftermath: [conclude.dismissCase, conclude.payFee],
    },
  },
];

/** Whoever is not accepted: nothing of it is open to them. */
export const notAccepted: Conclusion = {
  name: 'is not accepted',
  share: 0,
  script: { afterwards: [conclude.payFee], appointments: [conclude.appointDefence] },
};
