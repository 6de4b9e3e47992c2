import type { Finding } from '../rules/finding';
import { counted, type CountedEntry } from '../rules/materials';
import type { DossierCommand } from './commands';
import { notOpen } from './conflicts';
import { close, falsify } from './closing';
import { conclude } from './concluding';
import type { Decision, Facts } from './decision';
import { neverHappens, type Dossier } from './dossier';
import { edit } from './editing';
import { open } from './opening';
import { review } from './reviewing';
import { materialsContext, materialsIn, submissionFindings, submit, withdraw } from './submitting';

/** What the notice makes of a command. A refusal carries every finding, not the first one only. */
export function decide(command: DossierCommand, state: Dossier, facts: Facts): Decision {
  if (command.type === 'OpenDossier') return open(command, state, facts);
  if (state.status === 'unopened') return { refused: [notOpen] };
  switch (command.type) {
    case 'SaveSection':
    case 'AttachEvidence':
    case 'AnswerMasking':
    case 'ExplainReason':
      return edit(command, state, facts);
    case 'Submit':
      return submit(command, state, facts);
    case 'Withdraw':
      return withdraw(command, state, facts);
    case 'StartPublicity':
    case 'RecordObjection':
    case 'SettleObjection':
    case 'AttachUnitPaper':
    case 'Recommend':
    case 'Endorse':
    case 'Return':
    case 'Accept':
      return review(command, state, facts);
    case 'ReceiveFee':
    case 'ReceivePrintedForms':
    case 'ScheduleDefence':
    case 'ConcludeDefence':
      return conclude(command, state, facts);
    case 'Falsify':
      return falsify(command, state);
    case 'Close':
      return close(state, facts);
    default:
      return neverHappens(command);
  }
}

/** What a submission would be refused or warned for now, and which entries would count. */
export interface PrecheckResult {
  readonly findings: readonly Finding[];
  readonly entries: readonly CountedEntry[];
}

/** Takes the confirmation as given; uses up nothing. */
export function precheck(state: Dossier, facts: Facts): PrecheckResult {
  if (state.status === 'unopened') return { findings: [notOpen], entries: [] };
  const { content } = state.file;
  return {
    findings: submissionFindings({ type: 'Submit', confirmed: true }, state, facts),
    entries: counted(materialsIn(content), materialsContext(content, facts)),
  };
}
