import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Binary, type Collection, ObjectId } from 'mongodb';
import { StoreUnavailable } from '../../engine/event-store';
import type { EvidenceStore, StoredEvidence } from '../../engine/evidence-store';
import { Inspection, isAddress } from '../evidence/inspection';
import type { MongoConnection } from './connection';
import { isDuplicateKey } from './failures';

/** GridFS's own layout, so that MongoDB's tools read the bucket. */
interface StoredFile {
  readonly _id: ObjectId;
  /** The content's SHA-256; `incoming/<id>` while it is received. */
  readonly filename: string;
  readonly length: number;
  readonly chunkSize: number;
  readonly uploadDate: Date;
  readonly metadata?: { readonly contentType: string };
}

interface StoredChunk {
  readonly files_id: ObjectId;
  readonly n: number;
  readonly data: Binary;
}

const chunkSize = 1024 * 1024;
/** No upload takes so long, in milliseconds: what is older was left behind by a crash. */
const longestUpload = 24 * 60 * 60_000;

/**
 * Evidence in the GridFS bucket `evidence`, shared by any number of processes.
 *
 * A file is received under a name of its own and gets its address in one write, when all of it is
 * there and found good; a unique index lets one file have an address. What was refused, or left half
 * received by a crash, is given up first, so that it cannot get an address any more, then removed.
 */
export class GridFsEvidenceStore implements EvidenceStore {
  readonly #files: Collection<StoredFile>;
  readonly #chunks: Collection<StoredChunk>;
  #ready: Promise<void> | undefined;

  /** @param limit largest file taken, in bytes */
  constructor(
    private readonly connection: MongoConnection,
    private readonly limit: number,
  ) {
    this.#files = connection.evidence.collection('evidence.files');
    this.#chunks = connection.evidence.collection('evidence.chunks');
  }

  async put(content: Readable): Promise<StoredEvidence> {
    const id = new ObjectId();
    const inspection = new Inspection(this.limit);
    try {
      // The pipeline destroys the source whatever goes wrong, and listens to it from the start.
      await pipeline(
        content,
        (chunks: AsyncIterable<Buffer>) => inspection.of(chunks),
        (chunks: AsyncIterable<Buffer>) => this.connection.use(() => this.#receive(id, chunks)),
      );
      const evidence = inspection.result();
      await this.connection.use(() => this.#publish(id, evidence));
      return evidence;
    } catch (error) {
      // Where the server did not answer, writes may still arrive; the record stays until they cannot.
      if (!(error instanceof StoreUnavailable)) await this.#discard(id).catch(leaveIt);
      throw error;
    }
  }

  async get(sha256: string): Promise<Readable | undefined> {
    if (!isAddress(sha256)) return undefined;
    const file = await this.connection.use(() => this.#files.findOne({ filename: sha256 }));
    return file === null ? undefined : Readable.from(this.#content(file), { objectMode: false });
  }

  async #receive(id: ObjectId, content: AsyncIterable<Buffer>): Promise<void> {
    await this.#prepare();
    const filename = incoming(id);
    await this.#files.insertOne({
      _id: id,
      filename,
      length: 0,
      chunkSize,
      uploadDate: new Date(),
    });
    let n = 0;
    for await (const data of inChunks(content)) {
      await this.#chunks.insertOne({ files_id: id, n, data: new Binary(data) });
      n += 1;
    }
  }

  async #publish(id: ObjectId, { sha256, mediaType, bytes }: StoredEvidence): Promise<void> {
    const published = { filename: sha256, length: bytes, metadata: { contentType: mediaType } };
    try {
      const found = await this.#files.updateOne(
        { _id: id, filename: incoming(id) },
        { $set: { ...published, uploadDate: new Date() } },
      );
      if (found.matchedCount === 0) throw new Error('the upload took too long and was given up');
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
      await this.#discard(id).catch(leaveIt); // The same bytes are there already.
    }
  }

  /** Removes a file that has no address. */
  async #discard(id: ObjectId): Promise<void> {
    const { matchedCount } = await this.#files.updateOne(
      { _id: id, filename: { $in: [incoming(id), givenUp(id)] } },
      { $set: { filename: givenUp(id) } },
    );
    if (matchedCount === 0) return;
    await this.#chunks.deleteMany({ files_id: id });
    await this.#files.deleteOne({ _id: id });
  }

  /** Each piece is a question of its own, so that a slow reader holds nothing open in the server. */
  async *#content({ _id: id, length, chunkSize: size }: StoredFile): AsyncIterable<Buffer> {
    for (let n = 0; n * size < length; n += 1) {
      const chunk = await this.connection.use(() => this.#chunks.findOne({ files_id: id, n }));
      if (chunk === null) throw new Error(`piece ${n} of the evidence is missing`);
      yield Buffer.from(chunk.data.value());
    }
  }

  /** Once, with the first file: the service starts without asking MongoDB. */
  async #prepare(): Promise<void> {
    this.#ready ??= this.#makeReady();
    try {
      await this.#ready;
    } catch (error) {
      this.#ready = undefined;
      throw error;
    }
  }

  async #makeReady(): Promise<void> {
    await this.#files.createIndex({ filename: 1 }, { unique: true });
    await this.#chunks.createIndex({ files_id: 1, n: 1 }, { unique: true });
    const abandoned = {
      filename: { $gte: 'incoming/', $lt: 'incoming0' },
      uploadDate: { $lt: new Date(Date.now() - longestUpload) },
    };
    for (const { _id } of await this.#files.find(abandoned).toArray()) await this.#discard(_id);
  }
}

function incoming(id: ObjectId): string {
  return `incoming/${id.toHexString()}`;
}

function givenUp(id: ObjectId): string {
  return `${incoming(id)}/given-up`;
}

/** What cannot be removed now is removed later, as what a crash left. */
function leaveIt(): void {
  return undefined;
}

/** The same bytes in pieces of the chunk size, the last one smaller. */
async function* inChunks(content: AsyncIterable<Buffer>): AsyncIterable<Buffer> {
  let pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of content) {
    let rest = piece;
    while (size + rest.length >= chunkSize) {
      const missing = chunkSize - size;
      yield Buffer.concat([...pieces, rest.subarray(0, missing)]);
      rest = rest.subarray(missing);
      pieces = [];
      size = 0;
    }
    pieces.push(rest);
    size += rest.length;
  }
  if (size > 0) yield Buffer.concat(pieces);
}
