import { isDeepStrictEqual } from 'node:util';
import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import { answering } from './collection';
import { eventsOf } from './event-table';
import type { Findings } from './findings';
import { isObject, parseJson } from './json';
import type { StoredEvent } from './leaf';

type Fields = Readonly<Record<string, unknown>>;

/**
 * Whether the collection `audit-trail`, which auditors search, has an entry for each event up to the one it has
 * reached, says what the event says, and has no other. The number of entries; undefined where there is no
 * such collection.
 */
export function compareTrail(
  events: DatabaseSyncInstance,
  models: DatabaseSyncInstance,
  log: { readonly events: number; readonly last: string },
  findings: Findings,
): number | undefined {
  const collection = answering(models, 'audit-trail');
  if (collection === undefined) return undefined;
  const reached = collection.position ?? '';
  if (reached > log.last) {
    findings.add({ what: 'documents-ahead', position: reached, events: log.events });
  }
  let compared = 0;
  const entries = entriesOf(models, collection.generation);
  let entry = entries.next();
  for (const event of eventsOf(events)) {
    const { position } = event;
    if (position > reached) break;
    for (; entry.done !== true && entry.value.id < position; entry = entries.next()) {
      findings.add({ what: 'trail', position: entry.value.id, field: 'entry' });
    }
    const found = entry.done !== true && entry.value.id === position ? entry.value.fields : {};
    const field = firstDifference(toldBy(event), found);
    if (field !== undefined) findings.add({ what: 'trail', position, field });
    if (entry.done !== true && entry.value.id === position) entry = entries.next();
    compared += 1;
  }
  if (entry.done !== true)
    findings.add({ what: 'trail', position: entry.value.id, field: 'entry' });
  return compared;
}

function* entriesOf(
  models: DatabaseSyncInstance,
  generation: number,
): Generator<{ readonly id: string; readonly fields: Fields }> {
  const rows = models
    .prepare(`SELECT id, document FROM "documents_${generation}" ORDER BY id`)
    .iterate() as Iterable<{ id: string; document: string }>;
  for (const { id, document } of rows) {
    const fields = parseJson(document);
    yield { id, fields: isObject(fields) ? fields : {} };
  }
}

/** The entry of an event, told again from what is stored. */
function toldBy(event: StoredEvent): Fields {
  const stream = event.stream.toString();
  const type = event.type.toString();
  const data = parseJson(event.data);
  const metadata = objectOr(parseJson(event.metadata));
  const actor = objectOr(metadata.actor);
  const isPerson = actor.kind === 'person';
  const { attachment } = objectOr(data);
  const isAttached = type === 'EvidenceAttached' || type === 'UnitPaperAttached';
  return {
    position: event.position,
    at: metadata.at,
    type,
    stream,
    revision: Number(event.revision),
    dossier: /^(?:dossier|reads)-(.*)$/s.exec(stream)?.[1] ?? null,
    actor: isPerson ? actor.subject : actor.process,
    roles: isPerson ? actor.roles : [],
    organisation: isPerson ? actor.organisation : null,
    address: metadata.address,
    policyVersion: metadata.policyVersion,
    person: metadata.person,
    jurisdiction: metadata.jurisdiction,
    evidence: isAttached ? objectOr(attachment).sha256 : null,
    id: event.id.toString(),
    details: objectOr(data),
  };
}

function objectOr(value: unknown): Fields {
  return isObject(value) ? value : {};
}

function firstDifference(told: Fields, found: Fields): string | undefined {
  const names = new Set([...Object.keys(told), ...Object.keys(found)]);
  return [...names].find((name) => !isDeepStrictEqual(told[name], found[name]));
}
