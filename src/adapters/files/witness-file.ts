import { open } from 'node:fs/promises';

import { StoreUnavailable } from '../../engine/event-store';

/**
 * A file that checkpoints are added to, each followed by an empty line: on a disk, a share or a tape that
 * whoever keeps the database cannot write to, it shows what was signed.
 */
export class WitnessFile {
  readonly name = 'witness-file';

  constructor(private readonly path: string) {}

  /** Durable when it resolves. */
  async receive({ note }: { readonly note: string }): Promise<void> {
    try {
      const file = await open(this.path, 'a');
      try {
        await file.appendFile(`${note}\n`);
        await file.sync();
      } finally {
        await file.close();
      }
    } catch (error) {
      throw new StoreUnavailable('the witness file', error);
    }
  }
}
