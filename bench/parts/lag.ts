import { measured, percentile } from '../harness/measurement';
import type { Part } from '../harness/part';
import { client, send } from '../service/load';
import { connections, identified, reviewerToken, withService } from '../service/under-load';
import { inFolder, seed, type SeededStore } from '../store/seeded-store';
import { saveOf } from './commands';

export const lag: Part = {
  name: 'lag',
  about:
    'from the answer to a submission until the queue shows it, while others save without a pause',

  async *run({ full }) {
    const [drafts, runs] = full ? [250, 3] : [30, 1];
    const lags = await inFolder(async (folder) => {
      const store = await seed(folder, { filed: 50, drafts });
      const all: number[][] = [];
      for (let run = 0; run < runs; run += 1) all.push(await lagsOf(store));
      return all;
    });
    for (const [name, share] of [
      ['p50', 0.5],
      ['p99', 0.99],
    ] as const) {
      yield measured(
        `lag, ${name}`,
        'ms',
        lags.map((values) => percentile(values, share)),
      );
    }
  },

  growth: {
    what: 'answer to visible in the queue, p50',
    unit: 'ms',
    cost: async (store) => percentile(await lagsOf(store), 0.5),
  },
};

/** Milliseconds, of each submission. */
function lagsOf(store: SeededStore): Promise<number[]> {
  return withService(store, async ({ port, url }, folder) => {
    const drafts = await identified(folder, store.drafts);
    const half = Math.floor(drafts.length / 2);
    const [saving, submitting] = [drafts.slice(0, half), drafts.slice(half)];
    // A text that is there already changes nothing: each saves two, in turn.
    const requests = ['1', '2'].flatMap((mark) => saving.map((draft) => saveOf(draft, mark)));
    const load = { requests, connections, status: 200 };
    await send(port, load); // Warms up.
    const others = (await client(port, { ...load, repeat: true })).begin();
    const reviewer = await reviewerToken(folder);
    const lags: number[] = [];
    for (const { id, token } of submitting) {
      const answer = await fetch(`${url}/v1/dossiers/${id}/submissions`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: '{"confirmed":true}',
      });
      const answered = performance.now();
      const { position } = (await answer.json()) as { readonly position: string };
      const shown = await fetch(`${url}/v1/queue?limit=1`, {
        headers: { authorization: `Bearer ${reviewer}`, 'read-after': position },
      });
      await shown.arrayBuffer();
      if (answer.status !== 201 || shown.status !== 200) {
        throw new Error(`submitting answered ${answer.status}, the queue ${shown.status}`);
      }
      lags.push(performance.now() - answered);
    }
    others.stop();
    await others.done;
    return lags;
  });
}
