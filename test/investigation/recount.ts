import type { RecordedEvent } from '../../src/engine/event-store';
import { fromEpoch, toEpoch } from '../../src/engine/instant';
import { isWorkingDay } from '../../src/rounds/calendar';
import type { InvestigationPolicy } from '../../src/rounds/investigation-policy';

/*
 * Every lead of a log, found the slow way: each by what it is said to be, over the whole log up to the
 * event, with nothing remembered in between.
 */

/** A lead, as far as it can be told apart: what it is, who may know, and what it rests on. */
export interface Recounted {
  readonly id: string;
  readonly at: string;
  readonly jurisdiction: readonly string[];
  readonly positions: readonly string[];
}

interface Act {
  readonly index: number;
  readonly position: string;
  readonly type: string;
  readonly dossier: string;
  readonly account: string;
  readonly applicant: string;
  readonly organisation: string;
  readonly address: string | null;
  readonly at: number;
  readonly jurisdiction: readonly string[];
  readonly sha256: string | null;
  readonly policy: InvestigationPolicy;
}

const minute = 60_000;
const day = 24 * 60 * minute;

export function recount(
  events: readonly RecordedEvent[],
  policies: Readonly<Record<number, InvestigationPolicy>>,
): readonly Recounted[] {
  const acts = events.flatMap((event, index) => actOf(event, index, policies));
  return [
    ...acts.flatMap((act) => fast(act, acts)),
    ...bursts(acts),
    ...acts.flatMap((act) => ofApplicant(act, acts)),
    ...acts.flatMap((act) => ofAnotherLevel(act, acts)),
    ...filings(acts),
    ...shared(acts),
  ];
}

const passes = ['DossierRecommended', 'DossierEndorsed', 'DossierAccepted'];
const files = ['DossierSubmitted', 'DossierResubmitted'];
const isPass = ({ type }: Act) => passes.includes(type);
const isFiling = ({ type }: Act) => files.includes(type);

function fast(act: Act, acts: readonly Act[]): readonly Recounted[] {
  if (!isPass(act)) return [];
  const own = acts.filter(({ dossier, index }) => dossier === act.dossier && index < act.index);
  const moves = own.filter((one) => isPass(one) || isFiling(one) || one.type === 'DossierReturned');
  const arrived = moves.at(-1);
  if (arrived === undefined || arrived.type === 'DossierReturned') return [];
  const { officeHours, fastApproval } = act.policy;
  const inOffice = (time: number) => {
    const text = fromEpoch(time);
    const clock = text.slice(11, 16);
    return (
      isWorkingDay(text.slice(0, 10)) &&
      officeHours.some(({ from, to }) => from <= clock && clock < to)
    );
  };
  let seconds = 0;
  if (inOffice(act.at)) {
    // Office hours begin and end with a minute.
    for (let time = arrived.at; time < act.at && seconds < fastApproval.seconds;) {
      if (inOffice(time)) seconds += 1;
      time += inOffice(time) ? 1000 : minute - (time % minute);
    }
  } else {
    seconds = (act.at - arrived.at) / 1000;
  }
  if (seconds >= fastApproval.seconds) return [];
  return [of('passed-fast', act, [act])];
}

function bursts(acts: readonly Act[]): readonly Recounted[] {
  const found = new Map<string, { last: Act; positions: Set<string> }>();
  for (const act of acts.filter(isPass)) {
    const { approvals, minutes } = act.policy.burst;
    const stretch = acts.filter(
      (one) =>
        isPass(one) &&
        one.account === act.account &&
        one.index <= act.index &&
        one.at >= act.at - minutes * minute,
    );
    if (new Set(stretch.map(({ dossier }) => dossier)).size < approvals) continue;
    const id = `passed-in-burst/${act.account}/${fromEpoch(act.at).slice(0, 10)}`;
    const { positions } = found.get(id) ?? { positions: new Set<string>() };
    for (const { position } of stretch) positions.add(position);
    found.set(id, { last: act, positions });
  }
  return [...found].map(([id, { last, positions }]) => ({
    ...{ id, at: fromEpoch(last.at), jurisdiction: above(last) },
    positions: [...positions].sort(),
  }));
}

function ofApplicant(act: Act, acts: readonly Act[]): readonly Recounted[] {
  if (!isPass(act) || act.type === 'DossierRecommended') return [];
  const { days, mostAccounts } = act.policy.sharedAddress;
  const before = acts.filter(({ index }) => index <= act.index);
  const addresses = new Set(before.flatMap(({ address }) => (address === null ? [] : [address])));
  const candidates = [...addresses].flatMap((address) => {
    const from = (account: string) =>
      before.filter((one) => one.account === account && one.address === address);
    const [own, theirs] = [from(act.account), from(act.applicant)];
    const recent = (uses: readonly Act[]) => uses.some(({ at }) => at >= act.at - days * day);
    const [ownLast, theirLast] = [own.at(-1), theirs.at(-1)];
    if (ownLast === undefined || theirLast === undefined) return [];
    if (!recent(own) || !recent(theirs)) return [];
    if (crowd(ownLast, acts) > mostAccounts || crowd(theirLast, acts) > mostAccounts) return [];
    return [{ ownLast, theirLast }];
  });
  const latest = candidates.sort((one, other) => one.ownLast.index - other.ownLast.index).at(-1);
  if (latest === undefined) return [];
  return [of('address-of-applicant', act, [latest.theirLast, latest.ownLast, act])];
}

function ofAnotherLevel(act: Act, acts: readonly Act[]): readonly Recounted[] {
  const { days, mostAccounts } = act.policy.sharedAddress;
  if (!isPass(act) || act.address === null || crowd(act, acts) > mostAccounts) return [];
  const own = acts.filter(({ dossier, index }) => dossier === act.dossier && index < act.index);
  const sinceFiled = own.slice(own.findLastIndex(isFiling) + 1);
  const others = sinceFiled.filter(
    (one) =>
      isPass(one) &&
      one.address === act.address &&
      one.account !== act.account &&
      one.at >= act.at - days * day,
  );
  return others.length === 0 ? [] : [of('address-of-another-level', act, [...others, act])];
}

function filings(acts: readonly Act[]): readonly Recounted[] {
  const found = new Map<string, { last: Act; units: number; parts: Set<Act> }>();
  for (const act of acts.filter(isFiling)) {
    const { units, hours } = act.policy.filingsTogether;
    if (act.address === null || crowd(act, acts) > act.policy.sharedAddress.mostAccounts) continue;
    const together = acts.filter(
      (one) =>
        isFiling(one) &&
        one.address === act.address &&
        one.index <= act.index &&
        one.at >= act.at - hours * 60 * minute,
    );
    if (new Set(together.map(unitOf)).size < units) continue;
    const id = `filings-from-one-address/${act.address}/${fromEpoch(act.at).slice(0, 10)}`;
    const { parts } = found.get(id) ?? { parts: new Set<Act>() };
    for (const one of together) parts.add(one);
    found.set(id, { last: act, units, parts });
  }
  return [...found].map(([id, { last, units, parts }]) => ({
    ...{ id, at: fromEpoch(last.at), jurisdiction: whereAtLeast(units, [...parts], unitOf) },
    positions: [...parts].map(({ position }) => position).sort(),
  }));
}

function shared(acts: readonly Act[]): readonly Recounted[] {
  const hashes = new Set(acts.flatMap(({ sha256 }) => (sha256 === null ? [] : [sha256])));
  return [...hashes].flatMap((sha256) => {
    const uses = acts.filter((act) => act.sha256 === sha256);
    const applicantOf = ({ applicant }: Act) => applicant;
    const last = uses.at(-1);
    if (last === undefined || new Set(uses.map(applicantOf)).size < 2) return [];
    return [
      {
        ...{ id: `file/${sha256}`, at: fromEpoch(last.at) },
        jurisdiction: whereAtLeast(2, uses, applicantOf),
        positions: uses.map(({ position }) => position),
      },
    ];
  });
}

/** Accounts that acted from the act's address about then. */
function crowd(act: Act, acts: readonly Act[]): number {
  const { days } = act.policy.sharedAddress;
  const there = acts.filter(
    (one) => one.address === act.address && one.index <= act.index && one.at >= act.at - days * day,
  );
  return new Set(there.map(({ account }) => account)).size;
}

function whereAtLeast(
  least: number,
  acts: readonly Act[],
  by: (act: Act) => string,
): readonly string[] {
  const organisations = new Set(acts.flatMap(({ jurisdiction }) => jurisdiction));
  return [...organisations].filter(
    (organisation) =>
      new Set(acts.filter(({ jurisdiction }) => jurisdiction.includes(organisation)).map(by))
        .size >= least,
  );
}

function above({ jurisdiction, organisation }: Act): readonly string[] {
  return jurisdiction.slice(jurisdiction.indexOf(organisation));
}

function unitOf({ jurisdiction }: Act): string {
  return jurisdiction[0] ?? '';
}

function of(kind: string, act: Act, parts: readonly Act[]): Recounted {
  return {
    id: `${kind}/${act.position}`,
    at: fromEpoch(act.at),
    jurisdiction: above(act),
    positions: [...new Set(parts.map(({ position }) => position))].sort(),
  };
}

function actOf(
  { stream, type, position, data, metadata }: RecordedEvent,
  index: number,
  policies: Readonly<Record<number, InvestigationPolicy>>,
): readonly Act[] {
  const { actor, at, address, person, jurisdiction, policyVersion } = metadata;
  const policy = policies[policyVersion ?? 0];
  if (!stream.startsWith('dossier-') || actor.kind !== 'person' || policy === undefined) return [];
  const { attachment } = data as { readonly attachment?: { readonly sha256: string } };
  return [
    {
      ...{ index, position, type, address, jurisdiction, policy },
      dossier: stream.slice('dossier-'.length),
      account: actor.subject,
      applicant: person ?? '',
      organisation: actor.organisation ?? '',
      at: toEpoch(at),
      sha256: type === 'EvidenceAttached' ? (attachment?.sha256 ?? null) : null,
    },
  ];
}
