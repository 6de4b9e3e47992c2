import { createSecretKey, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import {
  decryptedFile,
  encryptedFile,
  headerBytes,
} from '../../../src/adapters/evidence/encrypted-file';

const piece = 64 * 1024;
const sealedPiece = piece + 16;
const key = createSecretKey(randomBytes(32));

async function* inChunks(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) {
    await Promise.resolve();
    yield bytes.subarray(at, at + size);
  }
}

async function all(chunks: AsyncIterable<Buffer>): Promise<Buffer> {
  const collected: Buffer[] = [];
  for await (const chunk of chunks) collected.push(chunk);
  return Buffer.concat(collected);
}

const encrypted = (bytes: Buffer, size = piece) => all(encryptedFile(inChunks(bytes, size), key));
const decrypted = (bytes: Buffer, size = piece) => all(decryptedFile(inChunks(bytes, size), key));
const notAuthentic = { name: 'NotAuthentic' };

describe('An encrypted file', () => {
  it.each([0, 1, piece - 1, piece, piece + 1, 2 * piece, 3 * piece + 17])(
    'of %i bytes gives back what it was made of',
    async (size) => {
      const bytes = randomBytes(size);
      const file = await encrypted(bytes);
      const pieces = Math.max(1, Math.ceil(size / piece));
      expect(file.length).toBe(headerBytes + size + pieces * 16);
      expect((await decrypted(file)).equals(bytes)).toBe(true);
    },
  );

  it('does not depend on how it arrives', () =>
    fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 3 * piece }),
        fc.integer({ min: 1, max: 2 * piece }),
        fc.integer({ min: 1, max: 2 * piece }),
        async (size, writing, reading) => {
          const bytes = randomBytes(size);
          const file = await encrypted(bytes, Math.max(writing, 100));
          return (await decrypted(file, Math.max(reading, 100))).equals(bytes);
        },
      ),
      { numRuns: 60 },
    ));

  it('is another one each time', async () => {
    const bytes = Buffer.alloc(100, 'x');
    expect((await encrypted(bytes)).equals(await encrypted(bytes))).toBe(false);
    expect((await encrypted(bytes)).includes('xxxx')).toBe(false);
  });

  describe('is refused', () => {
    const bytes = randomBytes(3 * piece + 17);
    let file: Buffer;
    beforeAll(async () => {
      file = await encrypted(bytes);
    });
    const refused = (changed: Buffer) =>
      expect(decrypted(changed)).rejects.toMatchObject(notAuthentic);
    const start = (n: number) => headerBytes + n * sealedPiece;
    const pieceOf = (n: number) => file.subarray(start(n), start(n + 1));

    it('with any one byte changed', () =>
      fc.assert(
        fc.asyncProperty(fc.integer({ min: 0, max: file.length - 1 }), async (at) => {
          const changed = Buffer.from(file);
          changed[at] = (changed[at] ?? 0) ^ 0x40;
          await refused(changed);
        }),
        { numRuns: 100 },
      ));

    it('cut off anywhere, also between two pieces', async () => {
      for (const length of [0, 3, headerBytes, start(1), start(2), start(3), file.length - 1]) {
        await refused(file.subarray(0, length));
      }
    });

    it('with pieces exchanged, left out, repeated or added', async () => {
      const header = file.subarray(0, headerBytes);
      const [a, b, c, last] = [pieceOf(0), pieceOf(1), pieceOf(2), pieceOf(3)];
      for (const order of [
        [b, a, c, last],
        [a, c, last],
        [b, c, last],
        [a, b, b, c, last],
        [a, b, c, last, last],
        [last],
        [a, b, c],
      ]) {
        await refused(Buffer.concat([header, ...order]));
      }
    });

    it('with a piece of another file, or under the header of another', async () => {
      const other = await encrypted(bytes);
      await refused(Buffer.concat([file.subarray(0, start(1)), other.subarray(start(1))]));
      await refused(Buffer.concat([other.subarray(0, headerBytes), file.subarray(headerBytes)]));
    });

    it('under another key', async () => {
      const stranger = createSecretKey(randomBytes(32));
      const opened = all(decryptedFile(inChunks(file, piece), stranger));
      await expect(opened).rejects.toMatchObject(notAuthentic);
    });
  });

  it('lets go of its source when it is no longer read', async () => {
    const file = await encrypted(randomBytes(4 * piece));
    let released = false;
    const source = async function* () {
      try {
        yield* inChunks(file, 1000);
      } finally {
        released = true;
      }
    };
    for await (const chunk of decryptedFile(source(), key)) {
      expect(chunk.length).toBe(piece);
      break;
    }
    expect(released).toBe(true);
  });
});
