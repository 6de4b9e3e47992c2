import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import { answering } from './collection';
import type { Findings } from './findings';
import { isObject, parseJson } from './json';

export interface Compared {
  /** Dossiers in the log up to where the documents stand. */
  readonly dossiers: number;
  readonly position: string;
}

/** What follows from the log alone, told again here from the names of its events. */
interface Dossier {
  readonly id: string;
  readonly status: string;
  readonly revision: number;
  readonly submissions: number;
}

interface EventRow {
  readonly stream: string;
  readonly revision: number;
  readonly type: string;
  readonly returned: number | null;
}

const prefix = 'dossier-';
const compared = ['status', 'revision', 'submissions'] as const;

const statusAfter: Readonly<Record<string, string>> = {
  DossierOpened: 'draft',
  DossierSubmitted: 'under-review',
  DossierResubmitted: 'under-review',
  DossierReturned: 'returned',
  DossierAccepted: 'accepted',
  DossierWithdrawn: 'withdrawn',
  DossierClosed: 'closed',
  DossierFalsified: 'closed',
};

/**
 * Whether the collection `dossiers` says of each dossier what its events say, up to the event that the
 * documents have reached. Undefined where there is no such collection.
 */
export function compareDossiers(
  events: DatabaseSyncInstance,
  models: DatabaseSyncInstance,
  log: { readonly events: number; readonly last: string },
  findings: Findings,
): Compared | undefined {
  const collection = answering(models, 'dossiers');
  if (collection === undefined) return undefined;
  const position = collection.position ?? '0'.repeat(16);
  if (position > log.last && position !== '0'.repeat(16)) {
    findings.add({ what: 'documents-ahead', position, events: log.events });
  }
  const documents = documentsOf(models, collection.generation);
  let document = documents.next();
  let dossiers = 0;
  for (const dossier of replay(events, Number(position))) {
    dossiers += 1;
    while (document.done !== true && document.value.id < dossier.id) {
      missing(findings, document.value.id, false);
      document = documents.next();
    }
    if (document.done === true || document.value.id !== dossier.id) {
      missing(findings, dossier.id, true);
      continue;
    }
    compare(findings, dossier, document.value.fields);
    document = documents.next();
  }
  for (; document.done !== true; document = documents.next()) {
    missing(findings, document.value.id, false);
  }
  return { dossiers, position };
}

/** Dossiers in the order of their ids, as the index of the log has them. */
function* replay(events: DatabaseSyncInstance, until: number): Generator<Dossier> {
  const rows = events
    .prepare(
      `SELECT stream, revision, type,
         CASE WHEN type = 'DossierReopened' AND json_valid(data)
              THEN json_extract(data, '$.returned') END AS returned
       FROM events WHERE stream >= ? AND stream < ? AND position <= ?
       ORDER BY stream, revision`,
    )
    .iterate(prefix, 'dossier.', until) as Iterable<EventRow>;
  let dossier: Dossier | undefined;
  for (const row of rows) {
    const id = row.stream.slice(prefix.length);
    if (dossier !== undefined && dossier.id !== id) {
      yield dossier;
      dossier = undefined;
    }
    dossier = after(dossier, id, row);
  }
  if (dossier !== undefined) yield dossier;
}

function after(before: Dossier | undefined, id: string, row: EventRow): Dossier | undefined {
  const { type, revision, returned } = row;
  const filed = type === 'DossierSubmitted' || type === 'DossierResubmitted';
  if (before === undefined && type !== 'DossierOpened' && !filed) return undefined;
  const reopened = returned === 1 ? 'returned' : 'draft';
  const status = type === 'DossierReopened' ? reopened : statusAfter[type];
  return {
    id,
    revision,
    status: status ?? before?.status ?? '',
    submissions: (before?.submissions ?? 0) + (filed ? 1 : 0),
  };
}

function* documentsOf(
  models: DatabaseSyncInstance,
  generation: number,
): Generator<{ id: string; fields: Readonly<Record<string, unknown>> }> {
  const rows = models
    .prepare(`SELECT id, document FROM "documents_${generation}" ORDER BY id`)
    .iterate() as Iterable<{ id: string; document: string }>;
  for (const { id, document } of rows) {
    const fields = parseJson(document);
    yield { id, fields: isObject(fields) ? fields : {} };
  }
}

function compare(
  findings: Findings,
  dossier: Dossier,
  document: Readonly<Record<string, unknown>>,
): void {
  for (const field of compared) {
    if (document[field] === dossier[field]) continue;
    const replayed = String(dossier[field]);
    const stored = JSON.stringify(document[field] ?? null);
    findings.add({ what: 'document', id: dossier.id, field, replayed, stored });
  }
}

function missing(findings: Findings, id: string, isDocument: boolean): void {
  const [replayed, stored] = isDocument ? ['1', '0'] : ['0', '1'];
  findings.add({ what: 'document', id, field: 'documents', replayed, stored });
}
