import { dossierStreams, idOf, roundOf } from '../dossier/stream';
import type { EventStore } from '../engine/event-store';
import type { DossierIds } from './dossier-ids';

/**
 * Whether the log was written under this LOOKUP_KEY, as its first dossier tells; true for a log without one.
 * Under another key nobody's dossier is found again, and nobody's bar: people could file twice.
 */
export async function lookupKeyFits(log: EventStore, ids: DossierIds): Promise<boolean> {
  const looking = new AbortController();
  try {
    const options = { prefixes: [dossierStreams], batchSize: 1, signal: looking.signal };
    for await (const { events, caughtUp } of log.subscribe(null, options)) {
      const opened = events.find(({ type }) => type === 'DossierOpened');
      if (opened !== undefined) {
        const id = idOf(opened.stream);
        return ids.of(roundOf(id) ?? '', opened.metadata.person ?? '') === id;
      }
      if (caughtUp) return true;
    }
    return true;
  } finally {
    looking.abort();
  }
}
