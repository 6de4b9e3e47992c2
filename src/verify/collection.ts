import type { DatabaseSyncInstance } from '@photostructure/sqlite';

export interface AnsweringCollection {
  /** Names the table of its documents. */
  readonly generation: number;
  /** Last event taken in; null before the first. */
  readonly position: string | null;
}

/** Where the documents that answer questions of a collection stand; undefined where there is no such collection. */
export function answering(
  models: DatabaseSyncInstance,
  collection: string,
): AnsweringCollection | undefined {
  const sql = 'SELECT generation, position FROM checkpoints WHERE collection = ? AND answers';
  return models.prepare(sql).get(collection) as AnsweringCollection | undefined;
}
