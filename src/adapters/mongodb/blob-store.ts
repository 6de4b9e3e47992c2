import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Binary, type Collection, ObjectId } from 'mongodb';
import { isBlobFolder, isBlobName, type BlobStore, type Through } from '../../engine/blob-store';
import { StoreUnavailable } from '../../engine/event-store';
import type { MongoConnection } from './connection';
import { isDuplicateKey } from './failures';

/** GridFS's own layout, so that MongoDB's tools read the bucket. */
interface StoredFile {
  readonly _id: ObjectId;
  /** The blob's name; `incoming/<id>` while it is received. */
  readonly filename: string;
  readonly length: number;
  readonly chunkSize: number;
  readonly uploadDate: Date;
}

interface StoredChunk {
  readonly files_id: ObjectId;
  readonly n: number;
  readonly data: Binary;
}

const chunkSize = 1024 * 1024;
/** No upload takes so long, in milliseconds: what is older was left behind, by a crash or an outage. */
const longestUpload = 24 * 60 * 60_000;

/**
 * Blobs in the GridFS bucket `evidence`, shared by any number of processes.
 *
 * A blob is received under a name of its own and gets its right one in one write, when all of it is
 * there; a unique index lets one have a name. What was refused, or left half received by a crash, is given
 * up first, so that it cannot get a name any more, then removed.
 */
export class GridFsBlobStore implements BlobStore {
  readonly #files: Collection<StoredFile>;
  readonly #chunks: Collection<StoredChunk>;
  #preparing: { readonly since: number; readonly done: Promise<void> } | undefined;

  constructor(private readonly connection: MongoConnection) {
    this.#files = connection.evidence.collection('evidence.files');
    this.#chunks = connection.evidence.collection('evidence.chunks');
  }

  async put(content: Readable, through: Through, name: () => string): Promise<void> {
    const id = new ObjectId();
    let length = 0;
    try {
      // The pipeline destroys the source whatever goes wrong, and listens to it from the start.
      await pipeline(content, through, (chunks: AsyncIterable<Buffer>) =>
        this.connection.use(async () => {
          length = await this.#receive(id, chunks);
        }),
      );
      const filename = name();
      if (!isBlobName(filename)) throw new Error('no name of a blob');
      await this.connection.use(() => this.#publish(id, filename, length));
    } catch (error) {
      // Where the server did not answer, writes may still arrive; the record stays until they cannot.
      if (!(error instanceof StoreUnavailable)) await this.#discard(id).catch(leaveIt);
      throw error;
    }
  }

  async get(name: string): Promise<Readable | undefined> {
    if (!isBlobName(name)) return undefined;
    const file = await this.connection.use(() => this.#files.findOne({ filename: name }));
    return file === null ? undefined : Readable.from(this.#content(file), { objectMode: false });
  }

  async list(): Promise<readonly string[]> {
    const files = await this.connection.use(() => this.#files.find(named('0', 'g')).toArray());
    return files.map(({ filename }) => filename).filter(isBlobName);
  }

  async removeFolder(folder: string): Promise<void> {
    if (!isBlobFolder(folder)) throw new Error(`${folder} is no folder of this store`);
    await this.connection.use(async () => {
      // Those whose removal a crash broke off are removed with what else was given up.
      const files = await this.#files.find(named(`${folder}/`, `${folder}0`)).toArray();
      for (const { _id, filename } of files) {
        await this.#files.updateOne({ _id, filename }, { $set: { filename: givenUp(_id) } });
        await this.#discard(_id);
      }
    });
  }

  /** How many bytes there were. */
  async #receive(id: ObjectId, content: AsyncIterable<Buffer>): Promise<number> {
    await this.#prepare();
    const filename = incoming(id);
    await this.#files.insertOne({
      _id: id,
      filename,
      length: 0,
      chunkSize,
      uploadDate: new Date(),
    });
    let [n, length] = [0, 0];
    for await (const data of inChunks(content)) {
      await this.#chunks.insertOne({ files_id: id, n, data: new Binary(data) });
      n += 1;
      length += data.length;
    }
    return length;
  }

  async #publish(id: ObjectId, filename: string, length: number): Promise<void> {
    try {
      const found = await this.#files.updateOne(
        { _id: id, filename: incoming(id) },
        { $set: { filename, length, uploadDate: new Date() } },
      );
      if (found.matchedCount === 0) throw new Error('the upload took too long and was given up');
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
      await this.#discard(id).catch(leaveIt); // It is there already.
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

  /** With the first file, as the service starts without asking MongoDB, and again each day. */
  async #prepare(): Promise<void> {
    const now = Date.now();
    if (this.#preparing === undefined || this.#preparing.since < now - longestUpload)
      this.#preparing = { since: now, done: this.#makeReady() };
    const preparing = this.#preparing;
    try {
      await preparing.done;
    } catch (error) {
      if (this.#preparing === preparing) this.#preparing = undefined;
      throw error;
    }
  }

  async #makeReady(): Promise<void> {
    await this.#files.createIndexes([{ key: { filename: 1 }, unique: true }]);
    await this.#chunks.createIndexes([{ key: { files_id: 1, n: 1 }, unique: true }]);
    const abandoned = {
      filename: { $gte: 'incoming/', $lt: 'incoming0' },
      uploadDate: { $lt: new Date(Date.now() - longestUpload) },
    };
    for (const { _id } of await this.#files.find(abandoned).toArray()) await this.#discard(_id);
  }
}

/** From a name on, up to another one. */
function named(from: string, to: string) {
  return { filename: { $gte: from, $lt: to } };
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
