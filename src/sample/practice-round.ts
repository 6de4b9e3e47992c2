import { dayOf, endOfDay, fromEpoch, startOfDay, toEpoch, type Instant } from '../engine/instant';
import type { Policy, WindowData } from '../rounds/policy';

export const practiceRound = 'practice';

/** The day of the model round on which everything can be done: filing and review are both open. */
const openDay = (model: Policy): Instant => {
  const { review } = model.windows;
  const firstReviewDay = 'opens' in review ? dayOf(review.opens) : review.firstDay;
  return startOfDay(firstReviewDay);
};

const day = 24 * 60 * 60 * 1000;

/** A model round moved so that filing and review are open today. */
export function practicePolicy(model: Policy, now: Instant): Policy {
  const days = Math.round((toEpoch(startOfDay(dayOf(now))) - toEpoch(openDay(model))) / day);
  return {
    ...model,
    round: practiceRound,
    title: `练习轮（按${model.round}年度政策）`,
    windows: {
      filing: moved(model.windows.filing, days),
      review: moved(model.windows.review, days),
    },
  };
}

function moved(window: WindowData, days: number): WindowData {
  const instant = (at: Instant): Instant => fromEpoch(toEpoch(at) + days * day);
  return 'opens' in window
    ? { opens: instant(window.opens), closes: instant(window.closes) }
    : {
        firstDay: dayOf(instant(startOfDay(window.firstDay))),
        lastDay: dayOf(instant(endOfDay(window.lastDay))),
      };
}
