import { randomUUID } from 'node:crypto';

import { DossierIds } from '../../src/application/dossier-ids';
import type { DossierEvent } from '../../src/dossier/events';
import { streamOf } from '../../src/dossier/stream';
import type { EventStore, Json, NewEvent } from '../../src/engine/event-store';
import type { Instant } from '../../src/engine/instant';
import type { Stage } from '../../src/organisations/organisation';
import { policy2022 } from '../../src/rounds/policy-2022';
import type { Policy } from '../../src/rounds/policy';
import { roundsStream } from '../../src/rounds/rounds';
import { testConfig } from '../support/http';

/* What happens to dossiers, as the log keeps it: notifications begin there, whoever wrote it. */

export const chain = ['station', 'bureau', 'office'] as const;
export const atUnit: Stage = { kind: 'unit', organisation: 'station', step: 0 };
export const atBureau: Stage = { kind: 'supervision', organisation: 'bureau', step: 1 };
export const atOffice: Stage = { kind: 'title-office', organisation: 'office', step: 2 };

/** Inside both windows of 2022, and more than a week before either closes. */
export const early: Instant = '2022-08-10T09:00:00.000+08:00';

const ids = new DossierIds(testConfig().lookupKey);

/** The dossier of a person, as the services under test find it. */
export const dossierOf = (person: string, round = '2022'): string => ids.of(round, person);

type DataOf<Type extends DossierEvent['type']> = Extract<DossierEvent, { type: Type }>['data'];

const unit = {
  id: 'station',
  name: '水管站',
  kind: 'public-institution',
  tier: 'prefecture',
  prefecture: 'ili',
  ownership: 'local-state',
  waterSystem: false,
  supervisedBy: 'bureau',
} as const;
const choice = {
  level: 'senior',
  specialty: 'hydraulic-engineering',
  subSpecialty: 'construction',
  organisation: 'station',
  reviewRoute: null,
} as const;

export const opened = (applicant: string, round = '2022'): DossierEvent => ({
  type: 'DossierOpened',
  data: { round, applicant, choice, unit, chain },
});

export const submitted = (applicant: string, number = 1): DossierEvent => ({
  type: number === 1 ? 'DossierSubmitted' : 'DossierResubmitted',
  data: {
    round: '2022',
    applicant,
    choice,
    unit,
    chain,
    filing: {
      number,
      at: early,
      contentHash: '0'.repeat(64),
      counted: true,
      remaining: 3 - number,
      warnings: [],
      answers: [],
      to: atUnit,
    },
  },
});

export const returned = (submission = 1): DossierEvent => ({
  type: 'DossierReturned',
  data: {
    number: submission,
    at: early,
    from: atUnit,
    submission,
    reasons: [
      { code: 'omission', part: { section: 'workSummary' }, correction: '王芳请补充' },
      { code: 'inaccurate', part: { section: 'workSummary' }, correction: '请核对' },
      { code: 'inaccurate', part: { section: 'education' }, correction: '请核对' },
      { code: 'evidence-illegible', part: { attachment: 'a'.repeat(64) }, correction: '请重扫' },
    ],
  },
});

export const accepted: DossierEvent = {
  type: 'DossierAccepted',
  data: { from: atOffice, at: early },
};

export const appointed = (defenceAt: Instant): DossierEvent => ({
  type: 'DefenceScheduled',
  data: { defenceAt, meeting: '第一会议室' },
});

export const concluded = (outcome: DataOf<'DefenceConcluded'>['outcome']): DossierEvent => ({
  type: 'DefenceConcluded',
  data: {
    at: early,
    attended: outcome === 'passed' || outcome === 'failed',
    cause: null,
    minutes: 4,
    outcome,
    warnings: [],
  },
});

export const withdrawn: DossierEvent = {
  type: 'DossierWithdrawn',
  data: { from: null, reason: '个人原因' },
};

/** As the service records it; about nobody where no person is named. */
export function recordable(
  { type, data }: { readonly type: string; readonly data: object },
  person: string | null,
  at: Instant = early,
): NewEvent {
  return {
    id: randomUUID(),
    type,
    data: data as Json,
    metadata: {
      at,
      actor: { kind: 'system', process: 'test' },
      address: null,
      command: null,
      policyVersion: 1,
      person,
      jurisdiction: [...chain],
    },
  };
}

/** Appends what happens to a person's dossier; tells the position of the last event. */
export async function happens(
  store: EventStore,
  person: string,
  events: readonly DossierEvent[],
  at: Instant = early,
): Promise<string> {
  return append(
    store,
    streamOf(dossierOf(person)),
    events.map((event) => recordable(event, person, at)),
  );
}

export async function append(
  store: EventStore,
  stream: string,
  [first, ...rest]: readonly NewEvent[],
): Promise<string> {
  if (first === undefined) throw new Error('nothing happens');
  const last = (await store.read(stream)).at(-1);
  return (await store.append(stream, [first, ...rest], last?.revision ?? 'no-stream')).position;
}

/** The round of 2022 under a policy: published, or corrected where it is there. */
export async function decreed(
  store: EventStore,
  policy: Policy = policy2022,
  at: Instant = early,
): Promise<string> {
  const version = (await store.read(roundsStream)).length + 1;
  const type = version === 1 ? 'RoundPublished' : 'PolicyCorrected';
  const data = { round: policy.round, version, policy, at, reason: '通知' };
  return append(store, roundsStream, [recordable({ type, data }, null, at)]);
}
