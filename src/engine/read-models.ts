import type { Json, Position } from './event-store';

export type Document = { readonly [key: string]: Json };

/**
 * An index over a projection's documents: equality on `by`, then ordered by `order` and the
 * document's id. Every `find` names the index it runs on, so that no query scans by accident.
 */
export interface Index {
  readonly name: string;
  readonly by: readonly string[];
  readonly order?: string;
}

/** What a store must know to keep a projection's documents. */
export interface Collection {
  readonly name: string;
  /** Raised when documents change their shape: a runner fills those of its own version, and no other. */
  readonly version: number;
  readonly indexes: readonly Index[];
}

export type Change =
  { readonly put: string; readonly document: Document } | { readonly delete: string };

/**
 * How far a collection has come, and in which generation. A rebuild fills a new generation beside
 * the one that answers, then takes its place; whoever still writes to the old one is refused.
 */
export interface Checkpoint {
  readonly generation: number;
  /** Last position taken in; null before the first. */
  readonly position: Position | null;
}

export type Scalar = string | number | boolean | null;

export interface Query {
  readonly index: string;
  /** A value for every field of the index's `by`. */
  readonly equals: Readonly<Record<string, Scalar>>;
  /** Bounds on the index's `order` field, both inclusive. */
  readonly from?: Scalar;
  readonly to?: Scalar;
  /** Further conditions, checked on the documents the index yields. */
  readonly filter?: Readonly<Record<string, Scalar>>;
  /** An array field that must contain the value. */
  readonly contains?: { readonly field: string; readonly value: Scalar };
  readonly descending?: boolean;
  readonly limit: number;
  /** Continues a page: what an earlier answer gave as `next`. */
  readonly after?: Cursor;
}

/** Place in an index: the ordered field's value and the document's id. */
export interface Cursor {
  readonly order: Scalar;
  readonly id: string;
}

export interface Found<D extends Document> {
  readonly items: readonly D[];
  /** Where the next page begins; null on the last. */
  readonly next: Cursor | null;
}

/**
 * A small document store for projections. Documents and checkpoint change together: a crash between
 * the two leaves no trace, or repeats harmlessly.
 *
 * Documents of an older version answer until those of a newer one, filled beside them, have come as
 * far ({@link isLevel}): the commit that brings them there puts them in their place.
 *
 * Rejects with {@link StaleCheckpoint} or StoreUnavailable.
 */
export interface ReadModels {
  /**
   * Makes the collection ready in its version, with its indexes; the checkpoint says where to go on.
   * Rejects with {@link NewerVersion} where a newer one is there.
   */
  open(collection: Collection): Promise<Checkpoint>;

  get<D extends Document>(collection: Collection, id: string): Promise<D | undefined>;
  /** The documents of these ids that exist, by id. In `generation` where given, else the answering one. */
  getMany(
    collection: Collection,
    ids: readonly string[],
    generation?: number,
  ): Promise<ReadonlyMap<string, Document>>;
  find<D extends Document>(collection: Collection, query: Query): Promise<Found<D>>;

  /** Applies the changes and moves the checkpoint from `expected` to `position`, both or neither. */
  commit(
    collection: Collection,
    expected: Checkpoint,
    changes: readonly Change[],
    position: Position,
  ): Promise<Checkpoint>;

  /**
   * Checkpoint of the generation of the collection's version, the answering one where a rebuild has
   * begun beside it; null where there is none. What answers has come at least as far.
   */
  checkpoint(collection: Collection): Promise<Checkpoint | null>;

  /** Begins an empty generation; an unfinished other one is thrown away. Nothing answers from it yet. */
  beginRebuild(collection: Collection): Promise<Checkpoint>;
  /** Lets a rebuilt generation answer from now on and drops the one before. */
  activate(collection: Collection, rebuilt: Checkpoint): Promise<void>;

  close(): Promise<void>;
}

/** Whether a position is at another or past it; null is before the first. */
export function isLevel(position: Position | null, other: Position | null): boolean {
  return other === null || (position !== null && position >= other);
}

/** Another runner has moved the checkpoint, or a rebuild has taken the generation's place. */
export class StaleCheckpoint extends Error {
  override readonly name = 'StaleCheckpoint';
  constructor(readonly collection: string) {
    super(`the checkpoint of ${collection} was moved by another runner`);
  }
}

/** A newer program keeps the collection now; an older one may read, but not write any more. */
export class NewerVersion extends Error {
  override readonly name = 'NewerVersion';
  constructor(readonly collection: string) {
    super(`the documents of ${collection} are of a newer version of this program`);
  }
}
