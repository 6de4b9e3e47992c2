import { refusal, windows, type Refusal } from './notice';
import type { Standing } from './standing';

/** Refusals of work on a dossier that is not, or no longer, in its applicant's hands. */
export function whileInHand(standing: Standing, at: number, underReview: Refusal[]): Refusal[] {
  if (standing.state === 'draft') return tooLateToFile(at);
  if (standing.state === 'returned') return tooLateToRefile(at);
  return notInHand(standing, at, underReview);
}

export function notInHand(
  { state, closedBy }: Standing,
  at: number,
  underReview: Refusal[],
): Refusal[] {
  switch (state) {
    case 'unopened':
    case 'draft':
    case 'returned':
      return [];
    case 'under-review':
      return underReview;
    case 'accepted':
      return [refusal.final];
    case 'withdrawn':
      return [refusal.withdrawn];
    case 'closed': {
      if (closedBy === 'submission-limit') return [refusal.triesUsedUp];
      if (closedBy === 'falsification') return [refusal.falsified];
      const late = closedBy === 'never-submitted' ? tooLateToFile(at) : tooLateToRefile(at);
      return late.length > 0 ? late : [refusal.closed];
    }
  }
}

export function tooLateToFile(at: number): Refusal[] {
  return at > windows.filingCloses ? [refusal.tooLateToFile] : [];
}

export function tooLateToRefile(at: number): Refusal[] {
  return at > windows.reviewCloses ? [refusal.tooLateToRefile] : [];
}
