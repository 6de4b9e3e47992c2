import { randomInt } from 'node:crypto';
import type { Collection as MongoCollection } from 'mongodb';
import { StoreUnavailable, type Position } from '../../engine/event-store';
import type { Checkpoint, Collection } from '../../engine/read-models';
import { isDuplicateKey } from './failures';

/** A batch that is decided: it will be applied, by whoever comes by. */
export interface Pending {
  readonly batch: string;
  /** Number of its parts in the journal. */
  readonly parts: number;
  /** Where the checkpoint stands once it is applied. */
  readonly position: Position;
}

export interface GenerationState {
  /** Last position whose changes are all applied; null before the first. */
  readonly position: Position | null;
  /** Number of the last batch that was decided; the first is 1. */
  readonly sequence: number;
  readonly pending: Pending | null;
}

/** All that is known of a collection, in one document: so every step of it is one write. */
export interface CollectionRecord {
  readonly _id: string;
  readonly version: number;
  readonly answering: number;
  readonly rebuilding: number | null;
  readonly generations: Readonly<Record<string, GenerationState>>;
}

const empty: GenerationState = { position: null, sequence: 0, pending: null };

/** Which generations each collection has, how far each has come, and which one answers. */
export class Registry {
  constructor(private readonly records: MongoCollection<CollectionRecord>) {}

  find(name: string): Promise<CollectionRecord | null> {
    return this.records.findOne({ _id: name });
  }

  /** Rejects with StoreUnavailable where the collection was never opened, or was removed: it will be again. */
  async get(name: string): Promise<CollectionRecord> {
    const record = await this.find(name);
    if (record === null) throw new StoreUnavailable('MongoDB', new Error(`no collection ${name}`));
    return record;
  }

  /** The record of the collection in its version; one of another version gives way to an empty generation. */
  async open({ name, version }: Collection): Promise<CollectionRecord> {
    const answering = newGeneration();
    const generations = { [keyOf(answering)]: empty };
    const begun = { version, answering, rebuilding: null, generations };
    try {
      const other = { _id: name, version: { $ne: version } };
      await this.records.updateOne(other, { $set: begun }, { upsert: true });
    } catch (error) {
      // Nothing matched, and the id was taken: by the version that is asked for.
      if (!isDuplicateKey(error)) throw error;
    }
    return this.get(name);
  }

  /** From the state that was seen to the next; false where it is not that state any longer. */
  async move(
    name: string,
    generation: number,
    seen: GenerationState,
    next: GenerationState,
  ): Promise<boolean> {
    const place = placeOf(generation);
    const moved = await this.records.updateOne(
      { _id: name, [place]: seen },
      { $set: { [place]: next } },
    );
    return moved.matchedCount === 1;
  }

  async beginRebuild(name: string): Promise<number> {
    for (;;) {
      const { answering, rebuilding } = await this.get(name);
      const generation = newGeneration();
      const begun = { rebuilding: generation, [placeOf(generation)]: empty };
      const { matchedCount } = await this.records.updateOne(
        { _id: name, answering, rebuilding },
        rebuilding === null
          ? { $set: begun }
          : { $set: begun, $unset: { [placeOf(rebuilding)]: '' } },
      );
      if (matchedCount === 1) return generation;
    }
  }

  /** Lets the generation answer, as the only one left; false where it does not stand as said. */
  async activate(name: string, { generation, position }: Checkpoint): Promise<boolean> {
    for (;;) {
      const record = await this.get(name);
      const rebuilt = stateOf(record, generation);
      if (rebuilt?.pending !== null || rebuilt.position !== position) return false;
      const { answering, rebuilding } = record;
      const alone = { [keyOf(generation)]: rebuilt };
      const { matchedCount } = await this.records.updateOne(
        { _id: name, answering, rebuilding, [placeOf(generation)]: rebuilt },
        { $set: { answering: generation, rebuilding: null, generations: alone } },
      );
      if (matchedCount === 1) return true;
    }
  }

  /** Gives the collection up, where the generation is still in that state: it begins anew when opened. */
  async giveUp(name: string, generation: number, seen: GenerationState): Promise<void> {
    await this.records.deleteOne({ _id: name, [placeOf(generation)]: seen });
  }
}

export function stateOf(
  record: CollectionRecord | null,
  generation: number,
): GenerationState | undefined {
  return record?.generations[keyOf(generation)];
}

export function hasGeneration(record: CollectionRecord | null, generation: number): boolean {
  return stateOf(record, generation) !== undefined;
}

/** By chance and not by counting: so none comes twice even where the database was emptied in between. */
function newGeneration(): number {
  return randomInt(1, 2 ** 48 - 1);
}

function placeOf(generation: number): string {
  return `generations.${keyOf(generation)}`;
}

function keyOf(generation: number): string {
  return `g${generation}`;
}
