import {
  append,
  emptyFrontier,
  frontierFromJson,
  frontierToJson,
  type Frontier,
  type FrontierJson,
} from '../../audit/frontier';
import type { Hash } from '../../audit/hashes';
import type { MerkleLog } from '../../audit/merkle-log';
import { isStored, tileWidth } from '../../audit/proofs';
import { eventLeaf } from '../../audit/record';
import type { Suite } from '../../audit/suite';
import type { EventStore, Position, RecordedEvent } from '../../engine/event-store';
import { encodeJson } from '../../engine/json';
import { LogFollower, type FollowerOptions } from '../../engine/log-follower';
import type {
  Change,
  Checkpoint,
  Collection,
  Document,
  ReadModels,
} from '../../engine/read-models';

/** 256 neighbouring hashes of a stored level, fewer in the last one. */
type Tile = {
  readonly level: number;
  readonly tile: number;
  /** One after the other, in Base64. */
  readonly hashes: string;
  /** Where the events of its leaves are; empty above the leaves. */
  readonly positions: readonly Position[];
  /** The first of them; empty above the leaves. */
  readonly first: Position;
};

const collection: Collection = {
  name: 'merkle-log',
  version: 1,
  indexes: [{ name: 'by-first', by: ['level'], order: 'first' }],
};

/**
 * The hash tree over a log whose store cannot keep it beside the events: it follows the log and seals
 * what comes. Lost with the read models, it grows anew from the log, the same.
 */
export class FollowedMerkleLog extends LogFollower implements MerkleLog {
  constructor(
    private readonly suite: Suite,
    store: EventStore,
    private readonly models: ReadModels,
    options: FollowerOptions = {},
  ) {
    super(
      collection,
      async (from, events) => ({ checkpoint: await this.seal(from, events), poison: null }),
      store,
      models,
      options,
    );
  }

  async frontier(): Promise<Frontier> {
    const stored = await this.models.get<FrontierJson & Document>(collection, 'frontier');
    return stored === undefined ? emptyFrontier : frontierFromJson(this.suite, stored);
  }

  hashes = async (level: number, from: number, to: number): Promise<readonly Hash[]> => {
    const numbers: number[] = [];
    for (let tile = Math.floor(from / tileWidth); tile * tileWidth < to; tile += 1) {
      numbers.push(tile);
    }
    const ids = numbers.map((tile) => idOf(level, tile));
    const tiles = (await this.models.getMany(collection, ids)) as ReadonlyMap<string, Tile>;
    return numbers.flatMap((tile) => {
      const start = tile * tileWidth;
      const hashes = hashesOf(this.suite, tiles.get(idOf(level, tile)));
      return hashes.slice(Math.max(0, from - start), to - start);
    });
  };

  async indexOf(position: Position): Promise<number | undefined> {
    const { items } = await this.models.find<Tile>(collection, {
      index: 'by-first',
      equals: { level: 0 },
      to: position,
      descending: true,
      limit: 1,
    });
    const place = items[0]?.positions.indexOf(position) ?? -1;
    return items[0] === undefined || place < 0 ? undefined : items[0].tile * tileWidth + place;
  }

  private async seal(from: Checkpoint, events: readonly RecordedEvent[]): Promise<Checkpoint> {
    const last = events.at(-1);
    if (last === undefined) return from;
    const growth = await this.edge(from.generation);
    for (const event of events) growth.add(event);
    return this.models.commit(collection, from, growth.changes(), last.position);
  }

  private async edge(generation: number): Promise<Growth> {
    const found = await this.models.getMany(collection, ['frontier'], generation);
    const stored = found.get('frontier') as FrontierJson | undefined;
    const frontier = stored ? frontierFromJson(this.suite, stored) : emptyFrontier;
    const ids: string[] = [];
    for (let level = 0; 2 ** level <= Math.max(1, frontier.size); level += 1) {
      if (isStored(level)) ids.push(idOf(level, lastTile(frontier.size, level)));
    }
    const tiles = await this.models.getMany(collection, ids, generation);
    return new Growth(this.suite, frontier, tiles as ReadonlyMap<string, Tile>);
  }
}

/** What one batch adds. */
class Growth {
  readonly #tiles = new Map<string, { hashes: Hash[]; positions: Position[] }>();
  readonly #changed = new Map<string, { level: number; tile: number }>();

  constructor(
    private readonly suite: Suite,
    private frontier: Frontier,
    tiles: ReadonlyMap<string, Tile>,
  ) {
    for (const [id, tile] of tiles) {
      this.#tiles.set(id, { hashes: hashesOf(suite, tile), positions: [...tile.positions] });
    }
  }

  add(event: RecordedEvent): void {
    const stored = { data: encodeJson(event.data), metadata: encodeJson({ ...event.metadata }) };
    const leaf = eventLeaf(this.suite, event, stored);
    const { frontier, completed } = append(this.suite, this.frontier, leaf);
    this.frontier = frontier;
    for (const { level, index, hash } of completed) {
      if (!isStored(level)) continue;
      const tile = Math.floor(index / tileWidth);
      const id = idOf(level, tile);
      const { hashes, positions } = this.#tiles.get(id) ?? { hashes: [], positions: [] };
      hashes.push(hash);
      if (level === 0) positions.push(event.position);
      this.#tiles.set(id, { hashes, positions });
      this.#changed.set(id, { level, tile });
    }
  }

  changes(): Change[] {
    const tiles = [...this.#changed].map(([id, { level, tile }]): Change => {
      const { hashes = [], positions = [] } = this.#tiles.get(id) ?? {};
      const text = Buffer.concat(hashes).toString('base64');
      const document = { level, tile, hashes: text, positions, first: positions[0] ?? '' };
      return { put: id, document };
    });
    return [...tiles, { put: 'frontier', document: { ...frontierToJson(this.frontier) } }];
  }
}

function idOf(level: number, tile: number): string {
  return `tile-${level}-${tile}`;
}

function lastTile(size: number, level: number): number {
  return Math.floor(Math.floor(size / 2 ** level) / tileWidth);
}

function hashesOf({ hashBytes }: Suite, tile: Tile | undefined): Hash[] {
  const bytes = Buffer.from(tile?.hashes ?? '', 'base64');
  const hashes: Hash[] = [];
  for (let start = 0; start < bytes.length; start += hashBytes) {
    hashes.push(bytes.subarray(start, start + hashBytes));
  }
  return hashes;
}
