import type { Applicant } from './applicant';
import { field } from './client';
import { round } from './notice';
import type { Standing } from './standing';
import { auditor, type Stocktaking } from './stocktaking';

/** The service's own closing table: what it calls each number, and the number. */
export type ProgressRows = readonly (readonly [title: string, people: number])[];

/** Compares the progress report with what the model knows, level by level, and answers its totals. */
export async function compareProgress({
  cast,
  client,
  referee,
}: Stocktaking): Promise<ProgressRows> {
  const path = `/v1/reports/progress?round=${round}&by=level`;
  const report = await client.read(path, auditor);
  const rows = listIn(report, 'rows').map((row) => [field(row, 'group', 'level'), row] as const);
  const opened = cast.filter(({ standing }) => standing.state !== 'unopened');
  const levelOf = ({ standing: { work } }: Applicant) => work.choice?.level;
  for (const level of new Set(opened.map(levelOf))) {
    const expected = counted(opened.filter((applicant) => levelOf(applicant) === level));
    const row = rows.find(([of]) => of === level)?.[1];
    referee.check(`${path}: ${level}`, expected, numbersIn(field(row, 'values')));
  }
  const total = numbersIn(field(report, 'total'));
  referee.check(path, counted(opened), total);
  return listIn(report, 'columns').map((column) => [
    String(field(column, 'title')),
    total[String(field(column, 'key'))] ?? 0,
  ]);
}

/** For every column of the report, the applicants it counts. */
const columns: Readonly<Record<string, (standing: Standing) => boolean>> = {
  opened: () => true,
  submitted: isFiled,
  recommended: ({ trail }) => trail.includes('DossierRecommended'),
  reachedTitleOffice,
  passed: ({ trail }) => trail.includes('DossierAccepted'),
  preparing: (standing) => !isFiled(standing) && isInHand(standing),
  neverFiled: (standing) => !isFiled(standing) && !isInHand(standing),
  atUnit: (standing) => isReviewed(standing) && standing.step === 0,
  atSupervision: (standing) =>
    isReviewed(standing) && standing.step > 0 && standing.step < lastStep(standing),
  atTitleOffice: (standing) => isReviewed(standing) && standing.step === lastStep(standing),
  inHand: (standing) => isFiled(standing) && isInHand(standing),
  accepted: ({ state }) => state === 'accepted',
  withdrawn: (standing) => isFiled(standing) && standing.state === 'withdrawn',
  notResubmitted: ({ closedBy }) => closedBy === 'not-resubmitted',
  limitReached: ({ closedBy }) => closedBy === 'submission-limit',
  falsified: ({ closedBy }) => closedBy === 'falsification',
};

function counted(cast: readonly Applicant[]): Record<string, number> {
  return Object.fromEntries(
    Object.entries(columns).map(([name, counts]) => [
      name,
      cast.filter(({ standing }) => counts(standing)).length,
    ]),
  );
}

function isFiled({ filings }: Standing): boolean {
  return filings.length > 0;
}

function isInHand({ state }: Standing): boolean {
  return state === 'draft' || state === 'returned';
}

function isReviewed({ state }: Standing): boolean {
  return state === 'under-review';
}

function lastStep({ chain }: Standing): number {
  return chain.length - 1;
}

/** Whether any filing went up all the way. */
function reachedTitleOffice(standing: Standing): boolean {
  let step = 0;
  return standing.trail.some((event) => {
    if (event === 'DossierSubmitted' || event === 'DossierResubmitted') step = 0;
    if (event === 'DossierRecommended' || event === 'DossierEndorsed') step += 1;
    return step === lastStep(standing);
  });
}

function listIn(body: unknown, name: string): readonly unknown[] {
  const list = field(body, name);
  return Array.isArray(list) ? (list as unknown[]) : [];
}

function numbersIn(values: unknown): Record<string, number> {
  const all = Object.entries((values ?? {}) as Readonly<Record<string, unknown>>);
  return Object.fromEntries(
    all.filter((entry): entry is [string, number] => typeof entry[1] === 'number'),
  );
}
