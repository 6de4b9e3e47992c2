import type { Applicant } from './applicant';
import { fees, printedForms } from './notice';
import { auditor, secondAuditor } from './stocktaking';
import type { Step } from './steps';

/*
 * What follows the acceptance (四(一)16, 18, 19). The unit collects the fee and the printed forms.
 */

const dueFrom = ({ choice }: Applicant): number => fees[choice.level] ?? 0;

const pay =
  (amountOf: (applicant: Applicant) => number): Step =>
  (applicant) =>
    applicant.does({ kind: 'fee', amount: amountOf(applicant) }, applicant.reviewer(0));

export const payFee = pay(dueFrom);
export const payTooLittle = pay((applicant) => dueFrom(applicant) - 50);

const handIn =
  (copies: number): Step =>
  (applicant) =>
    applicant.does({ kind: 'printed-forms', copies }, applicant.reviewer(0));

export const handInForms = handIn(printedForms);
export const handInOneForm = handIn(1);

const appoint =
  (day: string): Step =>
  (applicant) =>
    applicant.does(
      { kind: 'appoint-defence', defenceAt: `${day}T10:30:00.000+08:00` },
      applicant.reviewer(-1),
    );

export const appointDefence = appoint('2022-10-12');
export const appointSecondDefence = appoint('2022-10-14');

const concludeDefence =
  (attended: boolean, cause: string | null, minutes: number | null, passed: boolean): Step =>
  (applicant) =>
    applicant.does(
      { kind: 'conclude-defence', attended, cause, minutes, passed },
      applicant.reviewer(-1),
    );

export const passDefence = concludeDefence(true, null, 4, true);
export const failLongDefence = concludeDefence(true, null, 12, false);
export const beExcused = concludeDefence(false, '因突发疾病住院，已提交住院证明。', null, false);
export const beAbsent = concludeDefence(false, null, null, false);

/** An auditor opens a case, and may not decide it as well. */
export const openCase: Step = (applicant) => applicant.does({ kind: 'open-case' }, auditor);
export const decideOwnCase: Step = (applicant) => decide(applicant, true, auditor);
export const upholdCase: Step = (applicant) => decide(applicant, true, secondAuditor);
export const dismissCase: Step = (applicant) => decide(applicant, false, secondAuditor);

function decide(applicant: Applicant, upheld: boolean, by: typeof auditor): Promise<void> {
  return applicant.does({ kind: 'decide-case', id: applicant.falsificationCase, upheld }, by);
}
