/** Runs the tasks in their order, at most so many at a time; rejects with the first failure. */
export async function concurrently(
  most: number,
  tasks: readonly (() => Promise<void>)[],
): Promise<void> {
  // One iterator for all workers: each takes the next task that is left.
  const left = tasks.values();
  const work = async (): Promise<void> => {
    for (const task of left) await task();
  };
  await Promise.all(Array.from({ length: Math.min(most, tasks.length) }, work));
}
