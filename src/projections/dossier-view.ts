import type { RecordedEvent } from '../engine/event-store';
import { fold } from '../engine/execute';
import type { Instant } from '../engine/instant';
import type { ReviewChain, Stage } from '../organisations/organisation';
import { sectionNames } from '../dossier/sections';
import { dossierAggregate } from '../dossier/stream';
import { answersTo } from '../dossier/answers';
import type {
  AfterAcceptance,
  Content,
  Dossier,
  ObjectionRecord,
  OpenedDossier,
  Publicity,
  Return,
  Submission,
} from '../dossier/dossier';
import type {
  Answer,
  Attachment,
  Choice,
  ClosingCause,
  Filing,
  Judgements,
  ReturnReason,
} from '../dossier/events';
import { masked, maskedContent } from '../privacy/masking';
import { changesBetween, type FieldChange } from './changes';

/** Who looks: the applicant sees the work in hand, everybody else what was filed, with identifiers masked. */
export type Viewer = 'applicant' | 'reviewer';

export type FilingView = Omit<Filing, 'to'>;

export type ReasonView = ReturnReason & Answer;

export type ReturnView = Omit<Return, 'reasons'> & { readonly reasons: readonly ReasonView[] };

export type DossierView = {
  readonly id: string;
  readonly round: string;
  readonly applicant: string;
  readonly chain: ReviewChain;
  readonly status: OpenedDossier['status'];
  readonly stage: Stage | null;
  readonly closedBecause: ClosingCause | null;
  readonly choice: Choice;
  readonly content: Content;
  readonly submissions: readonly FilingView[];
  readonly returns: readonly ReturnView[];
  /** What the unit judged where the rules leave it to a human, by the pointer of the finding. */
  readonly judgements: Judgements;
  readonly publicity: Publicity | null;
  readonly objections: readonly ObjectionView[];
  /** Scans the unit added while it reviewed. */
  readonly unitPapers: readonly Attachment[];
  /** Fee, printed forms and defence; null before the acceptance. */
  readonly after: AfterAcceptance | null;
  readonly revision: number;
  readonly changedAt: Instant;
};

/** What was objected may tell who did: the applicant has no text of it. */
export type ObjectionView = Omit<ObjectionRecord, 'text'> & { readonly text: string | null };

function withoutText(objection: ObjectionRecord): ObjectionView {
  return { ...objection, text: null };
}

/**
 * A dossier as its stream tells it, up to the last of the events given. Now and any past moment are the
 * same reading of more or fewer events. Undefined where there is nothing for the viewer yet.
 */
export function dossierView(
  id: string,
  events: readonly RecordedEvent[],
  viewer: Viewer,
): DossierView | undefined {
  const last = events.at(-1);
  const state = fold(dossierAggregate, events);
  if (last === undefined || state.status === 'unopened') return undefined;
  const { file } = state;
  const filed = file.submissions.at(-1)?.content;
  const content = viewer === 'applicant' ? file.content : filed && maskedContent(filed);
  if (content === undefined) return undefined;
  return {
    id,
    round: file.round,
    applicant: file.applicant,
    chain: file.chain,
    status: state.status,
    stage: state.status === 'under-review' ? state.stage : null,
    closedBecause: state.status === 'closed' ? state.cause : null,
    choice: content.choice,
    content,
    submissions: file.submissions.map(filingView),
    returns: file.returns.map((given) => ({
      ...given,
      reasons: given.reasons.map((reason, index) => ({
        ...reason,
        ...answerView(state, given, index, viewer),
      })),
    })),
    judgements: file.judgements,
    publicity: file.publicity,
    objections: viewer === 'applicant' ? file.objections.map(withoutText) : file.objections,
    unitPapers: file.unitPapers,
    after: state.status === 'accepted' ? state.after : null,
    revision: last.revision,
    changedAt: last.metadata.at,
  };
}

export function filingView({
  content: _content,
  chain: _chain,
  to: _to,
  ...filing
}: Submission): FilingView {
  return filing;
}

/** The answer as refiled; while the return is still in hand, as far as the applicant has come. */
function answerView({ file }: OpenedDossier, given: Return, index: number, viewer: Viewer): Answer {
  const refiled = file.submissions[given.submission];
  const inHand = viewer === 'applicant' ? answersTo(file, given) : [];
  const unanswered = { reason: index + 1, changed: false, explanation: null };
  return (refiled?.answers ?? inHand)[index] ?? unanswered;
}

export type SubmissionView = FilingView & {
  readonly dossier: string;
  /** Revision of the dossier now; what was filed never changes. */
  readonly revision: number;
  readonly content: Content;
};

/** Submission n exactly as filed; undefined where there is none. */
export function submissionView(
  id: string,
  events: readonly RecordedEvent[],
  n: number,
): SubmissionView | undefined {
  const submission = submissionOf(fold(dossierAggregate, events), n);
  if (submission === undefined) return undefined;
  const revision = events.length - 1;
  return { dossier: id, revision, ...filingView(submission), content: submission.content };
}

export type ChangesView = {
  readonly dossier: string;
  readonly revision: number;
  readonly submission: number;
  /** The submission it is compared with; null for the first. */
  readonly previous: number | null;
  readonly changes: readonly (FieldChange & { readonly section: string | null })[];
  /** The reasons this submission answers, each with its answer and the changes in the part it names. */
  readonly reasons: readonly (ReasonView & { readonly changes: readonly FieldChange[] })[];
};

/** Submission n field by field beside n−1, with the reasons it answers (三(四), R-5). */
export function changesView(
  id: string,
  events: readonly RecordedEvent[],
  n: number,
  viewer: Viewer,
): ChangesView | undefined {
  const state = fold(dossierAggregate, events);
  const submission = submissionOf(state, n);
  if (submission === undefined || state.status === 'unopened') return undefined;
  const previous = submissionOf(state, n - 1);
  const all = previous === undefined ? [] : contentChanges(previous.content, submission.content);
  // Masked after they are compared: what differs where it is masked has changed all the same.
  const changes = viewer === 'applicant' ? all : all.map(maskedChange);
  const answered = state.file.returns.find((given) => given.submission === n - 1);
  return {
    dossier: id,
    revision: events.length - 1,
    submission: n,
    previous: previous?.number ?? null,
    changes,
    reasons: (answered?.reasons ?? []).map((reason, index) => ({
      ...reason,
      reason: index + 1,
      changed: false,
      explanation: null,
      ...submission.answers[index],
      changes: changes.filter((change) => isAbout(change, reason.part)),
    })),
  };
}

/** Of an attachment: where it stood, what is said of its masking, and what else it was a masked version of. */
function isAbout(
  { section, pointer, before }: ChangesView['changes'][number],
  part: ReturnReason['part'],
): boolean {
  if ('section' in part) return section === part.section;
  return (
    pointer.startsWith(`/masking/${part.attachment}`) ||
    JSON.stringify(before ?? null).includes(part.attachment)
  );
}

function submissionOf(state: Dossier, n: number): Submission | undefined {
  return state.status === 'unopened' ? undefined : state.file.submissions[n - 1];
}

function contentChanges(before: Content, after: Content): ChangesView['changes'] {
  const whole = [
    ...changesBetween(before.choice, after.choice, '/choice'),
    ...changesBetween(byHash(before), byHash(after), '/attachments'),
    ...changesBetween(before.masking, after.masking, '/masking'),
  ];
  const inSections = sectionNames.flatMap((section) => {
    const pointer = `/sections/${section}`;
    const changes = changesBetween(before.sections[section], after.sections[section], pointer);
    return changes.map((change) => ({ ...change, section }));
  });
  return [...whole.map((change) => ({ ...change, section: null })), ...inSections];
}

function maskedChange<C extends FieldChange>(change: C): C {
  const { pointer, before, after } = change;
  return {
    ...change,
    ...(before === undefined ? {} : { before: masked(before, pointer) }),
    ...(after === undefined ? {} : { after: masked(after, pointer) }),
  };
}

function byHash({ attachments }: Content) {
  return Object.fromEntries(attachments.map((attachment) => [attachment.sha256, attachment]));
}
