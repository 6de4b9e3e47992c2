import type { Json } from '../../engine/event-store';
import type { Progress } from '../progress';
import type { Caller } from './act';
import type { Applicant } from './applicant';
import { field, type Answer, type HttpRequest } from './client';
import { barredYears, refusal, round } from './notice';
import { auditor, type Stocktaking } from './stocktaking';

const opens = '2023-08-10T10:00:00.000+08:00';

const administrator: Caller = {
  subject: 'season-administrator',
  roles: ['administrator'],
  organisation: 'title-office',
};

/**
 * The year after: whoever was found to have falsified is barred (四(一)16), under their account and, once
 * the ID number is stated, under any other. Everybody else may apply again.
 */
export async function nextYear(season: Stocktaking, progress: Progress): Promise<void> {
  const { cast, client } = season;
  const barred = cast.filter(({ standing }) => standing.closedBy === 'falsification');
  const accepted = cast.find(({ standing }) => standing.state === 'accepted');
  if (barred.length === 0 || accepted === undefined) return;
  progress.title(`${opens.slice(0, 10)} the year after`);
  await client.moveClock(opens);
  await compareBars(season, barred);
  await publishNextRound(season);
  await expect(season, openingOf(accepted), accepted.self, { status: 201, barred: false });
  for (const person of barred) {
    await expect(season, openingOf(person), person.self, { status: 422, barred: true });
    await applyByAnotherAccount(season, person);
  }
}

/** Each is barred twice, by account and by ID number, for three years from this one on. */
async function compareBars(
  { client, referee }: Stocktaking,
  barred: readonly Applicant[],
): Promise<void> {
  const { items } = await client.list('/v1/audit/events?type=PersonBarred', auditor, 200);
  const actual = items.map((item) => [
    field(item, 'person'),
    field(item, 'details', 'firstYear'),
    field(item, 'details', 'lastYear'),
  ]);
  const { first, last } = barredYears;
  const expected = barred.flatMap(({ self: { subject } }) => [
    [subject, first, last],
    [subject, first, last],
  ]);
  referee.check('bars on record', expected.sort(), actual.sort());
}

/** The same rules a year later: every year of the policy moves on by one. */
async function publishNextRound({ client, referee }: Stocktaking): Promise<void> {
  const path = `/v1/rounds/${round}/policy`;
  const { body } = await client.send({ method: 'GET', path }, administrator);
  const text = JSON.stringify(field(body, 'policy'));
  const moved = text.replaceAll(/(?<!\d)20\d\d(?!\d)/g, (year) => String(Number(year) + 1));
  const publishing = { policy: JSON.parse(moved) as Json, reason: '发布下一年度职称评审' };
  const request = { method: 'POST', path: '/v1/rounds', body: publishing } as const;
  const { status } = await client.send(request, administrator);
  referee.check('publishing the next round', 201, status);
}

/** It opens, since nobody knows yet who it is; the ID number gives the person away. */
async function applyByAnotherAccount(season: Stocktaking, person: Applicant): Promise<void> {
  const { client } = season;
  const other: Caller = { ...person.self, subject: `${person.self.subject}-again` };
  const opening = openingOf(person);
  const { body } = await expect(season, opening, other, { status: 201, barred: false });
  const path = `/v1/dossiers/${String(field(body, 'id'))}`;
  const identity = person.standing.work.sections['basicInformation'] ?? null;
  await client.send(
    { method: 'PUT', path: `${path}/sections/basicInformation`, body: identity },
    other,
  );
  const precheck = { method: 'GET', path: `${path}/precheck` } as const;
  await expect(season, precheck, other, { status: 200, barred: true });
  const submission = {
    method: 'POST',
    path: `${path}/submissions`,
    body: { confirmed: true },
  } as const;
  await expect(season, submission, other, { status: 422, barred: true });
}

function openingOf({ choice }: Applicant): HttpRequest {
  const body = { round: String(barredYears.first), ...choice };
  return { method: 'POST', path: '/v1/dossiers', body };
}

/** Asks, and compares the status and whether a bar is among the findings. */
async function expect(
  { client, referee }: Stocktaking,
  request: HttpRequest,
  by: Caller,
  expected: { readonly status: number; readonly barred: boolean },
): Promise<Answer> {
  const answer = await client.send(request, by);
  const findings = field(answer.body, 'findings');
  const codes = Array.isArray(findings)
    ? (findings as unknown[]).map(
        (one) => `${String(field(one, 'rule'))} ${String(field(one, 'code'))}`,
      )
    : [];
  const actual = { status: answer.status, barred: codes.includes(refusal.falsified) };
  const year = opens.slice(0, 4);
  referee.check(`${year}: ${request.method} ${request.path} as ${by.subject}`, expected, actual);
  return answer;
}
