/**
 * Runs the tasks in their order, at most so many at a time. After a failure no further task is begun;
 * rejects with it once those under way have ended, so that nothing is left running.
 */
export async function concurrently(
  most: number,
  tasks: readonly (() => Promise<void>)[],
): Promise<void> {
  // One iterator for all workers: each takes the next task that is left.
  const left = tasks.values();
  const failures: unknown[] = [];
  const work = async (): Promise<void> => {
    for (const task of left) {
      if (failures.length > 0) return;
      await task().catch((error: unknown) => failures.push(error));
    }
  };
  await Promise.all(Array.from({ length: Math.min(most, tasks.length) }, work));
  if (failures.length > 0) throw failures[0];
}
