import { stageAt, unitStep } from '../organisations/organisation';
import { confirmed } from '../rules/filing';
import type { Finding } from '../rules/finding';
import { maskingAnswered } from '../rules/masking';
import { notBarred } from '../rules/standing';
import { materialFindings, type FiledMaterials, type MaterialsContext } from '../rules/materials';
import { inTurn, reasonsAnswered, withinLimit } from '../rules/review';
import { firstSubmissionInTime, refilingInTime } from '../rules/time';
import { applicantOnly, inApplicantsHands, noReviewChain } from './conflicts';
import { unlessBlocked, type Command, type Decision, type Facts } from './decision';
import { answersTo, attachmentsToMask, isAnswered } from './answers';
import { contentHash, pendingReturn, type Content, type OpenedDossier } from './dossier';
import { inScope } from './opening';
import { nextCounts, triesExhausted, triesUsed } from './tries';

/** A first filing or a refiling. Review begins at the unit, each time. */
export function submit(command: Command<'Submit'>, state: OpenedDossier, facts: Facts): Decision {
  const findings = submissionFindings(command, state, facts);
  return unlessBlocked(findings, () => {
    const { file } = state;
    const { policy, now } = facts;
    const chain = facts.chain ?? file.chain;
    const to = stageAt(chain, unitStep);
    const unit = facts.unit;
    if (to === undefined || unit === undefined) return [];
    const counted = nextCounts(file, policy);
    const pending = pendingReturn(file);
    const filing = {
      number: file.submissions.length + 1,
      at: now,
      contentHash: contentHash(file.content),
      counted,
      remaining: policy.submissions.limit - triesUsed(file) - (counted ? 1 : 0),
      warnings: findings,
      answers: pending === undefined ? [] : answersTo(file, pending),
      to,
    };
    const type = filing.number === 1 ? 'DossierSubmitted' : 'DossierResubmitted';
    const { round, applicant, content } = file;
    return [{ type, data: { round, applicant, unit, filing, choice: content.choice, chain } }];
  });
}

/** Everything that speaks against, or about, a submission now. */
export function submissionFindings(
  { confirmed: isConfirmed }: Command<'Submit'>,
  state: OpenedDossier,
  { policy, now, actor, unit, chain, bars }: Facts,
): Finding[] {
  const { file } = state;
  const { content } = file;
  const limit = withinLimit(policy, triesExhausted(file, policy));
  // Where the tries are used up, that is the reason, whatever else the dossier waits for.
  const usedUp = limit.length > 0 && state.status !== 'accepted';
  return [
    ...applicantOnly(file, actor),
    ...(usedUp ? limit : inApplicantsHands(state, policy, now, (at) => inTurn(policy, at, []))),
    ...confirmed(policy, isConfirmed),
    ...(state.status === 'draft' ? firstSubmissionInTime(policy, now) : []),
    ...(state.status === 'returned' ? refilingInTime(policy, now) : []),
    ...(state.status === 'returned' ? reasonsAnswered(policy, unansweredReasons(state)) : []),
    ...(unit === undefined || chain === undefined
      ? [noReviewChain]
      : inScope(content.choice, unit, policy)),
    ...notBarred(policy, bars),
    ...maskingAnswered(policy, attachmentsToMask(content), content.masking),
    ...materialFindings(materialsIn(content), materialsContext(content, { policy, unit, now })),
  ];
}

/** The form has taken every section in this shape when it was saved. */
export function materialsIn({ sections, attachments }: Content): FiledMaterials {
  return { sections: sections as FiledMaterials['sections'], attachments };
}

export function materialsContext(
  { choice: { level, subSpecialty } }: Content,
  facts: Pick<Facts, 'policy' | 'unit' | 'now'>,
): MaterialsContext {
  return { level, subSpecialty, ...facts };
}

function unansweredReasons({
  file,
  pending,
}: Extract<OpenedDossier, { status: 'returned' }>): number[] {
  return answersTo(file, pending)
    .filter((answer) => !isAnswered(answer))
    .map((answer) => answer.reason);
}

/** The applicant takes the dossier back; what was filed stays counted. */
export function withdraw(
  { reason }: Command<'Withdraw'>,
  state: OpenedDossier,
  { policy, now, actor }: Facts,
): Decision {
  const findings = [
    ...applicantOnly(state.file, actor),
    ...inApplicantsHands(state, policy, now, () => []),
  ];
  const from = state.status === 'under-review' ? state.stage : null;
  return unlessBlocked(findings, () => [{ type: 'DossierWithdrawn', data: { from, reason } }]);
}
