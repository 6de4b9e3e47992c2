import type { Position, RecordedEvent } from '../../engine/event-store';
import type { Instant } from '../../engine/instant';
import { contentHash } from '../../dossier/dossier';
import type { Attachment } from '../../dossier/events';
import { dossierAggregate } from '../../dossier/stream';
import { fold } from '../../engine/execute';
import type { Stage } from '../../organisations/organisation';
import { readsAggregate } from '../../privacy/reads';
import { dossierView, type DossierView } from '../dossier-view';
import { shownBeyondUnit } from '../shown-attachments';

/** What a reviewer had before them when they decided. */
export type DecisionView = {
  readonly dossier: string;
  readonly revision: number;
  readonly position: Position;
  readonly type: string;
  readonly at: Instant;
  readonly account: string;
  readonly roles: readonly string[];
  readonly organisation: string | null;
  readonly stage: Stage;
  readonly policyVersion: number | null;
  readonly submission: {
    readonly number: number;
    readonly at: Instant;
    readonly contentHash: string;
    /** Whether the content shown here has that hash. Of an erased person it has not any more. */
    readonly hashMatches: boolean;
  };
  /** The dossier as it stood just before, as the service shows it to reviewers. */
  readonly shown: DossierView;
  readonly attachments: readonly ShownAttachment[];
  /** What the reviewer is on record to have opened with nothing masked, up to the decision. */
  readonly openedUnmasked: readonly { readonly part: string; readonly at: Instant }[];
};

export type ShownAttachment = {
  readonly sha256: string;
  /** What was shown in its place: itself, its masked version, or nothing. */
  readonly as: 'original' | 'masked' | 'hidden';
  readonly shown: Attachment | null;
};

const decisions: readonly string[] = [
  'DossierRecommended',
  'DossierEndorsed',
  'DossierReturned',
  'DossierAccepted',
];

/**
 * Of the dossier's events, and of the record of who read of it. Undefined where the event of that revision is
 * no decision of a reviewer.
 */
export function decisionView(
  id: string,
  events: readonly RecordedEvent[],
  revision: number,
  reads: readonly RecordedEvent[],
): DecisionView | undefined {
  const decided = events[revision];
  const before = events.slice(0, revision);
  const state = fold(dossierAggregate, before);
  const shown = dossierView(id, before, 'reviewer');
  if (decided === undefined || !decisions.includes(decided.type) || shown === undefined) {
    return undefined;
  }
  const { actor, at, policyVersion } = decided.metadata;
  if (state.status !== 'under-review' || actor.kind !== 'person') return undefined;
  const { stage, file } = state;
  const submission = file.submissions.at(-1);
  if (submission === undefined) return undefined;
  const { subject: account, roles, organisation } = actor;
  return {
    dossier: id,
    revision,
    position: decided.position,
    type: decided.type,
    at,
    ...{ account, roles, organisation, stage, policyVersion },
    submission: {
      number: submission.number,
      at: submission.at,
      contentHash: submission.contentHash,
      hashMatches: contentHash(submission.content) === submission.contentHash,
    },
    shown,
    attachments: [...shown.content.attachments, ...shown.unitPapers].map((attachment) =>
      shownAt(stage, attachment, shown),
    ),
    openedUnmasked: reads
      .filter(({ position }) => position < decided.position)
      .flatMap((recorded) => {
        const { reader, part } = readsAggregate.read(recorded).data;
        return reader === account ? [{ part, at: recorded.metadata.at }] : [];
      }),
  };
}

/** M-27: the unit sees the originals; those beyond it what stands in their place. */
function shownAt(stage: Stage, attachment: Attachment, view: DossierView): ShownAttachment {
  const { sha256 } = attachment;
  const shown = stage.kind === 'unit' ? attachment : shownBeyondUnit(view, sha256);
  if (shown === undefined) return { sha256, as: 'hidden', shown: null };
  return { sha256, as: shown.sha256 === sha256 ? 'original' : 'masked', shown };
}
