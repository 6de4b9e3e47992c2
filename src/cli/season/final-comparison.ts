import type { Progress } from '../progress';
import type { Applicant } from './applicant';
import { field } from './client';
import { concurrently } from './concurrently';
import { round } from './notice';
import { canonical, hashOf, type Content } from './standing';
import { maskedVersion } from './steps';
import {
  auditor,
  compareCaseload,
  listed,
  reviewers,
  summaryOf,
  takeStock,
  type Stocktaking,
} from './stocktaking';

const atOnce = 16;
const pageSize = 40;

/** How many comparisons `compareAll` tells the progress of. */
export function comparisonsOf(cast: readonly Applicant[]): number {
  return cast.length + reviewers(cast).length;
}

/** Compares, when the season is over, what the service shows with what the model knows. */
export async function compareAll(season: Stocktaking, progress: Progress): Promise<void> {
  progress.title('everything is compared');
  const { cast } = season;
  await takeStock(season);
  await concurrently(atOnce, [
    ...reviewers(cast).map((reviewer) => async () => {
      await compareCaseload(season, reviewer);
      progress.add();
    }),
    ...cast.map((applicant) => async () => {
      await compareDossier(season, applicant);
      progress.add();
    }),
  ]);
}

async function compareDossier(season: Stocktaking, applicant: Applicant): Promise<void> {
  const { client, referee } = season;
  const { dossier, standing, self } = applicant;
  const own = await client.list(`/v1/dossiers?round=${round}`, self, pageSize);
  const opened = standing.state === 'unopened' ? [] : [summaryOf(applicant)];
  referee.check(`own list of ${self.subject}`, opened, own.items.map(listed));
  if (opened.length === 0) return;
  await applicant.does({ kind: 'look' });

  const trail = `/v1/audit/events?dossier=${dossier}&order=oldest-first`;
  const events = await client.list(trail, auditor, pageSize);
  const types = events.items.map((event) => field(event, 'type'));
  referee.check(`audit trail of ${dossier}`, standing.trail, types);

  if (standing.filings.length > 0) await compareMasking(season, applicant);
  for (const [index, filed] of standing.filings.entries()) {
    await compareFiling(season, applicant, index + 1, filed);
    const before = standing.filings[index - 1];
    if (before !== undefined) {
      await compareChanges(season, applicant, index + 1, changedSections(before, filed));
    }
  }
}

/** The unit sees a scan that shows the name, everybody above it the masked version (四(一)17). */
async function compareMasking(
  { client, referee }: Stocktaking,
  applicant: Applicant,
): Promise<void> {
  const original = applicant.filled.evidence[0]?.sha256 ?? '';
  const path = `/v1/evidence/${applicant.dossier}.${original}`;
  const unitSees = await client.download(path, applicant.reviewer(0));
  referee.check(`${path} as the unit`, original, unitSees);
  const officeSees = await client.download(path, applicant.reviewer(-1));
  referee.check(`${path} as the title office`, maskedVersion(applicant).sha256, officeSees);
}

/** The title office sees each submission exactly as filed. */
async function compareFiling(
  { client, referee }: Stocktaking,
  applicant: Applicant,
  number: number,
  filed: Content,
): Promise<void> {
  const path = `/v1/dossiers/${applicant.dossier}/submissions/${number}`;
  const { body } = await client.send({ method: 'GET', path }, applicant.reviewer(-1));
  const expected = { number, contentHash: hashOf(filed), content: canonical(filed) };
  const actual = {
    number: field(body, 'number'),
    contentHash: field(body, 'contentHash'),
    content: canonical(field(body, 'content')),
  };
  referee.check(path, expected, actual);
}

async function compareChanges(
  { client, referee }: Stocktaking,
  applicant: Applicant,
  number: number,
  expected: readonly string[],
): Promise<void> {
  const path = `/v1/dossiers/${applicant.dossier}/submissions/${number}/changes`;
  const { body } = await client.send({ method: 'GET', path }, applicant.reviewer(-1));
  const changes = field(body, 'changes');
  const named = Array.isArray(changes)
    ? (changes as unknown[]).map((change) => field(change, 'section')).filter(isText)
    : [];
  referee.check(path, expected, [...new Set(named)].sort());
}

function changedSections(before: Content, after: Content): readonly string[] {
  const names = new Set([...Object.keys(before.sections), ...Object.keys(after.sections)]);
  const differs = (name: string): boolean =>
    canonical(before.sections[name]) !== canonical(after.sections[name]);
  return [...names].filter(differs).sort();
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}
