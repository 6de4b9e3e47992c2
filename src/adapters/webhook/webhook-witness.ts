import { StoreUnavailable } from '../../engine/event-store';
import { post } from './post';

/** An address that takes checkpoints as text/plain; one counts as taken when the answer is 2xx. */
export class WebhookWitness {
  readonly name = 'webhook-witness';

  constructor(private readonly url: URL) {}

  async receive({ note }: { readonly note: string }): Promise<void> {
    const headers = { 'content-type': 'text/plain; charset=utf-8' };
    try {
      await post(this.url, { body: note, headers });
    } catch (error) {
      throw new StoreUnavailable('the witness', error);
    }
  }
}
