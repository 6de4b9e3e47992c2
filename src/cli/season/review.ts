import type { Act, Caller, Role } from './act';
import { refusal, windows, type Refusal } from './notice';
import { stageOf, type StageKind, type Standing } from './standing';

type ReviewAct = Extract<
  Act,
  { readonly kind: 'publish' | 'recommend' | 'endorse' | 'return' | 'accept' }
>;

const stagesOf: Readonly<Record<ReviewAct['kind'], readonly StageKind[]>> = {
  publish: ['unit'],
  recommend: ['unit'],
  endorse: ['supervision'],
  return: ['unit', 'supervision', 'title-office'],
  accept: ['title-office'],
};

const roleAt: Readonly<Record<StageKind, Role>> = {
  unit: 'unit-reviewer',
  supervision: 'supervisor',
  'title-office': 'title-office',
};

/** Why a reviewer's act is refused: out of turn, not theirs to do, outside the window, or incomplete. */
export function reviewRefusals(
  standing: Standing,
  act: ReviewAct,
  by: Caller,
  at: number,
  checks: readonly string[],
): Refusal[] {
  if (standing.state === 'accepted') return [refusal.final];
  const stage = stageOf(standing);
  if (stage === null || !stagesOf[act.kind].includes(stage)) return [refusal.outOfTurn];
  return [
    ...whoseTurn(standing, stage, by),
    ...(by.subject === standing.applicant ? [refusal.ownDossier] : []),
    ...inWindow(stage, at),
    ...(act.kind === 'recommend'
      ? checks.filter((check) => !act.checked.includes(check)).map(() => refusal.uncheckedByUnit)
      : []),
    ...(act.kind === 'return' && act.reasons.length === 0 ? [refusal.noReasons] : []),
  ];
}

function whoseTurn({ chain, step }: Standing, stage: StageKind, by: Caller): Refusal[] {
  const place = chain.indexOf(by.organisation ?? '');
  // Somebody else of the same chain has a turn, and this is not it.
  if (place !== -1 && place !== step) return [refusal.outOfTurn];
  return place === step && by.roles.includes(roleAt[stage]) ? [] : [refusal.otherOrganisation];
}

function inWindow(stage: StageKind, at: number): Refusal[] {
  const opens = stage === 'title-office' ? windows.officeOpens : windows.filingOpens;
  if (at < opens) return [refusal.tooEarlyToReview];
  return at > windows.reviewCloses ? [refusal.tooLateToReview] : [];
}
