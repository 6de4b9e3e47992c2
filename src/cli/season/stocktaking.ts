import { setTimeout as sleep } from 'node:timers/promises';

import type { Caller } from './act';
import { reviewerOf, type Applicant } from './applicant';
import { field, type Client, type ServiceClock } from './client';
import { concurrently } from './concurrently';
import { round, submissionLimit } from './notice';
import { settled } from './outcome';
import type { Referee } from './referee';
import { stageOf } from './standing';

/** A season whose lists are compared with what the model knows. */
export interface Stocktaking {
  readonly cast: readonly Applicant[];
  readonly client: Client;
  readonly clock: ServiceClock;
  readonly referee: Referee;
}

/** Short, so that every longer list is read through its cursors. */
const pageSize = 10;
const atOnce = 8;
/** How long the system may take to close what is over, in milliseconds. */
const longestClosing = 20_000;
const betweenLooks = 50;

/** Looks into the audit trail of the whole round. */
export const auditor: Caller = {
  subject: 'season-auditor',
  roles: ['auditor'],
  organisation: 'title-office',
};

/** Decides the cases the other opens. */
export const secondAuditor: Caller = { ...auditor, subject: 'season-auditor-2' };

/** A reviewer of every organisation that any dossier passes. */
export function reviewers(cast: readonly Applicant[]): readonly Caller[] {
  const found = new Map<string, Caller>();
  for (const { chain } of cast) {
    chain.forEach((organisation, step) => found.set(organisation, reviewerOf(chain, step)));
  }
  return [...found.values()];
}

/**
 * Waits until the system has closed what is over (T-5), then compares what waits for every organisation,
 * in its order, and how much waits at each stage.
 */
export async function takeStock(season: Stocktaking): Promise<void> {
  const now = season.clock.earliest();
  for (const applicant of season.cast) applicant.standing = settled(applicant.standing, now);
  await closingsDone(season);
  await concurrently(
    atOnce,
    reviewers(season.cast).map((reviewer) => () => compareQueue(season, reviewer)),
  );
}

/** What the system does by itself, some time after the reason for it. */
const doneByTheSystem = ['DossierClosed', 'DossierFalsified'] as const;

/** Gives up after a while: what is left open then shows as a difference. */
async function closingsDone({ cast, client }: Stocktaking): Promise<void> {
  const deadline = performance.now() + longestClosing;
  for (const type of doneByTheSystem) {
    const expected = cast.flatMap(({ standing }) => standing.trail.filter((one) => one === type));
    for (;;) {
      const { items } = await client.list(`/v1/audit/events?type=${type}`, auditor, 200);
      if (items.length >= expected.length || performance.now() > deadline) break;
      await sleep(betweenLooks);
    }
  }
}

async function compareQueue(
  { cast, client, referee }: Stocktaking,
  reviewer: Caller,
): Promise<void> {
  const of = `queue of ${reviewer.organisation ?? ''}`;
  const { items, lastPage } = await client.list('/v1/queue', reviewer, pageSize);
  const underReview = cast.filter(({ standing }) => standing.state === 'under-review');
  const waiting = underReview.filter(
    ({ standing }) => standing.chain[standing.step] === reviewer.organisation,
  );
  const expected = waiting.map(({ dossier, standing }) => ({
    dossier,
    stage: stageOf(standing),
    submission: standing.filings.length,
    resubmission: standing.filings.length > 1,
  }));
  const actual = items.map((item) =>
    picked(item, 'dossier', 'stage', 'submission', 'resubmission'),
  );
  referee.check(of, byId(expected), byId(actual));
  const since = items.map((item) => String(field(item, 'waitingSince')));
  referee.check(`${of}: longest waiting first`, [...since].sort(), since);

  const counts = { unit: 0, supervision: 0, 'title-office': 0 };
  for (const { standing } of underReview) {
    const stage = stageOf(standing);
    if (stage !== null && standing.chain.includes(reviewer.organisation ?? '')) counts[stage] += 1;
  }
  referee.check(`${of}: counts`, counts, field(lastPage, 'counts'));
}

/** Every dossier that was ever filed, as each organisation of its chain has it on its list. */
export async function compareCaseload(
  { cast, client, referee }: Stocktaking,
  reviewer: Caller,
): Promise<void> {
  const { items } = await client.list(`/v1/dossiers?round=${round}`, reviewer, pageSize);
  const filed = cast.filter(
    ({ standing: { chain, filings } }) =>
      filings.length > 0 && chain.includes(reviewer.organisation ?? ''),
  );
  const of = `dossiers listed for ${reviewer.organisation ?? ''}`;
  referee.check(of, byId(filed.map(summaryOf)), byId(items.map(listed)));
}

/** A dossier as lists show it. */
export function summaryOf({ dossier, standing, self }: Applicant): Record<string, unknown> {
  const { state, filings, closedBy, chain, step } = standing;
  return {
    dossier,
    applicant: self.subject,
    status: state,
    submissions: filings.length,
    remaining: filings.length === 0 ? null : submissionLimit - filings.length,
    waitsFor: state === 'under-review' ? (chain[step] ?? null) : null,
    closedBecause: closedBy,
  };
}

export function listed(item: unknown): Record<string, unknown> {
  return {
    dossier: field(item, 'id'),
    ...picked(item, 'applicant', 'status', 'submissions', 'remaining'),
    waitsFor: field(item, 'stage', 'organisation') ?? null,
    closedBecause: field(item, 'closedBecause'),
  };
}

function picked(item: unknown, ...names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(names.map((name) => [name, field(item, name)]));
}

function byId<Row extends { readonly dossier?: unknown }>(rows: readonly Row[]): readonly Row[] {
  return [...rows].sort((one, other) => (String(one.dossier) < String(other.dossier) ? -1 : 1));
}
