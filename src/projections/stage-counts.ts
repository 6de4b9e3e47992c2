import type { Projection } from '../engine/projection';
import type { Stage } from '../organisations/organisation';
import { dossierStreams } from '../dossier/stream';
import { dossierEvent } from '../dossier/upcasters';
import { stageMove } from './stage-moves';

/** How many dossiers in an organisation's jurisdiction wait at each stage, kept as they move. */
export type StageCounts = { readonly organisation: string } & Readonly<
  Record<Stage['kind'], number>
>;

export const stageCounts: Projection<StageCounts> = {
  name: 'stage-counts',
  version: 1,
  prefixes: [dossierStreams],
  indexes: [],
  keys(recorded) {
    const event = dossierEvent(recorded);
    const { from, to } = stageMove(event);
    if (from === null && to === null) return [];
    // A filing may come through another chain than the jurisdiction it leaves.
    return 'chain' in event.data ? event.data.chain : recorded.metadata.jurisdiction;
  },
  project(counts, recorded, organisation) {
    const { from, to } = stageMove(dossierEvent(recorded));
    const next = {
      ...(counts ?? { organisation, unit: 0, supervision: 0, 'title-office': 0 }),
    };
    if (from !== null) next[from.kind] -= 1;
    if (to !== null) next[to.kind] += 1;
    return next;
  },
};
