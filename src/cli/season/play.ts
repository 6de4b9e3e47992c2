import type { Progress } from '../progress';
import type { Applicant } from './applicant';
import { concurrently } from './concurrently';
import { fillingIn, type Step } from './steps';
import { takeStock, type Stocktaking } from './stocktaking';
import { timeline, type Moment, type MomentName } from './timeline';

/** Requests in flight at a time. */
const inFlight = 32;

/** How many steps a season has, for its progress. */
export function stepsOf(cast: readonly Applicant[]): number {
  const mine = (applicant: Applicant): number =>
    timeline.reduce((sum, { name }) => sum + stepsAt(applicant, name).length, 0);
  return cast.reduce((sum, applicant) => sum + mine(applicant), 0);
}

function stepsAt(applicant: Applicant, moment: MomentName): readonly Step[] {
  const planned = applicant.plan.script[moment] ?? [];
  return moment === 'preparation' ? [...fillingIn(applicant), ...planned] : planned;
}

/**
 * Plays the season moment by moment. At each, everybody with something to do does it at once; what
 * concerns one dossier keeps its order.
 */
export async function play(season: Stocktaking, progress: Progress): Promise<void> {
  for (const moment of timeline) {
    progress.title(`${moment.at.slice(0, 10)} ${moment.title}`);
    await season.client.moveClock(moment.at);
    await playMoment(moment, season, progress);
    if (moment.stocktaking) await takeStock(season);
  }
}

async function playMoment(
  moment: Moment & { readonly name: MomentName },
  { cast, client }: Stocktaking,
  progress: Progress,
): Promise<void> {
  const acting = cast.filter((applicant) => stepsAt(applicant, moment.name).length > 0);
  const tasks = acting.map((applicant) => async (): Promise<void> => {
    for (const step of stepsAt(applicant, moment.name)) {
      await step(applicant);
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
