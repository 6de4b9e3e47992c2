import {
  append,
  emptyFrontier,
  frontierFromJson,
  frontierToJson,
  type Frontier,
} from '../../audit/frontier';
import type { Hash } from '../../audit/hashes';
import type { MerkleLog } from '../../audit/merkle-log';
import { isStored, tileWidth } from '../../audit/proofs';
import { eventLeaf } from '../../audit/record';
import type { Suite } from '../../audit/suite';
import type { EventMetadata, Position } from '../../engine/event-store';
import type { Database } from './database';
import { fromPosition, toPosition, type EventRow } from './event-row';

/**
 * The tree lies beside the events and grows in their transaction. A tile holds 256 neighbouring hashes of
 * a stored level; of the leaves only whole tiles are written, since the last ones follow from the events.
 */
export const merkleTables = `
  CREATE TABLE tiles (
    level INTEGER NOT NULL,
    tile INTEGER NOT NULL,
    hashes BLOB NOT NULL,
    PRIMARY KEY (level, tile)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE frontier (
    id INTEGER PRIMARY KEY CHECK (id = 0),
    size INTEGER NOT NULL,
    hashes TEXT NOT NULL
  ) STRICT`;

const readAtOnce = 10_000;

/** The tree as far as it must be at hand to grow: its edge, and the last tile of every stored level. */
interface Edge {
  readonly frontier: Frontier;
  readonly tiles: ReadonlyMap<number, readonly Hash[]>;
}

/** An event as it is written, with what its record tells of the metadata. */
export type Sealable = EventRow & { readonly facts: Pick<EventMetadata, 'at' | 'actor'> };

export class SqliteMerkleLog implements MerkleLog {
  #edge: Edge = { frontier: emptyFrontier, tiles: new Map() };

  constructor(
    private readonly database: Database,
    private readonly suite: Suite,
  ) {}

  frontier(): Promise<Frontier> {
    return this.database.read(() => this.#current().frontier);
  }

  hashes = (level: number, from: number, to: number): Promise<readonly Hash[]> =>
    this.database.read(() => {
      const found: Hash[] = [];
      const { frontier, tiles } = this.#current();
      const lastTile = Math.floor(frontier.size / 2 ** level / tileWidth);
      for (let tile = Math.floor(from / tileWidth); tile * tileWidth < to; tile += 1) {
        const start = tile * tileWidth;
        const hashes = tile === lastTile ? tiles.get(level) : this.#tile(level, tile);
        found.push(...(hashes ?? []).slice(Math.max(0, from - start), to - start));
      }
      return found;
    });

  /** Positions have no gaps: the first event is at 1, and leaf 0. */
  indexOf(position: Position): Promise<number | undefined> {
    return this.database.read(() => {
      const index = fromPosition(position) - 1;
      return index >= 0 && index < this.#current().frontier.size ? index : undefined;
    });
  }

  /**
   * Begins to seal, within a transaction that writes, with what was written up to `head` before there was a
   * tree. What is sealed counts once it is adopted.
   */
  grow(head: number): Growth {
    const growth = new Growth(this.database, this.suite, this.#current());
    while (growth.size < head) {
      for (const row of this.#rows(growth.size, readAtOnce)) growth.add(row);
    }
    return growth;
  }

  /** To be called after the commit. */
  adopt(growth: Growth): void {
    this.#edge = growth.edge();
  }

  /** Another process may have sealed more since: the size in the file tells. */
  #current(): Edge {
    const sql = 'SELECT size, hashes FROM frontier';
    const row = this.database.get(sql) as { size: number; hashes: string } | undefined;
    if (row === undefined) return { frontier: emptyFrontier, tiles: new Map() };
    if (row.size !== this.#edge.frontier.size) {
      const hashes = JSON.parse(row.hashes) as string[];
      this.#edge = this.#load(frontierFromJson(this.suite, { size: row.size, hashes }));
    }
    return this.#edge;
  }

  #load(frontier: Frontier): Edge {
    const wholeLeaves = frontier.size - (frontier.size % tileWidth);
    const rows = this.#rows(wholeLeaves, frontier.size - wholeLeaves);
    const tiles = new Map([[0, rows.map((row) => leafOf(this.suite, row))]]);
    let level = 0;
    for (let count = frontier.size; count >= tileWidth;) {
      count = Math.floor(count / tileWidth);
      level += tileLevels;
      const open = count % tileWidth === 0 ? [] : this.#tile(level, Math.floor(count / tileWidth));
      if (open === undefined) throw new Error(`the last tile of level ${level} is missing`);
      tiles.set(level, [...open]);
    }
    return { frontier, tiles };
  }

  #rows(after: number, limit: number): Sealable[] {
    const sql = 'SELECT * FROM events WHERE position > ? ORDER BY position LIMIT ?';
    return this.database.all(sql, after, limit).map((row) => {
      const event = row as EventRow;
      return { ...event, facts: JSON.parse(event.metadata) as EventMetadata };
    });
  }

  #tile(level: number, tile: number): readonly Hash[] | undefined {
    const sql = 'SELECT hashes FROM tiles WHERE level = ? AND tile = ?';
    const row = this.database.get(sql, level, tile) as { hashes: Uint8Array } | undefined;
    return row && cut(row.hashes, this.suite.hashBytes);
  }
}

const tileLevels = Math.log2(tileWidth);

/** What one transaction adds. */
export class Growth {
  #frontier: Frontier;
  readonly #tiles: Map<number, Hash[]>;

  constructor(
    private readonly database: Database,
    private readonly suite: Suite,
    private readonly before: Edge,
  ) {
    this.#frontier = before.frontier;
    this.#tiles = new Map([...before.tiles].map(([level, hashes]) => [level, [...hashes]]));
  }

  get size(): number {
    return this.#frontier.size;
  }

  add(event: Sealable): void {
    const { frontier, completed } = append(this.suite, this.#frontier, leafOf(this.suite, event));
    this.#frontier = frontier;
    for (const { level, index, hash } of completed) {
      if (isStored(level)) this.#place(level, index, hash);
    }
  }

  save(): void {
    if (this.#frontier === this.before.frontier) return;
    const { size, hashes } = frontierToJson(this.#frontier);
    this.database.run(
      `INSERT INTO frontier (id, size, hashes) VALUES (0, ?, ?)
       ON CONFLICT (id) DO UPDATE SET size = excluded.size, hashes = excluded.hashes`,
      size,
      JSON.stringify(hashes),
    );
  }

  edge(): Edge {
    return { frontier: this.#frontier, tiles: this.#tiles };
  }

  #place(level: number, index: number, hash: Hash): void {
    const tile = this.#tiles.get(level) ?? [];
    tile.push(hash);
    const isWhole = tile.length === tileWidth;
    if (isWhole || level > 0) this.#write(level, Math.floor(index / tileWidth), tile);
    this.#tiles.set(level, isWhole ? [] : tile);
  }

  #write(level: number, tile: number, hashes: readonly Hash[]): void {
    this.database.run(
      `INSERT INTO tiles (level, tile, hashes) VALUES (?, ?, ?)
       ON CONFLICT (level, tile) DO UPDATE SET hashes = excluded.hashes`,
      level,
      tile,
      Buffer.concat(hashes),
    );
  }
}

function leafOf(suite: Suite, { facts, ...event }: Sealable): Hash {
  const position = toPosition(event.position);
  return eventLeaf(suite, { ...event, position, metadata: facts }, event);
}

function cut(bytes: Uint8Array, width: number): Hash[] {
  const hashes: Hash[] = [];
  for (let start = 0; start < bytes.length; start += width) {
    hashes.push(bytes.subarray(start, start + width));
  }
  return hashes;
}
