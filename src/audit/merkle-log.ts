import type { Position } from '../engine/event-store';
import type { Frontier } from './frontier';
import type { ReadHashes } from './proofs';

/**
 * The hash tree over all events of one log in commit order, as a store keeps it. Rejects with
 * StoreUnavailable.
 */
export interface MerkleLog {
  /** The right edge: how many events are sealed, and all that their root follows from. */
  frontier(): Promise<Frontier>;
  /** Stored hashes of sealed events, see `isStored`. */
  readonly hashes: ReadHashes;
  /** Which leaf an event is; undefined where none sealed has the position. */
  indexOf(position: Position): Promise<number | undefined>;
}
