/** One place that data is kept in, as several connections (or processes) see it. */
export interface Backing<Store> {
  /** A new connection to the same data, as a restart or a second process makes it. */
  connect(): Promise<Store>;
  /** Closes what is still connected and removes the data. */
  dispose(): Promise<void>;
}

/** An adapter a contract runs on, or the reason why it cannot run here. */
export type Adapter<Store> =
  | { readonly name: string; readonly open: () => Promise<Backing<Store>> }
  | { readonly name: string; readonly skipped: string };

/** Runs a contract on every adapter; one that cannot run here is skipped in so many words. */
export function onEveryAdapter<Store>(
  adapters: readonly Adapter<Store>[],
  contract: (name: string, open: () => Promise<Backing<Store>>) => void,
): void {
  for (const adapter of adapters) {
    if ('open' in adapter) {
      contract(adapter.name, adapter.open);
    } else {
      process.stderr.write(`skipped: ${adapter.name}, ${adapter.skipped}\n`);
      describe.skip(adapter.name, () => {
        it(adapter.skipped, () => undefined);
      });
    }
  }
}
