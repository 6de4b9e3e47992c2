import type { RecordedEvent } from '../../engine/event-store';
import { dayOf } from '../../engine/instant';
import type { Look, Projection } from '../../engine/projection';
import { dossierStreams, idOf, roundOf } from '../../dossier/stream';
import { dossierEvent } from '../../dossier/upcasters';
import { roundsAggregate, roundsStream } from '../../rounds/rounds';
import type { Lead } from './lead';
import {
  addressOfAnotherLevel,
  addressOfApplicant,
  passedFast,
  passedInBurst,
} from './passing-leads';
import {
  accountKey,
  actorAfter,
  addressAfter,
  addressKey,
  dossierAfter,
  dossierKey,
  fileKey,
  filing,
  parametersAfter,
  parametersKey,
  passing,
  recordOf,
  type InvestigationRecord,
} from './records';
import { evidenceShared, filingsFromOneAddress } from './sharing-leads';

/** What becomes of a lead when an event that may belong to it comes. */
type LeadRule = (
  event: RecordedEvent,
  look: Look<InvestigationRecord>,
  lead: Lead | undefined,
) => Lead | undefined;

const rules: Readonly<Record<string, LeadRule>> = {
  'passed-fast': passedFast,
  'passed-in-burst': passedInBurst,
  'address-of-applicant': addressOfApplicant,
  'address-of-another-level': addressOfAnotherLevel,
  'filings-from-one-address': filingsFromOneAddress,
};

/**
 * Leads for auditors, and what it takes to tell them, as the log goes by. Beside an event its actor's
 * account and address are known, its dossier, and the applicant of what is passed: a lead is what these
 * tell of the past when the event comes. What happens later adds to it, and takes nothing back.
 */
export const leads: Projection<InvestigationRecord> = {
  name: 'leads',
  version: 1,
  prefixes: [dossierStreams, roundsStream],
  indexes: [
    { name: 'all', by: ['is'], order: 'at' },
    { name: 'by-kind', by: ['is', 'kind'], order: 'at' },
  ],
  keys(event) {
    if (event.stream === roundsStream) {
      const { round, version } = roundsAggregate.read(event).data;
      return [parametersKey(round, version)];
    }
    const { actor, address, policyVersion } = event.metadata;
    const id = idOf(event.stream);
    return [
      parametersKey(roundOf(id) ?? '', policyVersion ?? 0),
      dossierKey(id),
      ...(actor.kind === 'person' ? [accountKey(actor.subject)] : []),
      ...(address === null ? [] : [addressKey(address)]),
      ...leadKeys(event),
    ];
  },
  project(record, event, key, look) {
    const [kind = ''] = key.split('/', 1);
    switch (kind) {
      case 'parameters':
        return event.stream === roundsStream ? parametersAfter(event) : record;
      case 'dossier':
        return dossierAfter(recordOf('dossier', record), event);
      case 'address':
        return addressAfter(recordOf('address', record), event);
      case 'account':
        return isActor(event, key) ? actorAfter(event, look) : record;
      case 'file':
        return evidenceShared(event, recordOf('file', record) ?? recordOf('lead', record));
      default:
        return rules[kind]?.(event, look, recordOf('lead', record));
    }
  },
};

/** The leads an event may make or add to. */
function leadKeys(event: RecordedEvent): readonly string[] {
  const { stream, type, position, metadata } = event;
  const { actor, at, address, person } = metadata;
  if (actor.kind !== 'person') return [];
  if (passing.includes(type)) {
    return [
      // Whose dossier it is: looked at, and left as it is.
      ...(person === null ? [] : [accountKey(person)]),
      `passed-fast/${position}`,
      `passed-in-burst/${actor.subject}/${dayOf(at)}`,
      `address-of-applicant/${position}`,
      `address-of-another-level/${position}`,
    ];
  }
  if (filing.includes(type)) {
    return address === null ? [] : [`filings-from-one-address/${address}/${dayOf(at)}`];
  }
  const known = stream.startsWith(dossierStreams) ? dossierEvent(event) : undefined;
  return known?.type === 'EvidenceAttached' ? [fileKey(known.data.attachment.sha256)] : [];
}

function isActor({ metadata: { actor } }: RecordedEvent, key: string): boolean {
  return actor.kind === 'person' && accountKey(actor.subject) === key;
}
