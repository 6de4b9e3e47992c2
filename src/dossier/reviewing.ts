import { stageAt, type Stage } from '../organisations/organisation';
import type { Finding } from '../rules/finding';
import { alreadyFinal, inTurn, mayReview, reasonsGiven } from '../rules/review';
import { reviewInTime } from '../rules/time';
import { unlessBlocked, type Command, type Decision, type Facts } from './decision';
import { neverHappens, type OpenedDossier } from './dossier';
import { triesExhausted } from './tries';
import { atTheUnit } from './unit-review';
import type { DossierEvent } from './events';

/** Which stages an act belongs to. */
const actsAt = {
  StartPublicity: ['unit'],
  RecordObjection: ['unit'],
  SettleObjection: ['unit'],
  AttachUnitPaper: ['unit'],
  Recommend: ['unit'],
  Endorse: ['supervision'],
  Accept: ['title-office'],
  Return: ['unit', 'supervision', 'title-office'],
} as const satisfies Record<string, readonly Stage['kind'][]>;

type UnderReview = Extract<OpenedDossier, { status: 'under-review' }>;

/** A reviewer's act: in turn, for their own organisation, inside the window (T-3). */
export function review(
  command: Command<keyof typeof actsAt>,
  state: OpenedDossier,
  facts: Facts,
): Decision {
  const { policy, actor, now } = facts;
  if (state.status === 'accepted') return { refused: [alreadyFinal(policy)] };
  const at = state.status === 'under-review' ? state.stage : null;
  const outOfTurn = inTurn(policy, at, actsAt[command.type]);
  if (state.status !== 'under-review' || outOfTurn.length > 0) return { refused: outOfTurn };
  const { file, stage } = state;
  const findings = [
    ...mayReview(policy, stage, file.chain, file.applicant, actor),
    ...reviewInTime(policy, stage.kind, now),
  ];
  switch (command.type) {
    case 'StartPublicity':
    case 'RecordObjection':
    case 'SettleObjection':
    case 'AttachUnitPaper':
    case 'Recommend':
      return atTheUnit(command, state, findings, facts);
    case 'Endorse': {
      const to = stageAt(file.chain, stage.step + 1);
      const { opinion } = command;
      return unlessBlocked(findings, () =>
        to === undefined ? [] : [{ type: 'DossierEndorsed', data: { from: stage, to, opinion } }],
      );
    }
    case 'Accept':
      return unlessBlocked(findings, () => [
        { type: 'DossierAccepted', data: { from: stage, at: now } },
      ]);
    case 'Return':
      return giveBack(command, state, findings, facts);
    default:
      return neverHappens(command);
  }
}

/** a return with reasons; after the last try it closes the dossier for good. */
function giveBack(
  { reasons }: Command<'Return'>,
  { file, stage }: UnderReview,
  findings: readonly Finding[],
  { policy, now }: Facts,
): Decision {
  const filed = file.content.attachments.map(({ sha256 }) => sha256);
  const toCheck = reasons.map(({ code, correction, part }) => ({
    code,
    correction,
    names: part !== null,
    attachment: part !== null && 'attachment' in part ? part.attachment : null,
  }));
  return unlessBlocked([...findings, ...reasonsGiven(policy, toCheck, filed)], () => {
    const data = {
      number: file.returns.length + 1,
      at: now,
      from: stage,
      submission: file.submissions.length,
      reasons: reasons.flatMap(({ part, ...reason }) => (part ? [{ ...reason, part }] : [])),
    };
    const after = { ...file, returns: [...file.returns, data] };
    const returned: DossierEvent = { type: 'DossierReturned', data };
    return triesExhausted(after, policy)
      ? [returned, { type: 'DossierClosed', data: { cause: 'submission-limit' } }]
      : [returned];
  });
}
