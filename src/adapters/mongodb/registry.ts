import { randomInt } from 'node:crypto';
import type { Collection as MongoCollection, Filter } from 'mongodb';
import { StoreUnavailable, type Position } from '../../engine/event-store';
import { isLevel, NewerVersion, type Checkpoint, type Collection } from '../../engine/read-models';
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
  readonly version: number;
  /** Last position whose changes are all applied; null before the first. */
  readonly position: Position | null;
  /** Number of the last batch that was decided; the first is 1. */
  readonly sequence: number;
  readonly pending: Pending | null;
}

/** All that is known of a collection, in one document: so every step of it is one write. */
export interface CollectionRecord {
  readonly _id: string;
  readonly answering: number;
  readonly rebuilding: number | null;
  readonly generations: Readonly<Record<string, GenerationState>>;
}

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

  /** The generation of the collection's version, begun where there is none. Rejects with NewerVersion. */
  async open({ name, version }: Collection): Promise<number> {
    for (;;) {
      const record = await this.find(name);
      const own = generationOf(record, version);
      if (own !== undefined) return own;
      if (Object.values(record?.generations ?? {}).some((other) => other.version > version))
        throw new NewerVersion(name);
      if (record === null) await this.insert(name, version);
      else await this.begin(record, version);
    }
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

  async beginRebuild({ name, version }: Collection): Promise<number> {
    for (;;) {
      const begun = await this.begin(await this.get(name), version);
      if (begun !== undefined) return begun;
    }
  }

  /** Lets the generation answer, as the only one left; false where it does not stand as said. */
  async activate(name: string, { generation, position }: Checkpoint): Promise<boolean> {
    for (;;) {
      const record = await this.get(name);
      if (record.answering === generation) return true;
      const rebuilt = stateOf(record, generation);
      if (rebuilt?.pending !== null || rebuilt.position !== position) return false;
      if (await this.letAnswer(record, generation, rebuilt)) return true;
    }
  }

  /**
   * Puts the generation in the place of one of an older version, once it is level. Where that one
   * moves on in this moment it is not, and its next commit tries again.
   */
  async replaceIfLevel(name: string, generation: number): Promise<boolean> {
    const record = await this.find(name);
    const own = stateOf(record, generation);
    if (record === null || own?.pending !== null) return false;
    const old = stateOf(record, record.answering);
    if (old === undefined || old.version >= own.version || !isLevel(own.position, old.position))
      return false;
    return this.letAnswer(record, generation, own, { [placeOf(record.answering)]: old });
  }

  private async insert(name: string, version: number): Promise<void> {
    const answering = newGeneration();
    const generations = { [keyOf(answering)]: empty(version) };
    try {
      await this.records.insertOne({ _id: name, answering, rebuilding: null, generations });
    } catch (error) {
      if (!isDuplicateKey(error)) throw error; // Another was first.
    }
  }

  /** Begins a generation in the place of an unfinished one; undefined where another was first. */
  private async begin(record: CollectionRecord, version: number): Promise<number | undefined> {
    const { _id, answering, rebuilding } = record;
    const generation = newGeneration();
    const begun = { rebuilding: generation, [placeOf(generation)]: empty(version) };
    const { matchedCount } = await this.records.updateOne(
      { _id, answering, rebuilding },
      rebuilding === null
        ? { $set: begun }
        : { $set: begun, $unset: { [placeOf(rebuilding)]: '' } },
    );
    return matchedCount === 1 ? generation : undefined;
  }

  private async letAnswer(
    record: CollectionRecord,
    generation: number,
    rebuilt: GenerationState,
    also: Filter<CollectionRecord> = {},
  ): Promise<boolean> {
    const { _id, answering, rebuilding } = record;
    const alone = { [keyOf(generation)]: rebuilt };
    const { matchedCount } = await this.records.updateOne(
      { _id, answering, rebuilding, [placeOf(generation)]: rebuilt, ...also },
      { $set: { answering: generation, rebuilding: null, generations: alone } },
    );
    return matchedCount === 1;
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

/** The generation of a version, the answering one where there are two; undefined where there is none. */
export function generationOf(record: CollectionRecord | null, version: number): number | undefined {
  if (record === null) return undefined;
  const { answering, rebuilding } = record;
  const numbers = [answering, rebuilding ?? answering];
  return numbers.find((number) => stateOf(record, number)?.version === version);
}

export function hasGeneration(record: CollectionRecord | null, generation: number): boolean {
  return stateOf(record, generation) !== undefined;
}

function empty(version: number): GenerationState {
  return { version, position: null, sequence: 0, pending: null };
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
