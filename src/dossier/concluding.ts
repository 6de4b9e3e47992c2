import {
  absentVeto,
  appointedAhead,
  defenceBegun,
  defenceLength,
  defends,
  dueInTime,
  feeAsSet,
  formsComplete,
} from '../rules/after-acceptance';
import { malformed, type Finding } from '../rules/finding';
import { mayConclude } from '../rules/review';
import {
  alreadyRecorded,
  defenceNotScheduled,
  notAccepted,
  unknownOrganisation,
} from './conflicts';
import { unlessBlocked, type Command, type Decision, type Facts } from './decision';
import { neverHappens, type Content, type OpenedDossier } from './dossier';
import { entriesOf, type SectionDrafts } from './form/contents';
import type { DefenceOutcome } from './events';

type Concluding = Command<
  'ReceiveFee' | 'ReceivePrintedForms' | 'ScheduleDefence' | 'ConcludeDefence'
>;
type Accepted = Extract<OpenedDossier, { status: 'accepted' }>;

/** What follows the formal review: fee, printed forms, oral defence (四(一)18, 19). */
export function conclude(command: Concluding, state: OpenedDossier, facts: Facts): Decision {
  if (state.status !== 'accepted') return { refused: [notAccepted] };
  const { file, after } = state;
  const { policy, now, actor } = facts;
  const mayDefence = mayConclude(policy, file.chain, file.applicant, actor, 'title-office');
  const mayCollect = mayConclude(policy, file.chain, file.applicant, actor, 'anywhere');
  switch (command.type) {
    case 'ReceiveFee': {
      const { amount } = command;
      const warnings = dueInTime(policy, now);
      const asSet = feeAsSet(policy, file.content.choice.level, amount);
      const findings = [...mayCollect, ...onlyOnce(after.fee), ...asSet, ...warnings];
      return unlessBlocked(findings, () => [
        { type: 'FeeReceived', data: { at: now, amount, warnings } },
      ]);
    }
    case 'ReceivePrintedForms': {
      const { copies } = command;
      const warnings = dueInTime(policy, now);
      const complete = formsComplete(policy, copies);
      const findings = [...mayCollect, ...onlyOnce(after.printedForms), ...complete, ...warnings];
      return unlessBlocked(findings, () => [
        { type: 'PrintedFormsReceived', data: { at: now, copies, warnings } },
      ]);
    }
    case 'ScheduleDefence': {
      const { defenceAt, meeting } = command;
      const findings = [
        ...mayDefence,
        ...onlyOnce(finalOutcome(state)),
        ...due(state, facts),
        ...appointedAhead(policy, defenceAt, now),
      ];
      const standing = after.defence;
      const unchanged = standing?.defenceAt === defenceAt && standing.meeting === meeting;
      return unlessBlocked(findings, () =>
        unchanged ? [] : [{ type: 'DefenceScheduled', data: { defenceAt, meeting } }],
      );
    }
    case 'ConcludeDefence': {
      const { attended, cause, minutes } = command;
      const outcome = outcomeOf(command);
      const warnings = [
        ...defenceLength(policy, minutes),
        ...(outcome === 'vetoed' ? [absentVeto(policy)] : []),
      ];
      const findings = [
        ...contradictions(command),
        ...mayDefence,
        ...(after.defence === null
          ? [defenceNotScheduled]
          : defenceBegun(policy, after.defence.defenceAt, now)),
        ...onlyOnce(finalOutcome(state)),
        ...warnings,
      ];
      return unlessBlocked(findings, () => [
        {
          type: 'DefenceConcluded',
          data: { at: now, attended, cause, minutes, outcome, warnings },
        },
      ]);
    }
    default:
      return neverHappens(command);
  }
}

function onlyOnce(recorded: object | null): Finding[] {
  return recorded === null ? [] : [alreadyRecorded];
}

/** Whoever was absent with cause is given another appointment. */
function finalOutcome({ after }: Accepted): Accepted['after']['defenceOutcome'] {
  return after.defenceOutcome?.outcome === 'excused' ? null : after.defenceOutcome;
}

function due({ file }: Accepted, { policy, unit }: Facts): Finding[] {
  return unit === undefined
    ? [unknownOrganisation]
    : defends(policy, unit, provenStationing(file.content));
}

/** Stated without evidence counts as not stated at all (F-2). */
function provenStationing({ sections, attachments }: Content): boolean {
  const identity = sections.basicInformation as SectionDrafts['basicInformation'] | undefined;
  const { stationed, evidence } = identity?.villageStationing ?? {};
  const attached = attachments.map(({ sha256 }) => sha256);
  return stationed === true && entriesOf(evidence).some((scan) => attached.includes(scan));
}

/** What the record would say two things of: an outcome is final, so nothing is guessed. */
function contradictions({ attended, cause, passed }: Command<'ConcludeDefence'>): Finding[] {
  if (attended) return cause === null ? [] : [presentWithCause];
  return passed ? [absentAndPassed] : [];
}

const presentWithCause = malformed({
  pointer: '/cause',
  zh: '缺席原因只在本人未参加答辩时填写。',
  en: 'The cause of an absence is given only where the applicant was absent.',
});

const absentAndPassed = malformed({
  pointer: '/passed',
  zh: '本人未参加答辩的，不能记为通过。',
  en: 'Whoever was absent has not passed.',
});

/** M-28: absent without cause is a veto; there, it passes or fails. */
function outcomeOf({ attended, cause, passed }: Command<'ConcludeDefence'>): DefenceOutcome {
  if (attended) return passed ? 'passed' : 'failed';
  return cause === null ? 'vetoed' : 'excused';
}
