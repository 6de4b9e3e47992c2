import type { RecordedEvent } from '../../engine/event-store';
import { dayOf } from '../../engine/instant';
import type { Look } from '../../engine/projection';
import { idOf } from '../../dossier/stream';
import { dossierEvent } from '../../dossier/upcasters';
import { joined, partOf, whereEnough, type Lead, type LeadPart } from './lead';
import {
  accountsAt,
  addressAfter,
  addressKey,
  fileKey,
  hoursBefore,
  parametersOf,
  recordOf,
  since,
  type FileRecord,
  type InvestigationRecord,
} from './records';

/* Leads about what applicants have in common. */

/**
 * A file, and a lead once two people attached it. Somebody who applies again attaches the same scans
 * again: that is none.
 */
export function evidenceShared(
  event: RecordedEvent,
  known: Lead | FileRecord | undefined,
): Lead | FileRecord | undefined {
  const part = partOf(event, idOf(event.stream));
  const { type, data } = dossierEvent(event);
  if (part === undefined || type !== 'EvidenceAttached') return known;
  const { sha256 } = data.attachment;
  const parts = joined(known?.parts ?? [], [part]);
  const people = new Set(parts.map(({ applicant }) => applicant));
  return {
    is: people.size > 1 ? 'lead' : 'file',
    id: fileKey(sha256),
    kind: 'evidence-shared',
    at: part.at,
    jurisdiction: whereEnough(parts, 2, ({ applicant }) => applicant),
    dossier: null,
    address: null,
    sha256,
    measures: {},
    parts,
  };
}

/** One lead an address and day. Applicants of one unit file from its network: that is none. */
export function filingsFromOneAddress(
  event: RecordedEvent,
  look: Look<InvestigationRecord>,
  lead: Lead | undefined,
): Lead | undefined {
  const { at, address } = event.metadata;
  const policy = parametersOf(event, look);
  if (address === null || policy === undefined) return lead;
  const { units, hours } = policy.filingsTogether;
  const { days, mostAccounts } = policy.sharedAddress;
  const there = addressAfter(recordOf('address', look(addressKey(address))), event);
  if (accountsAt(there, days, at) > mostAccounts) return lead;
  const filings = since(hoursBefore(at, hours), there?.filings ?? []);
  if (new Set(filings.map(unitOf)).size < units) return lead;
  const parts = joined(lead?.parts ?? [], filings);
  return {
    is: 'lead',
    id: `filings-from-one-address/${address}/${dayOf(at)}`,
    kind: 'filings-from-one-address',
    at,
    jurisdiction: whereEnough(parts, units, unitOf),
    dossier: null,
    address,
    sha256: null,
    measures: { units, hours },
    parts,
  };
}

/** A filing's jurisdiction begins with the unit it was filed through. */
export function unitOf({ jurisdiction }: LeadPart): string {
  return jurisdiction[0] ?? '';
}
