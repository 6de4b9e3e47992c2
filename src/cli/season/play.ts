import type { Progress } from '../progress';
import type { Applicant } from './applicant';
import type { Part } from './cast';
import type { Client } from './client';
import { concurrently } from './concurrently';
import { breakAndMend, checkMended, leaveBroken } from './fault-steps';
import { fillingIn } from './filling-in';
import { notReviewedHere } from './plans';
import type { Step } from './steps';
import { takeStock, type Stocktaking } from './stocktaking';
import { timeline, type Moment, type MomentName } from './timeline';

/** Requests in flight at a time. */
const inFlight = 32;

/** How many steps a season has, for its progress. */
export function stepsOf(parts: readonly Part[]): number {
  const moments = parts.flatMap((part) => timeline.map(({ name }) => stepsAt(part, name).length));
  return moments.reduce((sum, steps) => sum + steps, 0);
}

/** What somebody does at a moment, in its order. */
export function stepsAt(
  { applicant, plan, conclusion }: Part,
  moment: MomentName,
): readonly Step[] {
  return [
    ...(plan === notReviewedHere ? [] : ownMistakes(applicant, moment)),
    ...(plan.script[moment] ?? []),
    ...(conclusion.script[moment] ?? []),
  ];
}

/** Before the first plan files anything, everybody fills in, and tries what is refused. */
function ownMistakes(applicant: Applicant, moment: MomentName): readonly Step[] {
  const { mended, kept } = applicant.trials;
  if (moment === 'preparation') return fillingIn(applicant);
  if (moment !== 'filingOpens') return [];
  return [...mended.map(breakAndMend), checkMended, ...(kept === null ? [] : [leaveBroken(kept)])];
}

/**
 * Plays the season moment by moment. At each, everybody with something to do does it at once; what
 * concerns one dossier keeps its order.
 */
export async function play(
  parts: readonly Part[],
  season: Stocktaking,
  progress: Progress,
): Promise<void> {
  for (const moment of timeline) {
    progress.title(`${moment.at.slice(0, 10)} ${moment.title}`);
    await season.client.moveClock(moment.at);
    await playMoment(moment, parts, season.client, progress);
    if (moment.stocktaking) await takeStock(season);
  }
}

async function playMoment(
  moment: Moment & { readonly name: MomentName },
  parts: readonly Part[],
  client: Client,
  progress: Progress,
): Promise<void> {
  const acting = parts.filter((part) => stepsAt(part, moment.name).length > 0);
  const tasks = acting.map((part) => async (): Promise<void> => {
    for (const step of stepsAt(part, moment.name)) {
      await step(part.applicant);
      progress.add();
    }
  });
  const { strikes } = moment;
  if (strikes === undefined) return concurrently(inFlight, tasks);
  // Everybody at once, and the clock among them: some are before the stroke, some on it, some late.
  const middle = Math.floor(tasks.length / 2);
  const crowd = tasks.toSpliced(middle, 0, () => client.moveClock(strikes));
  return concurrently(crowd.length, crowd);
}
