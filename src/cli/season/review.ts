import type { Act, Attach, Caller, ReviewAct, Role, UnitAct } from './act';
import { grassrootsChecks, recommendation, refusal, windows, type Refusal } from './notice';
import { publicityRefusals } from './publicity';
import { stageOf, type StageKind, type Standing } from './standing';

const stagesOf: Readonly<Record<(ReviewAct | UnitAct | Attach)['kind'], readonly StageKind[]>> = {
  attach: ['unit'],
  publish: ['unit'],
  object: ['unit'],
  'settle-objection': ['unit'],
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
  act: ReviewAct | UnitAct | Attach,
  by: Caller,
  at: number,
): Refusal[] {
  if (standing.state === 'accepted') return [refusal.final];
  const stage = stageOf(standing);
  if (stage === null || !stagesOf[act.kind].includes(stage)) return [refusal.outOfTurn];
  return [
    ...whoseTurn(standing, stage, by),
    ...(by.subject === standing.applicant ? [refusal.ownDossier] : []),
    ...inWindow(stage, at),
    ...(act.kind === 'recommend' ? recommendationRefusals(standing, act, at) : []),
    ...(act.kind === 'return' && act.reasons.length === 0 ? [refusal.noReasons] : []),
  ];
}

function whoseTurn({ chain, step }: Standing, stage: StageKind, by: Caller): Refusal[] {
  const place = chain.indexOf(by.organisation ?? '');
  // Somebody else of the same chain has a turn, and this is not it.
  if (place !== -1 && place !== step) return [refusal.outOfTurn];
  return place === step && by.roles.includes(roleAt[stage]) ? [] : [refusal.otherOrganisation];
}

/** Whether the caller reviews for the organisation at a step of the chain. */
export function isReviewerAt({ chain }: Standing, step: number, by: Caller): boolean {
  const last = chain.length - 1;
  const role = step === 0 ? 'unit-reviewer' : step === last ? 'title-office' : 'supervisor';
  return by.organisation === chain[step] && by.roles.includes(role);
}

function inWindow(stage: StageKind, at: number): Refusal[] {
  const opens = stage === 'title-office' ? windows.officeOpens : windows.filingOpens;
  if (at < opens) return [refusal.tooEarlyToReview];
  return at > windows.reviewCloses ? [refusal.tooLateToReview] : [];
}

function recommendationRefusals(
  standing: Standing,
  { checked, statement, papers }: Extract<Act, { kind: 'recommend' }>,
  at: number,
): Refusal[] {
  const unchecked = grassrootsChecks.filter((check) => !checked.includes(check));
  return [
    ...unchecked.map(() => refusal.uncheckedByUnit),
    ...publicityRefusals(standing, at),
    ...standing.objections.filter(({ settled }) => !settled).map(() => refusal.objectionOpen),
    ...(statement === recommendation ? [] : [refusal.otherSentence]),
    ...['publicity-notice', 'publicity-result']
      .filter((paper) => papers[paper] === undefined)
      .map(() => refusal.publicityPaperMissing),
    ...missingConductPapers(standing)
      .filter((paper) => papers[paper] === undefined)
      .map(() => refusal.conductPaperMissing),
  ];
}

/** Where the applicant's other attachments would hold what the unit says of their conduct (四(一)15). */
const conductPapers = {
  'political-conduct': 'politicalConduct',
  'integrity-certificate': 'integrityCertificate',
} as const;
export type ConductPaper = keyof typeof conductPapers;

/** Papers about the applicant's conduct that are not in the dossier: the unit adds them. */
export function missingConductPapers({ work }: Standing): readonly ConductPaper[] {
  const held = work.sections['otherAttachments'] as Readonly<
    Record<string, { readonly evidence?: unknown }>
  >;
  return (Object.keys(conductPapers) as ConductPaper[]).filter(
    (paper) => !Array.isArray(held[conductPapers[paper]]?.evidence),
  );
}
