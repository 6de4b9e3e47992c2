import {
  checkpointAggregate,
  checkpointStream,
  type SignedCheckpoint,
} from '../audit/signed-checkpoints';
import type { Projection } from '../engine/projection';

/** Every checkpoint signed, by the number of events it is over. */
export const checkpoints: Projection<SignedCheckpoint> = {
  name: 'checkpoints',
  version: 1,
  prefixes: [checkpointStream],
  indexes: [{ name: 'all', by: [], order: 'size' }],
  keys: (event) => [String(checkpointAggregate.read(event).data.size)],
  project: (_, event) => checkpointAggregate.read(event).data,
};
