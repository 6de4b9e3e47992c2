import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import type { Findings } from './findings';
import { parseJson } from './json';
import type { Tree } from './tree';

const tileWidth = 256;
const hashBytes = 32;
const tileLevels = 8;

interface Edge {
  readonly size: number;
  readonly hashes: string;
}

interface Tile {
  readonly tile: number;
  readonly hashes: Uint8Array;
}

/** What the store keeps of the tree beside the events: tiles of hashes, and the edge it grows from. */
export class SealedTree {
  readonly #cursors = new Map<number, { rows: Iterator<Tile>; current: Tile | undefined }>();

  private constructor(
    private readonly database: DatabaseSyncInstance,
    private readonly findings: Findings,
    /** Leaves it holds. */
    readonly size: number,
    private readonly hashes: readonly unknown[],
  ) {}

  /** Undefined where the store keeps none. */
  static of(database: DatabaseSyncInstance, findings: Findings): SealedTree | undefined {
    const tables = database
      .prepare("SELECT count(*) AS count FROM sqlite_schema WHERE name IN ('tiles', 'frontier')")
      .get() as { count: number };
    if (tables.count < 2) return undefined;
    const row = database.prepare('SELECT size, hashes FROM frontier').get() as Edge | undefined;
    const { size, hashes } = row ?? { size: 0, hashes: '[]' };
    const edge = parseJson(hashes);
    return new SealedTree(database, findings, size, Array.isArray(edge) ? edge : []);
  }

  /** Whether a whole subtree is kept as it should be; the leaves of the last tile are not kept at all. */
  keeps(level: number, index: number, hash: Buffer): boolean {
    if (level % tileLevels !== 0 || index >= this.#whole(level)) return true;
    const start = (index % tileWidth) * hashBytes;
    const kept = this.#tile(level, Math.floor(index / tileWidth));
    return kept !== undefined && hash.equals(kept.hashes.subarray(start, start + hashBytes));
  }

  /** To be called when as many events are read as it holds. */
  compareEdge(tree: Tree): void {
    const encoded = tree.subtrees().map((hash) => hash.toString('base64'));
    if (
      encoded.length !== this.hashes.length ||
      encoded.some((hash, i) => hash !== this.hashes[i])
    ) {
      this.findings.add({ what: 'frontier', size: this.size });
    }
  }

  /** Tiles that no event stands behind. */
  finish(): void {
    const sql = 'SELECT level, max(tile) AS last FROM tiles GROUP BY level';
    for (const row of this.database.prepare(sql).all()) {
      const { level, last } = row as { level: number; last: number };
      const isOdd = level % tileLevels !== 0 || last * tileWidth >= this.#whole(level);
      if (isOdd) this.findings.add({ what: 'tile', level, tile: last });
    }
  }

  /** Hashes of a level that must be kept. */
  #whole(level: number): number {
    const count = Math.floor(this.size / 2 ** level);
    return level === 0 ? count - (count % tileWidth) : count;
  }

  #tile(level: number, tile: number): Tile | undefined {
    const cursor = this.#cursors.get(level) ?? this.#open(level);
    while (cursor.current !== undefined && cursor.current.tile < tile) {
      cursor.current = next(cursor.rows);
    }
    return cursor.current?.tile === tile ? cursor.current : undefined;
  }

  #open(level: number): { rows: Iterator<Tile>; current: Tile | undefined } {
    const sql =
      'SELECT tile, CAST(hashes AS BLOB) AS hashes FROM tiles WHERE level = ? ORDER BY tile';
    const rows = this.database.prepare(sql).iterate(level) as Iterator<Tile>;
    const cursor = { rows, current: next(rows) };
    this.#cursors.set(level, cursor);
    return cursor;
  }
}

function next(rows: Iterator<Tile>): Tile | undefined {
  const step = rows.next();
  return step.done === true ? undefined : step.value;
}
