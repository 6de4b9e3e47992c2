import {
  type Change,
  type Checkpoint,
  type Collection,
  type Document,
  type Found,
  isLevel,
  NewerVersion,
  type Query,
  type ReadModels,
  type Scalar,
  StaleCheckpoint,
} from '../../engine/read-models';
import type { Position } from '../../engine/event-store';
import { Database, type DatabaseOptions } from './database';
import { encodeJson } from '../../engine/json';
import { indexColumns, indexName, selects } from './query';

const migrations = [
  // A generation's number is never used again, lest a runner of a dropped one write to its successor.
  `CREATE TABLE checkpoints (
     generation INTEGER PRIMARY KEY AUTOINCREMENT,
     collection TEXT NOT NULL,
     version INTEGER NOT NULL,
     position TEXT,
     answers INTEGER NOT NULL
   ) STRICT;
   CREATE UNIQUE INDEX one_generation_answers ON checkpoints (collection) WHERE answers;
   CREATE UNIQUE INDEX one_rebuild ON checkpoints (collection) WHERE NOT answers`,
];

interface CheckpointRow extends Checkpoint {
  readonly version: number;
  readonly answers: number;
}

interface DocumentRow {
  readonly id: string;
  readonly document: string;
}

/**
 * Read models as JSON documents in one SQLite file: a table a generation, a row of `checkpoints` for
 * each. A query looks up the answering generation and reads it in one transaction, so that a
 * generation put in its place meanwhile neither mixes in nor pulls the table away.
 */
export class SqliteReadModels implements ReadModels {
  constructor(private readonly database: Database) {}

  /** Opens or makes the file. Errors as {@link Database.open}. */
  static open(path: string, options: DatabaseOptions = {}): SqliteReadModels {
    // After a power cut documents and checkpoints are older together, and the log is followed from there.
    return new SqliteReadModels(Database.open(path, migrations, { ...options, replaceable: true }));
  }

  open(collection: Collection): Promise<Checkpoint> {
    return this.database.write(() => {
      const stored = this.generations(collection);
      const own = stored.find(({ version }) => version === collection.version);
      if (own !== undefined) {
        this.createIndexes(collection, own.generation);
        return checkpointOf(own);
      }
      if (stored.some(({ version }) => version > collection.version))
        throw new NewerVersion(collection.name);
      this.dropGenerations(collection, 'NOT answers');
      const begun = this.createGeneration(collection);
      this.replaceIfLevel(collection, begun);
      return begun;
    });
  }

  get<D extends Document>(collection: Collection, id: string): Promise<D | undefined> {
    return this.database.read(() => {
      const table = tableOf(this.answeringGeneration(collection));
      const row = this.database.get(`SELECT id, document FROM "${table}" WHERE id = ?`, id);
      return row === undefined ? undefined : (parse(row as DocumentRow) as D);
    });
  }

  getMany(
    collection: Collection,
    ids: readonly string[],
    generation?: number,
  ): Promise<ReadonlyMap<string, Document>> {
    return this.database.read(() => {
      if (generation !== undefined) this.requireGeneration(collection, generation);
      const table = tableOf(generation ?? this.answeringGeneration(collection));
      const rows = this.database.all(
        `SELECT id, document FROM "${table}" WHERE id IN (SELECT value FROM json_each(?))`,
        JSON.stringify(ids),
      ) as DocumentRow[];
      return new Map(rows.map((row) => [row.id, parse(row)]));
    });
  }

  find<D extends Document>(collection: Collection, query: Query): Promise<Found<D>> {
    return this.database.read(() => {
      const index = collection.indexes.find(({ name }) => name === query.index);
      if (index === undefined) throw new Error(`${collection.name} has no index ${query.index}`);
      const table = tableOf(this.answeringGeneration(collection));
      const rows: (DocumentRow & { readonly ordered: Scalar })[] = [];
      // One more than asked for tells whether there is a next page.
      for (const { sql, values } of selects(table, index, query)) {
        const missing = query.limit + 1 - rows.length;
        rows.push(...(this.database.all(sql, ...values, missing) as typeof rows));
      }
      const page = rows.slice(0, query.limit);
      const last = rows.length > query.limit ? page.at(-1) : undefined;
      return {
        items: page.map((row) => parse(row) as D),
        next: last === undefined ? null : { order: last.ordered, id: last.id },
      };
    });
  }

  commit(
    collection: Collection,
    expected: Checkpoint,
    changes: readonly Change[],
    position: Position,
  ): Promise<Checkpoint> {
    return this.database.write(() => {
      const moved = this.database.run(
        `UPDATE checkpoints SET position = ?
         WHERE collection = ? AND generation = ? AND position IS ?`,
        ...[position, collection.name, expected.generation, expected.position],
      );
      if (moved.changes === 0) throw new StaleCheckpoint(collection.name);
      const table = tableOf(expected.generation);
      for (const change of changes) this.applyChange(table, change);
      const reached = { generation: expected.generation, position };
      this.replaceIfLevel(collection, reached);
      return reached;
    });
  }

  checkpoint(collection: Collection): Promise<Checkpoint | null> {
    return this.database.read(() => {
      const own = this.generations(collection).find(
        ({ version }) => version === collection.version,
      );
      return own === undefined ? null : checkpointOf(own);
    });
  }

  beginRebuild(collection: Collection): Promise<Checkpoint> {
    return this.database.write(() => {
      this.dropGenerations(collection, 'NOT answers');
      return this.createGeneration(collection);
    });
  }

  activate(collection: Collection, rebuilt: Checkpoint): Promise<void> {
    return this.database.write(() => {
      const stored = this.requireGeneration(collection, rebuilt.generation);
      if (stored.answers === 1) return;
      if (stored.position !== rebuilt.position) throw new StaleCheckpoint(collection.name);
      this.letAnswer(collection, rebuilt);
    });
  }

  close(): Promise<void> {
    this.database.close();
    return Promise.resolve();
  }

  private answering(collection: Collection): CheckpointRow | undefined {
    return this.database.get(
      'SELECT * FROM checkpoints WHERE collection = ? AND answers',
      collection.name,
    ) as CheckpointRow | undefined;
  }

  /** At most two, the answering one first. */
  private generations(collection: Collection): readonly CheckpointRow[] {
    return this.database.all(
      'SELECT * FROM checkpoints WHERE collection = ? ORDER BY answers DESC',
      collection.name,
    ) as CheckpointRow[];
  }

  private answeringGeneration(collection: Collection): number {
    const stored = this.answering(collection);
    if (stored === undefined) throw new Error(`collection ${collection.name} was never opened`);
    return stored.generation;
  }

  private requireGeneration(collection: Collection, generation: number): CheckpointRow {
    const stored = this.database.get(
      'SELECT * FROM checkpoints WHERE collection = ? AND generation = ?',
      ...[collection.name, generation],
    ) as CheckpointRow | undefined;
    if (stored === undefined) throw new StaleCheckpoint(collection.name);
    return stored;
  }

  private createGeneration(collection: Collection): Checkpoint {
    const { lastRowId: generation } = this.database.run(
      'INSERT INTO checkpoints (collection, version, position, answers) VALUES (?, ?, NULL, FALSE)',
      ...[collection.name, collection.version],
    );
    this.database.exec(
      `CREATE TABLE "${tableOf(generation)}" (
         id TEXT PRIMARY KEY NOT NULL, document TEXT NOT NULL
       ) STRICT`,
    );
    this.createIndexes(collection, generation);
    return { generation, position: null };
  }

  /** Puts a generation in the place of one of an older version, or of none, once it is level. */
  private replaceIfLevel(collection: Collection, reached: Checkpoint): void {
    const answering = this.answering(collection);
    if (answering !== undefined && answering.version >= collection.version) return;
    if (isLevel(reached.position, answering?.position ?? null)) this.letAnswer(collection, reached);
  }

  private letAnswer(collection: Collection, { generation }: Checkpoint): void {
    this.dropGenerations(collection, 'generation <> ?', generation);
    this.database.run('UPDATE checkpoints SET answers = TRUE WHERE generation = ?', generation);
  }

  private createIndexes(collection: Collection, generation: number): void {
    const table = tableOf(generation);
    for (const index of collection.indexes) {
      this.database.exec(
        `CREATE INDEX IF NOT EXISTS ${indexName(table, index)}
         ON "${table}" (${indexColumns(index)})`,
      );
    }
  }

  private dropGenerations(collection: Collection, which: string, ...values: number[]): void {
    const dropped = this.database.all(
      `DELETE FROM checkpoints WHERE collection = ? AND ${which} RETURNING generation`,
      ...[collection.name, ...values],
    ) as Pick<CheckpointRow, 'generation'>[];
    for (const { generation } of dropped) this.database.exec(`DROP TABLE "${tableOf(generation)}"`);
  }

  private applyChange(table: string, change: Change): void {
    if ('delete' in change) {
      this.database.run(`DELETE FROM "${table}" WHERE id = ?`, change.delete);
    } else {
      this.database.run(
        `INSERT INTO "${table}" (id, document) VALUES (?, ?)
         ON CONFLICT (id) DO UPDATE SET document = excluded.document`,
        ...[change.put, encodeJson(change.document)],
      );
    }
  }
}

function tableOf(generation: number): string {
  return `documents_${generation}`;
}

function checkpointOf({ generation, position }: CheckpointRow): Checkpoint {
  return { generation, position };
}

function parse(row: DocumentRow): Document {
  return JSON.parse(row.document) as Document;
}
