import { createSecretKey, hkdfSync, randomBytes, type KeyObject } from 'node:crypto';

import { decryptWith, encryptWith, NotAuthentic, tagBytes } from '../../engine/aes-gcm';

/*
 * A file at rest: a header, then pieces of 64 KiB, each encrypted with AES-256-GCM (the STREAM construction
 * of Hoang, Reyhanitabar, Rogaway and Vizár). A piece's nonce is its number and whether it is the last, so
 * that pieces cannot be left out, exchanged or cut off; each file has a key of its own, so that a nonce
 * never comes twice and no piece passes in another file.
 */

const pieceBytes = 64 * 1024;
/** `TRF` and the version of the format. */
const magic = Buffer.from('TRF\u0001');
const saltBytes = 32;
export const headerBytes = magic.length + saltBytes;
const nothingMore = Buffer.alloc(0);

/** @param key of the person; the file's own is derived from it */
export async function* encryptedFile(
  plain: AsyncIterable<Buffer>,
  key: KeyObject,
): AsyncGenerator<Buffer> {
  const header = Buffer.concat([magic, randomBytes(saltBytes)]);
  const fileKey = fileKeyOf(key, header);
  yield header;
  for await (const { bytes, number, last } of inPieces(plain, pieceBytes)) {
    yield encryptWith(nonceOf(number, last), fileKey, bytes, nothingMore);
  }
}

/** Throws {@link NotAuthentic} at the first piece that is not what was encrypted. */
export async function* decryptedFile(
  encrypted: AsyncIterable<Buffer>,
  key: KeyObject,
): AsyncGenerator<Buffer> {
  const chunks = encrypted[Symbol.asyncIterator]();
  try {
    const { header, rest } = await headerOf(chunks);
    const fileKey = fileKeyOf(key, header);
    for await (const { bytes, number, last } of inPieces(rest, pieceBytes + tagBytes)) {
      yield decryptWith(nonceOf(number, last), fileKey, bytes, nothingMore);
    }
  } finally {
    await chunks.return?.();
  }
}

interface Piece {
  readonly bytes: Buffer;
  /** From 0. */
  readonly number: number;
  readonly last: boolean;
}

/** The same bytes in pieces of one size, the last of it or smaller; one empty piece of nothing. */
async function* inPieces(chunks: AsyncIterable<Buffer>, size: number): AsyncGenerator<Piece> {
  let held: Buffer[] = [];
  let length = 0;
  let number = 0;
  for await (const chunk of chunks) {
    held.push(chunk);
    length += chunk.length;
    // What fills a piece exactly may be the last: it waits for what follows.
    if (length <= size) continue;
    let bytes = Buffer.concat(held);
    for (; bytes.length > size; number += 1) {
      yield { bytes: bytes.subarray(0, size), number, last: false };
      bytes = bytes.subarray(size);
    }
    held = [bytes];
    length = bytes.length;
  }
  yield { bytes: Buffer.concat(held), number, last: true };
}

async function headerOf(
  chunks: AsyncIterator<Buffer>,
): Promise<{ readonly header: Buffer; readonly rest: AsyncIterable<Buffer> }> {
  let read = nothingMore;
  while (read.length < headerBytes) {
    const next = await chunks.next();
    if (next.done === true) break;
    read = Buffer.concat([read, next.value]);
  }
  const header = read.subarray(0, headerBytes);
  if (header.length < headerBytes || !header.subarray(0, magic.length).equals(magic)) {
    throw new NotAuthentic('no encrypted file, or of a later version');
  }
  const first = read.subarray(headerBytes);
  const rest = async function* () {
    yield first;
    yield* { [Symbol.asyncIterator]: () => chunks };
  };
  return { header, rest: rest() };
}

function fileKeyOf(key: KeyObject, header: Buffer): KeyObject {
  const salt = header.subarray(magic.length);
  return createSecretKey(Buffer.from(hkdfSync('sha256', key, salt, magic, 32)));
}

function nonceOf(number: number, last: boolean): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeUInt32BE(number, 7);
  nonce.writeUInt8(last ? 1 : 0, 11);
  return nonce;
}
