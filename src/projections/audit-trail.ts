import type { Actor, Json, Position, RecordedEvent } from '../engine/event-store';
import type { Instant } from '../engine/instant';
import type { Projection } from '../engine/projection';
import { hashOf } from '../dossier/canonical';
import { dossierStreams, idOf } from '../dossier/stream';

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
  /** SHA-256 of the file an EvidenceAttached is about. */
  readonly evidence: string | null;
  /** The event's data; what the applicant wrote stands as its SHA-256. */
  readonly details: { readonly [key: string]: Json };
};

export const auditTrail: Projection<AuditEntry> = {
  name: 'audit-trail',
  version: 1,
  // Every stream of the service: dossiers, rounds, organisations.
  prefixes: [''],
  indexes: [
    { name: 'all', by: [], order: 'at' },
    { name: 'by-dossier', by: ['dossier'], order: 'at' },
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
      dossier: event.stream.startsWith(dossierStreams) ? idOf(event.stream) : null,
      ...who(metadata.actor),
      address: metadata.address,
      policyVersion: metadata.policyVersion,
      person: metadata.person,
      jurisdiction: metadata.jurisdiction,
      evidence: evidenceOf(event),
      details: detailsOf(event),
    };
  },
};

function who(actor: Actor) {
  return actor.kind === 'person'
    ? { actor: actor.subject, roles: actor.roles, organisation: actor.organisation }
    : { actor: actor.process, roles: [], organisation: null };
}

/** What the applicant wrote is named by its hash: the trail proves it without showing it. */
function detailsOf({ data }: RecordedEvent): AuditEntry['details'] {
  if (data === null || typeof data !== 'object' || Array.isArray(data)) return {};
  const { content, ...rest } = data as { readonly [key: string]: Json };
  return content === undefined ? rest : { ...rest, contentHash: hashOf(content) };
}

function evidenceOf({ type, data }: RecordedEvent): string | null {
  if (type !== 'EvidenceAttached') return null;
  const { attachment } = data as { readonly attachment: { readonly sha256: string } };
  return attachment.sha256;
}
