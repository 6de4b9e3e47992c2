import { randomUUID } from 'node:crypto';
import type { Change, Collection, Document } from '../../src/engine/read-models';

/** The position of the nth event of a log. */
export function positionOf(n: number): string {
  return String(n).padStart(16, '0');
}

/** A collection of its own for each test. */
export function newCollection(version = 1): Collection {
  return {
    name: `contract-${randomUUID()}`,
    version,
    indexes: [
      { name: 'all', by: [] },
      { name: 'inTime', by: [], order: 'at' },
      { name: 'byStage', by: ['stage'], order: 'at' },
      { name: 'byStageAndOrganisation', by: ['stage', 'organisation.id'], order: 'at' },
    ],
  };
}

export function put(id: string, document: Document = {}): Change {
  return { put: id, document: { id, ...document } };
}
