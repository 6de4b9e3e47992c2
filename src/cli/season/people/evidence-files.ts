import { createHash } from 'node:crypto';
import { crc32, deflateSync } from 'node:zlib';

import type { MediaType } from '../../../engine/evidence-store';

/** A scan as an applicant would upload it. */
export interface EvidenceFile {
  readonly name: string;
  readonly mediaType: MediaType;
  readonly bytes: Buffer;
  /** SHA-256 of the bytes, lower-case hex. */
  readonly sha256: string;
}

/**
 * A small, valid file of the type its name ends in (`.pdf`, `.jpg`, `.png`). The note, ASCII, is written
 * inside, so that two notes never give the same bytes.
 */
export function evidenceFile(
  name: `${string}.${'pdf' | 'jpg' | 'png'}`,
  note: string,
): EvidenceFile {
  const { mediaType, bytes } = content(name, note);
  return { name, mediaType, bytes, sha256: createHash('sha256').update(bytes).digest('hex') };
}

function content(name: string, note: string): Pick<EvidenceFile, 'mediaType' | 'bytes'> {
  if (name.endsWith('.png')) return { mediaType: 'image/png', bytes: png(note) };
  if (name.endsWith('.jpg')) return { mediaType: 'image/jpeg', bytes: jpeg(note) };
  return { mediaType: 'application/pdf', bytes: pdf(note) };
}

/** One A4 page that shows the note. */
export function pdf(note: string): Buffer {
  const shown = note.replaceAll(/[\\()]/g, '\\$&');
  const drawing = `BT /F1 12 Tf 72 770 Td (${shown}) Tj ET`;
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R ' +
      '/Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${drawing.length} >>\nstream\n${drawing}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ];
  let file = '%PDF-1.4\n';
  const offsets = objects.map((object, index) => {
    const offset = file.length;
    file += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  // Each line of the table is twenty bytes long, its end included.
  const lines = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`);
  const table = `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${lines.join('')}`;
  const trailer = `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\n`;
  return Buffer.from(`${file}${table}${trailer}startxref\n${file.length}\n%%EOF\n`, 'latin1');
}

/** A grey square of 16 by 16 pixels; the note is its comment. */
export function png(note: string): Buffer {
  const side = 16;
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  header.writeUInt8(8, 8); // Bits a pixel; colour type 0 (grey) and the rest of the header stay 0.
  const row = Buffer.concat([Buffer.from([0]), Buffer.alloc(side, 0xc0)]);
  const pixels = deflateSync(Buffer.concat(Array.from({ length: side }, () => row)));
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    pngChunk('IHDR', header),
    pngChunk('tEXt', Buffer.from(`Comment\0${note}`, 'latin1')),
    pngChunk('IDAT', pixels),
    pngChunk('IEND', Buffer.alloc(0)),
  ]);
}

function pngChunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, checksum]);
}

/** A grey square of 8 by 8 pixels, baseline: one block; the note is its comment. */
export function jpeg(note: string): Buffer {
  const quantisation = Buffer.concat([Buffer.from([0]), Buffer.alloc(64, 1)]);
  const frame = Buffer.from([8, 0, 8, 0, 8, 1, 1, 0x11, 0]);
  // Each Huffman table has a single code of one bit: no difference to the grey before, end of block.
  const oneCode = [1, ...Array<number>(15).fill(0), 0];
  const scanHeader = Buffer.from([1, 1, 0x00, 0, 63, 0]);
  return Buffer.concat([
    Buffer.from('ffd8', 'hex'),
    jpegSegment(0xe0, Buffer.from('4a46494600010100000100010000', 'hex')),
    jpegSegment(0xfe, Buffer.from(note, 'latin1')),
    jpegSegment(0xdb, quantisation),
    jpegSegment(0xc0, frame),
    jpegSegment(0xc4, Buffer.from([0x00, ...oneCode])),
    jpegSegment(0xc4, Buffer.from([0x10, ...oneCode])),
    jpegSegment(0xda, scanHeader),
    Buffer.from('3f', 'hex'), // The two codes, then ones to the end of the byte.
    Buffer.from('ffd9', 'hex'),
  ]);
}

function jpegSegment(marker: number, data: Buffer): Buffer {
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(data.length + 2, 2);
  return Buffer.concat([head, data]);
}
