import type { Aggregate } from '../engine/execute';
import { evolve, unopened, type Dossier } from './dossier';
import type { DossierEvent } from './events';
import { dossierEvent } from './upcasters';

/** How a dossier's stream is read. */
export const dossierAggregate: Aggregate<Dossier, DossierEvent> = {
  initial: unopened,
  evolve,
  read: dossierEvent,
};

export const dossierStreams = 'dossier-';

/**
 * A person's dossier of a round. The id is the round and a pseudonym of the person, so that there is one
 * stream, and one count of submissions, however often it is withdrawn and opened again (S-5, R-6).
 */
export function dossierId(round: string, pseudonym: string): string {
  return `${round}-${pseudonym}`;
}

/** The round in a dossier's id; undefined for what is no id. */
export function roundOf(id: string): string | undefined {
  return /^([a-z0-9]{1,32})-[0-9a-f]{32}$/.exec(id)?.[1];
}

export function streamOf(id: string): string {
  return dossierStreams + id;
}

export function idOf(stream: string): string {
  return stream.slice(dossierStreams.length);
}
