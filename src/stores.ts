import { join } from 'node:path';

import { FileEvidenceStore } from './adapters/files/evidence-store';
import { SqliteEventStore } from './adapters/sqlite/event-store';
import { SqliteReadModels } from './adapters/sqlite/read-models';
import type { Config } from './config';
import type { EventStore } from './engine/event-store';
import type { EvidenceStore } from './engine/evidence-store';
import type { ReadModels } from './engine/read-models';

type Settings = Pick<Config, 'dataDir' | 'evidenceLimit'>;

/** The only place that knows which adapter stands behind which port: one data folder, no server. */
export function openEventStore({ dataDir }: Settings): EventStore {
  return SqliteEventStore.open(join(dataDir, 'events.db'));
}

export function openReadModels({ dataDir }: Settings): ReadModels {
  return SqliteReadModels.open(join(dataDir, 'read-models.db'));
}

export function openEvidenceStore({ dataDir, evidenceLimit }: Settings): Promise<EvidenceStore> {
  return FileEvidenceStore.open(join(dataDir, 'evidence'), evidenceLimit);
}
