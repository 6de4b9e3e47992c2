import type { Actor, Json, Position, RecordedEvent } from '../engine/event-store';
import type { Instant } from '../engine/instant';
import type { Projection } from '../engine/projection';
import { hashOf } from '../dossier/canonical';
import { dossierStreams, idOf } from '../dossier/stream';
import { isErasedSection } from '../privacy/decision';
import { readStreams } from '../privacy/reads';

/** One line of the audit trail: who did what, for whom, when, from where, under which policy. */
export type AuditEntry = {
  readonly position: Position;
  readonly at: Instant;
  readonly type: string;
  readonly stream: string;
  readonly revision: number;
  /** Null where the event is not about a dossier. */
  readonly dossier: string | null;
  /** The person's account, or the name of the system's own process. */
  readonly actor: string;
  readonly roles: readonly string[];
  /** The organisation acted for. */
  readonly organisation: string | null;
  readonly address: string | null;
  readonly policyVersion: number | null;
  /** The person it is about, by account. */
  readonly person: string | null;
  readonly jurisdiction: readonly string[];
  /** SHA-256 of the file that was attached. */
  readonly evidence: string | null;
  /** The event's own id: what is encrypted in its details opens with it alone. */
  readonly id: string;
  /** The event's data as it is kept, personal data encrypted. */
  readonly details: { readonly [key: string]: Json };
};

export const auditTrail: Projection<AuditEntry> = {
  name: 'audit-trail',
  version: 3,
  // Every stream of the service: dossiers, rounds, organisations.
  prefixes: [''],
  indexes: [
    { name: 'all', by: [], order: 'at' },
    { name: 'by-dossier', by: ['dossier'], order: 'at' },
    { name: 'by-person', by: ['person'], order: 'at' },
    { name: 'by-actor', by: ['actor'], order: 'at' },
    { name: 'by-organisation', by: ['organisation'], order: 'at' },
    { name: 'by-type', by: ['type'], order: 'at' },
    { name: 'by-evidence', by: ['evidence'], order: 'at' },
  ],
  keys: (event) => [event.position],
  project(_entry, event) {
    const { metadata } = event;
    return {
      position: event.position,
      at: metadata.at,
      type: event.type,
      stream: event.stream,
      revision: event.revision,
      dossier: dossierOf(event.stream),
      ...who(metadata.actor),
      address: metadata.address,
      policyVersion: metadata.policyVersion,
      person: metadata.person,
      jurisdiction: metadata.jurisdiction,
      evidence: evidenceOf(event),
      id: event.id,
      details: isRecord(event.data) ? event.data : {},
    };
  },
};

function who(actor: Actor) {
  return actor.kind === 'person'
    ? { actor: actor.subject, roles: actor.roles, organisation: actor.organisation }
    : { actor: actor.process, roles: [], organisation: null };
}

/**
 * An entry as an auditor sees it, with its data decrypted: what the applicant wrote is named by its SHA-256,
 * so that the trail proves it without showing it, for as long as it is there.
 */
export function entryView({ id: _id, ...entry }: AuditEntry, data: Json): Omit<AuditEntry, 'id'> {
  const { content, ...rest } = isRecord(data) ? data : {};
  const isThere = content !== undefined && !isErasedSection(content);
  return { ...entry, details: isThere ? { ...rest, contentHash: hashOf(content) } : rest };
}

function isRecord(data: Json): data is AuditEntry['details'] {
  return data !== null && typeof data === 'object' && !Array.isArray(data);
}

/** Readings of a dossier have a stream of their own beside it. */
function dossierOf(stream: string): string | null {
  if (stream.startsWith(dossierStreams)) return idOf(stream);
  return stream.startsWith(readStreams) ? stream.slice(readStreams.length) : null;
}

function evidenceOf({ type, data }: RecordedEvent): string | null {
  if (type !== 'EvidenceAttached' && type !== 'UnitPaperAttached') return null;
  const { attachment } = data as { readonly attachment: { readonly sha256: string } };
  return attachment.sha256;
}
