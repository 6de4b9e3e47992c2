import type { Actor, Position, RecordedEvent } from '../../engine/event-store';
import { toEpoch, type Instant } from '../../engine/instant';
import { evolve, unopened, type Dossier } from '../../dossier/dossier';
import type { DossierEvent } from '../../dossier/events';
import { dossierEvent } from '../../dossier/upcasters';
import { caseAggregate, type CaseEvent } from '../../falsification/case';
import type { Stage } from '../../organisations/organisation';
import type { Policy } from '../../rounds/policy';
import { workingTime } from '../../rounds/working-time';
import type { Text } from '../../rules/finding';
import { changesBetween, type FieldChange } from '../changes';
import { changesView } from '../dossier-view';
import { stageMove } from '../stage-moves';
import type { Circumstances, Waited } from './circumstances';
import { titleOf } from './titles';
import { caseSentence } from './wording/case-sentences';
import { dossierSentence } from './wording/dossier-sentences';
import { reasonsOf } from './wording/reasons';
import { rulesOf, type RuleNamed } from './wording/rules';
import { sentenceOf } from './wording/who';

/** A field that was changed; the values where it was filed, and not merely saved. */
export type ChangeTold = FieldChange & { readonly title: Text };

/** One thing that happened, as a person can read it. */
export type TimelineEntry = {
  readonly position: Position;
  readonly stream: string;
  readonly revision: number;
  readonly at: Instant;
  readonly type: string;
  readonly actor: Actor;
  readonly organisation: string | null;
  readonly address: string | null;
  readonly sentence: Text;
  readonly changes: readonly ChangeTold[];
  /** What was given as reasons, in the words it was given in. */
  readonly reasons: readonly Text[];
  readonly rules: readonly RuleNamed[];
  readonly policyVersion: number | null;
  readonly waited: Waited | null;
  /** SHA-256 of the file it is about. */
  readonly file: string | null;
};

/** Who did what in a dossier, why, under which rule, and how long it had waited, oldest first. */
export function timeline(
  id: string,
  events: readonly RecordedEvent[],
  circumstances: Circumstances,
): readonly TimelineEntry[] {
  let before: Dossier = unopened;
  let arrived: Instant | null = null;
  return events.map((recorded) => {
    const event = dossierEvent(recorded);
    const after = evolve(before, event);
    const policy = circumstances.policyOf(recorded.metadata.policyVersion);
    const { from, to } = stageMove(event);
    const { at } = recorded.metadata;
    const waited = from === null || arrived === null ? null : waitedAt(from, arrived, at, policy);
    const entry = {
      ...about(recorded, circumstances),
      sentence: sentenceOf(
        recorded.metadata.actor,
        dossierSentence(event, { ...circumstances, policy }),
        { ...circumstances, waited },
      ),
      changes: policy === undefined ? [] : changesOf(id, events, { event, before, after, policy }),
      reasons: reasonsOf(event, policy),
      rules: rulesOf(event, policy),
      waited,
      file: fileIn(event),
    };
    if (from !== null || to !== null) arrived = to === null ? null : at;
    before = after;
    return entry;
  });
}

/** The same of a falsification case about the dossier. */
export function caseTimeline(
  events: readonly RecordedEvent[],
  circumstances: Circumstances,
): readonly TimelineEntry[] {
  return events.map((recorded) => {
    const event: CaseEvent = caseAggregate.read(recorded);
    const { metadata } = recorded;
    const policy = circumstances.policyOf(metadata.policyVersion);
    const { sentence, reasons } = caseSentence(event);
    return {
      ...about(recorded, circumstances),
      sentence: sentenceOf(metadata.actor, sentence, { ...circumstances, waited: null }),
      changes: [],
      reasons,
      rules: [{ rule: 'M-26', clause: policy?.clauses['M-26'] ?? null }],
      waited: null,
      file: null,
    };
  });
}

function about({ metadata, ...recorded }: RecordedEvent, { nameOf }: Circumstances) {
  const { actor, at, address, policyVersion } = metadata;
  const organisation = actor.kind === 'person' ? actor.organisation : null;
  const { position, stream, revision, type } = recorded;
  return {
    ...{ position, stream, revision, at, type, actor, address, policyVersion },
    organisation: organisation === null ? null : nameOf(organisation),
  };
}

function fileIn(event: DossierEvent): string | null {
  switch (event.type) {
    case 'EvidenceAttached':
    case 'UnitPaperAttached':
      return event.data.attachment.sha256;
    case 'MaskingAnswered':
      return event.data.sha256;
    default:
      return null;
  }
}

function waitedAt(
  { kind: stage }: Stage,
  since: Instant,
  until: Instant,
  policy: Policy | undefined,
): Waited {
  const officeHours = policy?.investigation.officeHours ?? [];
  const seconds = Math.floor((toEpoch(until) - toEpoch(since)) / 1000);
  const officeSeconds = Math.floor(workingTime(since, until, officeHours) / 1000);
  return { stage, since, seconds, officeSeconds };
}

/**
 * Of a refiling, every field with its values, as whoever reviews sees it. Of what was merely saved, which
 * fields: the work in hand is the applicant's own.
 */
function changesOf(
  id: string,
  events: readonly RecordedEvent[],
  {
    event,
    before,
    after,
    policy,
  }: {
    readonly event: DossierEvent;
    readonly before: Dossier;
    readonly after: Dossier;
    readonly policy: Policy;
  },
): readonly ChangeTold[] {
  if (after.status === 'unopened') return [];
  const { level } = after.file.content.choice;
  const told = (change: FieldChange): ChangeTold => ({
    ...change,
    title: titleOf(change.pointer, level, policy),
  });
  switch (event.type) {
    case 'DossierResubmitted': {
      const { number } = event.data.filing;
      const { changes = [] } = changesView(id, events, number, 'reviewer') ?? {};
      return changes.map(({ section: _, ...change }) => told(change));
    }
    case 'SectionSaved':
    case 'SectionRevised': {
      const { section, content } = event.data;
      const earlier =
        before.status === 'unopened' ? undefined : before.file.content.sections[section];
      return changesBetween(earlier, content, `/sections/${section}`).map(({ pointer, kind }) =>
        told({ pointer, kind }),
      );
    }
    default:
      return [];
  }
}
