import type { Act, Caller, Role } from './act';
import {
  refusal,
  statusOf,
  submissionLimit,
  subSpecialties,
  windows,
  type Refusal,
} from './notice';
import { afterAct, settled } from './outcome';
import { reviewRefusals } from './review';
import { scopeRefusals, type Choice } from './scope';
import { canonical, revisionOf, type Content, type Reason, type Standing } from './standing';

/** What the service must answer, and how the dossier stands afterwards. */
export interface Verdict {
  readonly status: number;
  /** Every refusal, sorted; empty where it is accepted. */
  readonly refusals: readonly Refusal[];
  readonly after: Standing;
}

const mayAsk: Readonly<Record<Act['kind'], readonly Role[]>> = {
  open: ['applicant'],
  save: ['applicant'],
  attach: ['applicant', 'unit-reviewer'],
  mask: ['applicant'],
  explain: ['applicant'],
  submit: ['applicant'],
  withdraw: ['applicant'],
  publish: ['unit-reviewer'],
  object: ['unit-reviewer'],
  'settle-objection': ['unit-reviewer'],
  recommend: ['unit-reviewer'],
  endorse: ['supervisor'],
  return: ['unit-reviewer', 'supervisor', 'title-office'],
  accept: ['title-office'],
  look: ['applicant', 'unit-reviewer', 'supervisor', 'title-office', 'auditor'],
};

/** Judges an act by the notice. `at` is when the complete request arrived, in epoch milliseconds. */
export function judge(before: Standing, act: Act, by: Caller, at: number): Verdict {
  const standing = settled(before, at);
  const refused = (status: number, ...refusals: readonly Refusal[]): Verdict => ({
    status,
    refusals: [...refusals].sort(),
    after: standing,
  });
  if (!by.roles.some((role) => mayAsk[act.kind].includes(role))) {
    return refused(403, refusal.roleMissing);
  }
  if (act.kind !== 'open' && !mayKnow(standing, by)) return refused(404, refusal.notFound);
  if (act.kind === 'attach' && !act.genuine) return refused(415, refusal.fakeScan);
  if (act.kind === 'save' && (act.ifRevision ?? revisionOf(standing)) !== revisionOf(standing)) {
    return refused(412, refusal.stale);
  }
  const refusals = refusalsOf(standing, act, by, at);
  if (refusals.length > 0) return refused(statusOf(refusals), ...refusals);
  return { status: successOf(act), refusals: [], after: afterAct(standing, act, at) };
}

function successOf({ kind }: Act): 200 | 201 {
  return ['save', 'mask', 'explain', 'look'].includes(kind) ? 200 : 201;
}

/** A dossier is its applicant's alone until it is filed; then the organisations of its chain see it too. */
function mayKnow({ applicant, state, chain, filings }: Standing, by: Caller): boolean {
  if (state === 'unopened') return false;
  if (by.roles.includes('applicant') && by.subject === applicant) return true;
  const oversees = by.roles.some((role) => role !== 'applicant');
  return filings.length > 0 && oversees && chain.includes(by.organisation ?? '');
}

function refusalsOf(standing: Standing, act: Act, by: Caller, at: number): Refusal[] {
  switch (act.kind) {
    case 'look':
      return [];
    case 'open':
      return [...whileOpening(standing, at), ...whileChoosing(act.choice, standing, by)];
    case 'attach':
      return by.subject === standing.applicant
        ? whileInHand(standing, at, [refusal.underReview])
        : reviewRefusals(standing, act, by, at);
    case 'save':
    case 'mask':
    case 'explain':
      return [
        ...whileInHand(standing, at, [refusal.underReview]),
        ...(act.kind === 'explain' && standing.pending?.[act.reason - 1] === undefined
          ? [refusal.unknownReason]
          : []),
      ];
    case 'submit':
      return whileSubmitting(standing, act.confirmed, at);
    case 'withdraw':
      return standing.state === 'under-review' ? [] : notInHand(standing, at, []);
    case 'publish':
    case 'object':
    case 'settle-objection':
    case 'recommend':
    case 'endorse':
    case 'return':
    case 'accept':
      return reviewRefusals(standing, act, by, at);
  }
}

function whileOpening({ state, filings, pending, closedBy }: Standing, at: number): Refusal[] {
  const late = pending === null ? tooLateToFile(at) : tooLateToRefile(at);
  if (state === 'unopened') return late;
  if (state !== 'withdrawn' && state !== 'closed') return [refusal.oneDossier];
  const usedUp = closedBy === 'submission-limit' || filings.length >= submissionLimit;
  return [...(usedUp ? [refusal.triesUsedUp] : []), ...late];
}

function whileChoosing(choice: Choice, { unit }: Standing, by: Caller): Refusal[] {
  const { subSpecialty, organisation } = choice;
  const known = (subSpecialties as readonly string[]).includes(subSpecialty);
  return [
    ...(known ? [] : [refusal.unknownSubSpecialty]),
    ...(by.organisation === organisation ? [] : [refusal.otherOrganisation]),
    ...scopeRefusals(choice, unit),
  ];
}

function whileSubmitting(standing: Standing, confirmed: boolean, at: number): Refusal[] {
  const { state, filings } = standing;
  const usedUp = filings.length >= submissionLimit && state !== 'accepted';
  const early = state === 'draft' && at < windows.filingOpens;
  return [
    ...(usedUp ? [refusal.triesUsedUp] : whileInHand(standing, at, [refusal.outOfTurn])),
    ...(confirmed ? [] : [refusal.unconfirmed]),
    ...(early ? [refusal.tooEarlyToFile] : []),
    ...unansweredReasons(standing).map(() => refusal.unanswered),
    ...maskingRefusals(standing.work),
  ];
}

/** Every scan that a section names is answered, and one that shows the name has its masked version. */
function maskingRefusals({ attachments, sections, masking }: Content): Refusal[] {
  const text = canonical(sections);
  const masked = Object.values(masking).map(({ maskedVersion }) => maskedVersion);
  return attachments
    .filter(({ sha256 }) => text.includes(sha256) && !masked.includes(sha256))
    .flatMap(({ sha256 }) => {
      const answer = masking[sha256];
      if (answer === undefined) return [refusal.maskingUnanswered];
      const missing = answer.nameShown && answer.maskedVersion === null;
      return missing ? [refusal.maskedVersionMissing] : [];
    });
}

/** Refusals of work on a dossier that is not, or no longer, in its applicant's hands. */
function whileInHand(standing: Standing, at: number, underReview: Refusal[]): Refusal[] {
  if (standing.state === 'draft') return tooLateToFile(at);
  if (standing.state === 'returned') return tooLateToRefile(at);
  return notInHand(standing, at, underReview);
}

function notInHand({ state, closedBy }: Standing, at: number, underReview: Refusal[]): Refusal[] {
  switch (state) {
    case 'unopened':
    case 'draft':
    case 'returned':
      return [];
    case 'under-review':
      return underReview;
    case 'accepted':
      return [refusal.final];
    case 'withdrawn':
      return [refusal.withdrawn];
    case 'closed': {
      if (closedBy === 'submission-limit') return [refusal.triesUsedUp];
      const late = closedBy === 'never-submitted' ? tooLateToFile(at) : tooLateToRefile(at);
      return late.length > 0 ? late : [refusal.closed];
    }
  }
}

function tooLateToFile(at: number): Refusal[] {
  return at > windows.filingCloses ? [refusal.tooLateToFile] : [];
}

function tooLateToRefile(at: number): Refusal[] {
  return at > windows.reviewCloses ? [refusal.tooLateToRefile] : [];
}

/** A reason is answered by an explanation, or by a change to the part it names. */
export function unansweredReasons({
  state,
  pending,
  explained,
  filings,
  work,
}: Standing): Reason[] {
  const filed = filings.at(-1);
  if (state !== 'returned' || pending === null || filed === undefined) return [];
  return pending.filter(({ section, attachment }, index) => {
    if (explained[index + 1] !== undefined) return false;
    if (section !== undefined) {
      return canonical(filed.sections[section]) === canonical(work.sections[section]);
    }
    return canonical(work.sections).includes(attachment ?? '');
  });
}
