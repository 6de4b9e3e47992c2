import type { Act, Caller, Role } from './act';
import { conclusionFindings } from './conclusion';
import { filingFindings } from './filing';
import { blocks, isBlocking, type Found } from './findings';
import { notInHand, tooLateToFile, tooLateToRefile, whileInHand } from './in-hand';
import {
  excludedAwards,
  refusal,
  statusOf,
  submissionLimit,
  subSpecialties,
  type Refusal,
} from './notice';
import { afterAct, settled } from './outcome';
import { reviewRefusals } from './review';
import { scopeRefusals, type Choice } from './scope';
import { revisionOf, type Standing } from './standing';

/** What the service must answer, and how the dossier stands afterwards. */
export interface Verdict {
  readonly status: number;
  /** Every refusal, sorted; empty where it is accepted. */
  readonly refusals: readonly Refusal[];
  /** Everything that is found, what refuses nothing too; null where only the refusals are compared. */
  readonly findings: readonly Found[] | null;
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
  precheck: ['applicant'],
  receipts: ['applicant', 'unit-reviewer', 'supervisor', 'title-office', 'auditor'],
  fee: ['unit-reviewer', 'supervisor', 'title-office'],
  'printed-forms': ['unit-reviewer', 'supervisor', 'title-office'],
  'appoint-defence': ['title-office'],
  'conclude-defence': ['title-office'],
  'open-case': ['auditor'],
  'decide-case': ['auditor'],
  look: ['applicant', 'unit-reviewer', 'supervisor', 'title-office', 'auditor'],
};

/** Judges an act by the notice. `at` is when the complete request arrived, in epoch milliseconds. */
export function judge(before: Standing, act: Act, by: Caller, at: number): Verdict {
  const standing = settled(before, at);
  const refused = (status: number, ...refusals: readonly Refusal[]): Verdict => ({
    status,
    refusals: [...refusals].sort(),
    findings: null,
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
  const findings = findingsOf(standing, act, by, at);
  if (act.kind === 'precheck') return { status: 200, refusals: [], findings, after: standing };
  const refusals =
    findings === null
      ? refusalsOf(standing, act, by, at)
      : findings.filter(isBlocking).map(({ said }) => said);
  if (refusals.length > 0) return { ...refused(statusOf(refusals), ...refusals), findings };
  return { status: successOf(act), refusals, findings, after: afterAct(standing, act, by, at) };
}

const answeredWith200 = ['save', 'mask', 'explain', 'look', 'receipts'];

function successOf({ kind }: Act): 200 | 201 {
  return answeredWith200.includes(kind) ? 200 : 201;
}

/** What is said of acts whose findings are compared one by one; null of all others. */
function findingsOf(standing: Standing, act: Act, by: Caller, at: number): readonly Found[] | null {
  switch (act.kind) {
    case 'submit':
      return filingFindings(standing, act.confirmed, at);
    case 'precheck':
      return filingFindings(standing, true, at);
    case 'save': {
      const refused = whileInHand(standing, at, [refusal.underReview]);
      return [...refused.map((reason) => blocks(reason)), ...excludedIn(act)];
    }
    case 'fee':
    case 'printed-forms':
    case 'appoint-defence':
    case 'conclude-defence':
      return conclusionFindings(standing, act, by, at);
    default:
      return null;
  }
}

/** Awards of the kinds that are left out are not even saved (四(一)8). */
function excludedIn({ section, content }: Extract<Act, { kind: 'save' }>): readonly Found[] {
  const { entries } = content as { readonly entries?: unknown };
  if (section !== 'awards' || !Array.isArray(entries)) return [];
  const kinds = (entries as readonly { readonly kind?: unknown }[]).map(({ kind }) => kind);
  return kinds.flatMap((kind, index) =>
    excludedAwards.includes(kind) ? [blocks(refusal.excludedAward, `/entries/${index}/kind`)] : [],
  );
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
    case 'decide-case': {
      const { falsification } = standing;
      if (falsification === null || falsification.decided) return [refusal.caseDecided];
      return falsification.openedBy === by.subject ? [refusal.openedTheCase] : [];
    }
    case 'open':
      return [...whileOpening(standing, at), ...whileChoosing(act.choice, standing, by)];
    case 'attach':
      return by.subject === standing.applicant
        ? whileInHand(standing, at, [refusal.underReview])
        : reviewRefusals(standing, act, by, at);
    case 'mask':
    case 'explain':
      return [
        ...whileInHand(standing, at, [refusal.underReview]),
        ...(act.kind === 'explain' && standing.pending?.[act.reason - 1] === undefined
          ? [refusal.unknownReason]
          : []),
      ];
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
    default:
      return [];
  }
}

function whileOpening({ state, filings, pending, closedBy }: Standing, at: number): Refusal[] {
  const late = pending === null ? tooLateToFile(at) : tooLateToRefile(at);
  if (state === 'unopened') return late;
  if (state !== 'withdrawn' && state !== 'closed') return [refusal.oneDossier];
  if (closedBy === 'falsification') return [refusal.falsified];
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
