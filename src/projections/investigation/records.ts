import type { RecordedEvent } from '../../engine/event-store';
import { fromEpoch, toEpoch, type Instant } from '../../engine/instant';
import type { Look } from '../../engine/projection';
import { idOf, roundOf } from '../../dossier/stream';
import { dossierEvent } from '../../dossier/upcasters';
import { furthest, type InvestigationPolicy } from '../../rounds/investigation-policy';
import { roundsAggregate } from '../../rounds/rounds';
import { stageMove } from '../stage-moves';
import { partOf, type Lead, type LeadPart } from './lead';

/* What the leads remember of the past: no further back than a policy may ask. */

/** The last act of somebody from an address, and how many accounts acted from it about then. */
export type AddressUse = {
  readonly address: string;
  readonly at: Instant;
  readonly accounts: number;
  readonly part: LeadPart;
};

/** Of an account: where from it acted, and what it passed. */
export type AccountRecord = {
  readonly is: 'account';
  readonly addresses: readonly AddressUse[];
  readonly passed: readonly LeadPart[];
};

/** Of a network address: who acted from it, and what was filed from it. */
export type AddressRecord = {
  readonly is: 'address';
  readonly accounts: readonly { readonly account: string; readonly at: Instant }[];
  readonly filings: readonly LeadPart[];
};

/** Of a dossier: since when it is at its stage, and who passed the submission in hand, from where. */
export type DossierRecord = {
  readonly is: 'dossier';
  readonly since: Instant | null;
  readonly passed: readonly { readonly part: LeadPart; readonly address: string | null }[];
};

/** Of a file only one person has used so far. */
export type FileRecord = Omit<Lead, 'is'> & { readonly is: 'file' };

/** What a version of a round's policy says. */
export type ParametersRecord = { readonly is: 'parameters' } & InvestigationPolicy;

export type InvestigationRecord =
  Lead | FileRecord | AccountRecord | AddressRecord | DossierRecord | ParametersRecord;

export const parametersKey = (round: string, version: number): string =>
  `parameters/${round}/${version}`;
export const accountKey = (account: string): string => `account/${account}`;
export const addressKey = (address: string): string => `address/${address}`;
export const dossierKey = (id: string): string => `dossier/${id}`;
export const fileKey = (sha256: string): string => `file/${sha256}`;

type OfKind<Kind> = Extract<InvestigationRecord, { is: Kind }>;

/** Of a kind; undefined where there is none. */
export function recordOf<Kind extends InvestigationRecord['is']>(
  kind: Kind,
  record: InvestigationRecord | undefined,
): OfKind<Kind> | undefined {
  return record?.is === kind ? (record as OfKind<Kind>) : undefined;
}

export const passing: readonly string[] = [
  'DossierRecommended',
  'DossierEndorsed',
  'DossierAccepted',
];
export const filing: readonly string[] = ['DossierSubmitted', 'DossierResubmitted'];

/** The parameters a dossier's event is looked at by: those of the policy it was judged by. */
export function parametersOf(
  { stream, metadata }: RecordedEvent,
  look: Look<InvestigationRecord>,
): InvestigationPolicy | undefined {
  const key = parametersKey(roundOf(idOf(stream)) ?? '', metadata.policyVersion ?? 0);
  return recordOf('parameters', look(key));
}

/** A policy of before there were leads makes none. */
export function parametersAfter(event: RecordedEvent): ParametersRecord | undefined {
  const { policy } = roundsAggregate.read(event).data;
  return 'investigation' in policy ? { is: 'parameters', ...policy.investigation } : undefined;
}

export function addressAfter(
  record: AddressRecord | undefined,
  event: RecordedEvent,
): AddressRecord | undefined {
  const { at } = event.metadata;
  const part = partOf(event, idOf(event.stream));
  if (part === undefined) return record;
  const { accounts, filings } = record ?? { accounts: [], filings: [] };
  const known = accounts.find(({ account }) => account === part.account);
  const others = accounts.filter((one) => one !== known);
  const own = { account: part.account, at: latest(at, known?.at) };
  return {
    is: 'address',
    accounts: since(daysBefore(at, furthest.days), [...others, own]).slice(-furthest.accounts - 1),
    filings: since(
      hoursBefore(at, furthest.hours),
      filing.includes(event.type) ? [...filings, part] : filings,
    ).slice(-furthest.filings),
  };
}

/** Accounts that acted from an address within so many days. */
export function accountsAt(record: AddressRecord | undefined, days: number, now: Instant): number {
  return since(daysBefore(now, days), record?.accounts ?? []).length;
}

/** The actor's account after the event. */
export function actorAfter(
  event: RecordedEvent,
  look: Look<InvestigationRecord>,
): AccountRecord | undefined {
  const { at, address } = event.metadata;
  const part = partOf(event, idOf(event.stream));
  if (part === undefined) return undefined;
  const known = recordOf('account', look(accountKey(part.account)));
  return {
    is: 'account',
    addresses: since(
      daysBefore(at, furthest.days),
      address === null ? (known?.addresses ?? []) : used(known, { part, address }, event, look),
    ).slice(-furthest.addresses),
    passed: since(minutesBefore(at, furthest.minutes), [
      ...(known?.passed ?? []),
      ...(passing.includes(event.type) ? [part] : []),
    ]).slice(-furthest.approvals),
  };
}

function used(
  known: AccountRecord | undefined,
  { part, address }: Pick<AddressUse, 'part' | 'address'>,
  event: RecordedEvent,
  look: Look<InvestigationRecord>,
): readonly AddressUse[] {
  const { at } = event.metadata;
  const uses = known?.addresses ?? [];
  const before = uses.find((use) => use.address === address);
  const days = parametersOf(event, look)?.sharedAddress.days ?? furthest.days;
  const there = addressAfter(recordOf('address', look(addressKey(address))), event);
  const own = { address, at: latest(at, before?.at), accounts: accountsAt(there, days, at), part };
  return [...uses.filter((use) => use !== before), own];
}

export function dossierAfter(
  record: DossierRecord | undefined,
  event: RecordedEvent,
): DossierRecord | undefined {
  const { at, address } = event.metadata;
  const { from, to } = stageMove(dossierEvent(event));
  if (from === null && to === null) return record;
  const arrived = to === null ? null : at;
  if (filing.includes(event.type)) return { is: 'dossier', since: arrived, passed: [] };
  const part = passing.includes(event.type) ? partOf(event, idOf(event.stream)) : undefined;
  const passed = record?.passed ?? [];
  return { is: 'dossier', since: arrived, passed: part ? [...passed, { part, address }] : passed };
}

/** Those not before an instant. The log may tell late of what happened early. */
export function since<T extends { readonly at: Instant }>(
  from: Instant,
  all: readonly T[],
): readonly T[] {
  return all.filter(({ at }) => at >= from);
}

export function daysBefore(at: Instant, days: number): Instant {
  return hoursBefore(at, days * 24);
}

export function hoursBefore(at: Instant, hours: number): Instant {
  return minutesBefore(at, hours * 60);
}

export function minutesBefore(at: Instant, minutes: number): Instant {
  return fromEpoch(toEpoch(at) - minutes * 60_000);
}

function latest(one: Instant, other: Instant | undefined): Instant {
  return other !== undefined && other > one ? other : one;
}
