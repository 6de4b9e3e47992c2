import type { RecordedEvent } from '../../engine/event-store';
import { dayOf, type Day } from '../../engine/instant';
import type { Look } from '../../engine/projection';
import type { ReviewChain, Tier } from '../../organisations/organisation';
import type { DossierEventType } from '../../dossier/events';
import { dossierStreams, idOf } from '../../dossier/stream';
import { dossierEvent } from '../../dossier/upcasters';
import { caseAggregate, caseStreams } from '../../falsification/case';
import { standingStreams } from '../../falsification/standing';
import { summaryAfter, type DossierSummary } from '../dossier-summary';
import { stageMove } from '../stage-moves';

/* What the reports remember of the past, since an event does not say where a dossier was counted before it. */

/** Of a dossier: where it stands, and how far it ever came. */
export type DossierRecord = {
  readonly kind: 'dossier';
  readonly summary: DossierSummary;
  readonly chain: ReviewChain;
  readonly tier: Tier;
  readonly prefecture: string | null;
  /** Day on which it came to the stage it waits at; null where nobody reviews it. */
  readonly since: Day | null;
  readonly recommended: boolean;
  readonly reachedTitleOffice: boolean;
  /** Passed the formal review, also where that was undone later. */
  readonly passed: boolean;
  readonly feeReceived: boolean;
  readonly formsReceived: boolean;
  readonly attached: boolean;
  /** Organisations in whose jurisdiction it uses a file another dossier had used before. */
  readonly sharing: readonly string[];
};

/** Of a file: in how many dossiers it is used, by the organisations in whose jurisdiction they are. */
export type FileRecord = {
  readonly kind: 'file';
  readonly uses: Readonly<Record<string, number>>;
};

/** Of a falsification case: how it ended, and the dossier as it was when the case was opened. */
export type CaseRecord = {
  readonly kind: 'case';
  readonly dossier: DossierRecord;
  readonly outcome: 'open' | 'upheld' | 'dismissed';
  readonly barred: boolean;
};

/**
 * The day that is being counted. It goes by the order of the log and never back: what is recorded late is
 * counted late, so that a day that is over reads as it read that evening.
 */
export type DayRecord = { readonly kind: 'day'; readonly day: Day };

export type ReportRecord = DossierRecord | FileRecord | CaseRecord | DayRecord;

/** An event, and the records it touches before and after it. */
export interface Happening {
  readonly event: RecordedEvent;
  readonly before: Look<ReportRecord>;
  readonly after: Look<ReportRecord>;
}

export const dayKey = 'day';
export const dossierKey = (id: string): string => `dossier/${id}`;
export const fileKey = (sha256: string): string => `file/${sha256}`;
export const caseKey = (id: string): string => `case/${id}`;

/** Of a kind; undefined where there is none. */
export function recordOf<Kind extends ReportRecord['kind']>(
  kind: Kind,
  record: ReportRecord | undefined,
): Extract<ReportRecord, { kind: Kind }> | undefined {
  return record?.kind === kind ? (record as Extract<ReportRecord, { kind: Kind }>) : undefined;
}

/** What of a dossier's life is counted: not the work on it, in private or in public. */
const counted: readonly string[] = [
  'DossierOpened',
  'DossierReopened',
  'EvidenceAttached',
  'DossierSubmitted',
  'DossierResubmitted',
  'DossierRecommended',
  'DossierEndorsed',
  'DossierReturned',
  'DossierAccepted',
  'FeeReceived',
  'PrintedFormsReceived',
  'DossierWithdrawn',
  'DossierClosed',
  'DossierFalsified',
] satisfies readonly DossierEventType[];

/** The records an event touches; none where no report counts it. */
export function recordKeys(event: RecordedEvent): readonly string[] {
  const keys = touched(event);
  return keys.length === 0 ? [] : [dayKey, ...keys];
}

function touched(event: RecordedEvent): readonly string[] {
  const { stream } = event;
  if (stream.startsWith(dossierStreams)) {
    if (!counted.includes(event.type)) return [];
    const known = dossierEvent(event);
    const dossier = dossierKey(idOf(stream));
    return known.type === 'EvidenceAttached'
      ? [dossier, fileKey(known.data.attachment.sha256)]
      : [dossier];
  }
  if (stream.startsWith(caseStreams)) {
    const known = caseAggregate.read(event);
    const own = caseKey(caseIn(stream));
    if (known.type === 'FalsificationCaseOpened') return [own, dossierKey(known.data.dossier)];
    return known.type === 'FalsificationCaseDecided' ? [own] : [];
  }
  return stream.startsWith(standingStreams) ? [caseKey(barredFor(event))] : [];
}

/** A record after an event that touches it. */
export function recordAfter(
  record: ReportRecord | undefined,
  event: RecordedEvent,
  key: string,
  beside: Look<ReportRecord>,
): ReportRecord | undefined {
  switch (key.split('/', 1)[0]) {
    case 'day':
      return dayAfter(recordOf('day', record), event);
    case 'file':
      return fileAfter(recordOf('file', record), event, beside);
    case 'case':
      return caseAfter(recordOf('case', record), event, beside);
    default: {
      const dossier = recordOf('dossier', record);
      if (event.type === 'EvidenceAttached') return dossier && using(dossier, event, beside);
      return event.stream.startsWith(dossierStreams) ? dossierAfter(dossier, event) : record;
    }
  }
}

function dayAfter(record: DayRecord | undefined, { metadata }: RecordedEvent): DayRecord {
  const day = dayOf(metadata.at);
  return record === undefined || record.day < day ? { kind: 'day', day } : record;
}

function dossierAfter(
  before: DossierRecord | undefined,
  recorded: RecordedEvent,
): DossierRecord | undefined {
  const event = dossierEvent(recorded);
  const summary = summaryAfter(before?.summary, recorded);
  const place =
    'chain' in event.data
      ? {
          chain: event.data.chain,
          tier: event.data.unit.tier,
          prefecture: event.data.unit.prefecture,
        }
      : before;
  if (summary === undefined || place === undefined) return undefined;
  const { to } = stageMove(event);
  const waiting = summary.status === 'under-review';
  return {
    ...(before ?? nothingYet),
    ...place,
    summary,
    since: to === null ? (waiting ? (before?.since ?? null) : null) : dayOf(recorded.metadata.at),
    recommended: before?.recommended === true || event.type === 'DossierRecommended',
    reachedTitleOffice: before?.reachedTitleOffice === true || to?.kind === 'title-office',
    passed: before?.passed === true || event.type === 'DossierAccepted',
    feeReceived: before?.feeReceived === true || event.type === 'FeeReceived',
    formsReceived: before?.formsReceived === true || event.type === 'PrintedFormsReceived',
  };
}

const nothingYet = { kind: 'dossier', attached: false, sharing: [] } as const;

function using(
  dossier: DossierRecord,
  event: RecordedEvent,
  beside: Look<ReportRecord>,
): DossierRecord {
  const uses = usesOf(event, beside);
  const shared = dossier.chain.filter((organisation) => (uses[organisation] ?? 0) > 0);
  const sharing = [...new Set([...dossier.sharing, ...shared])];
  return { ...dossier, attached: true, sharing };
}

function fileAfter(
  record: FileRecord | undefined,
  { stream }: RecordedEvent,
  beside: Look<ReportRecord>,
): FileRecord | undefined {
  const dossier = recordOf('dossier', beside(dossierKey(idOf(stream))));
  if (dossier === undefined) return record;
  const uses = { ...record?.uses };
  for (const organisation of dossier.chain) uses[organisation] = (uses[organisation] ?? 0) + 1;
  return { kind: 'file', uses };
}

/** How often the file of an EvidenceAttached is used, by organisation. */
export function usesOf(event: RecordedEvent, look: Look<ReportRecord>): FileRecord['uses'] {
  const known = dossierEvent(event);
  if (known.type !== 'EvidenceAttached') return {};
  return recordOf('file', look(fileKey(known.data.attachment.sha256)))?.uses ?? {};
}

function caseAfter(
  record: CaseRecord | undefined,
  event: RecordedEvent,
  beside: Look<ReportRecord>,
): CaseRecord | undefined {
  if (event.stream.startsWith(standingStreams)) return record && { ...record, barred: true };
  const known = caseAggregate.read(event);
  if (known.type === 'FalsificationCaseDecided') {
    return record && { ...record, outcome: known.data.upheld ? 'upheld' : 'dismissed' };
  }
  if (known.type !== 'FalsificationCaseOpened') return record;
  const dossier = recordOf('dossier', beside(dossierKey(known.data.dossier)));
  return dossier && { kind: 'case', dossier, outcome: 'open', barred: false };
}

function caseIn(stream: string): string {
  return stream.slice(caseStreams.length);
}

/** The case a bar follows from. */
function barredFor(event: RecordedEvent): string {
  return (event.data as { readonly falsificationCase: string }).falsificationCase;
}
