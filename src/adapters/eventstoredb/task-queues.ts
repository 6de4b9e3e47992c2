/** Runs the tasks of one key one after the other, in the order they were given; other keys' beside them. */
export class TaskQueues {
  private readonly tails = new Map<string, Promise<void>>();

  run<T>(key: string, task: () => Promise<T>): Promise<T> {
    const before = this.tails.get(key) ?? Promise.resolve();
    const result = before.then(task);
    const forget = (): void => {
      if (this.tails.get(key) === tail) this.tails.delete(key);
    };
    const tail = result.then(forget, forget);
    this.tails.set(key, tail);
    return result;
  }
}
