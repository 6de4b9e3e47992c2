import type { Policy } from '../rounds/policy';
import { pendingReturn, type File } from './dossier';

export function triesUsed(file: File): number {
  return file.submissions.filter((submission) => submission.counted).length;
}

/** Whether the next submission would use up a try, under the round's counting (三(四)). */
export function nextCounts(file: File, policy: Policy): boolean {
  if (policy.submissions.counting === 'every-submission') return true;
  const pending = pendingReturn(file);
  return pending === undefined || pending.from.kind === 'title-office';
}

export function triesExhausted(file: File, policy: Policy): boolean {
  return nextCounts(file, policy) && triesUsed(file) >= policy.submissions.limit;
}
