import type { RecordedEvent } from '../../engine/event-store';
import { dayOf } from '../../engine/instant';
import type { Look } from '../../engine/projection';
import { idOf } from '../../dossier/stream';
import type { InvestigationPolicy } from '../../rounds/investigation-policy';
import { attendedTime } from '../../rounds/working-time';
import { answeredTo, joined, partOf, type Lead, type LeadKind, type LeadPart } from './lead';
import {
  accountKey,
  accountsAt,
  actorAfter,
  addressAfter,
  addressKey,
  daysBefore,
  dossierKey,
  minutesBefore,
  parametersOf,
  recordOf,
  since,
  type InvestigationRecord,
} from './records';

/* Leads about somebody who passed a dossier on or accepted it (推荐、上报、通过). A return favours nobody. */

interface Passing {
  readonly event: RecordedEvent;
  readonly look: Look<InvestigationRecord>;
  readonly part: LeadPart;
  readonly policy: InvestigationPolicy;
}

/** In office hours, sooner after it came to the stage than the policy says. */
export const passedFast = about(({ event, look, part, policy }) => {
  const came = recordOf('dossier', look(dossierKey(part.dossier)))?.since;
  if (came === undefined || came === null) return undefined;
  const limit = policy.fastApproval.seconds;
  const seconds = attendedTime(came, part.at, policy.officeHours) / 1000;
  if (seconds >= limit) return undefined;
  const measures = { seconds: Math.floor(seconds), limit };
  return { ...leadOf('passed-fast', event.position, part), measures };
});

/** One lead a person and day: all that was passed in any stretch with so many. */
export const passedInBurst = about(({ event, look, part, policy }, lead) => {
  const { approvals, minutes } = policy.burst;
  const passed = actorAfter(event, look)?.passed ?? [];
  const stretch = since(minutesBefore(part.at, minutes), passed);
  const dossiers = new Set(stretch.map(({ dossier }) => dossier));
  if (dossiers.size < approvals) return lead;
  return {
    ...leadOf('passed-in-burst', `${part.account}/${dayOf(part.at)}`, part),
    dossier: null,
    measures: { approvals, minutes },
    parts: joined(lead?.parts ?? [], stretch),
  };
});

/**
 * Beyond the unit, whose people share a network with its applicants anyway. What counts is what was
 * done up to the decision, from any one address.
 */
export const addressOfApplicant = about(({ event, look, part, policy }) => {
  if (event.type === 'DossierRecommended') return undefined;
  const { days, mostAccounts } = policy.sharedAddress;
  const from = daysBefore(part.at, days);
  const own = since(from, actorAfter(event, look)?.addresses ?? []);
  const applicant = recordOf('account', look(accountKey(part.applicant)));
  const theirs = new Map(
    since(from, applicant?.addresses ?? []).map((use) => [use.address, use] as const),
  );
  const shared = own
    .flatMap((use) => {
      const other = theirs.get(use.address);
      return other === undefined ? [] : [{ use, other }];
    })
    .filter(({ use, other }) => Math.max(use.accounts, other.accounts) <= mostAccounts)
    .at(-1);
  if (shared === undefined) return undefined;
  const { use, other } = shared;
  return {
    ...leadOf('address-of-applicant', event.position, part),
    address: use.address,
    measures: { days, accounts: Math.max(use.accounts, other.accounts) },
    parts: inOrder(joined([other.part, use.part], [part])),
  };
});

/** Levels are there to check one another. */
export const addressOfAnotherLevel = about(({ event, look, part, policy }) => {
  const { address } = event.metadata;
  if (address === null) return undefined;
  const { days, mostAccounts } = policy.sharedAddress;
  const there = addressAfter(recordOf('address', look(addressKey(address))), event);
  const accounts = accountsAt(there, days, part.at);
  if (accounts > mostAccounts) return undefined;
  const earlier = recordOf('dossier', look(dossierKey(part.dossier)))?.passed ?? [];
  const others = earlier
    .filter((passed) => passed.address === address && passed.part.account !== part.account)
    .map((passed) => passed.part);
  const parts = since(daysBefore(part.at, days), others);
  if (parts.length === 0) return undefined;
  return {
    ...leadOf('address-of-another-level', event.position, part),
    address,
    measures: { days, accounts },
    parts: [...parts, part],
  };
});

function about(rule: (passing: Passing, lead: Lead | undefined) => Lead | undefined) {
  return (
    event: RecordedEvent,
    look: Look<InvestigationRecord>,
    lead: Lead | undefined,
  ): Lead | undefined => {
    const part = partOf(event, idOf(event.stream));
    const policy = parametersOf(event, look);
    if (part === undefined || policy === undefined) return lead;
    return rule({ event, look, part, policy }, lead);
  };
}

function leadOf(kind: LeadKind, what: string, part: LeadPart): Lead {
  return {
    is: 'lead',
    id: `${kind}/${what}`,
    kind,
    at: part.at,
    jurisdiction: answeredTo(part),
    dossier: part.dossier,
    address: null,
    sha256: null,
    measures: {},
    parts: [part],
  };
}

function inOrder(parts: readonly LeadPart[]): readonly LeadPart[] {
  return parts.toSorted((one, other) => (one.position < other.position ? -1 : 1));
}
