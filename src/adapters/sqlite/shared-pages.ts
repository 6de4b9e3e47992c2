/** Pages kept for others who follow close behind. */
const mostKept = 4;

/** Pages of the log as they were read and decoded, for all who read it side by side. */
export class SharedPages<Page extends { readonly caughtUp: boolean }> {
  private readonly kept = new Map<string, Promise<Page>>();

  /** The page kept under this key, which says everything it depends on; else what is read now. */
  get(key: string, read: () => Promise<Page>): Promise<Page> {
    const known = this.kept.get(key);
    if (known !== undefined) return known;
    const page = read();
    this.kept.set(key, page);
    const [oldest] = this.kept.keys();
    if (this.kept.size > mostKept && oldest !== undefined) this.kept.delete(oldest);
    const forget = (): void => {
      this.kept.clear();
    };
    // The end of the log is no whole page yet; and whoever has come there needs no more of them.
    page.then(({ caughtUp }) => {
      if (caughtUp) forget();
    }, forget);
    return page;
  }
}
