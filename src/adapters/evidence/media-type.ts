import type { MediaType } from '../../engine/evidence-store';

/**
 * How a format is known by its content. `begins` looks at the first bytes and names the type; `ends`
 * looks at the last ones and tells a whole file from one cut off.
 */
interface Format {
  readonly mediaType: MediaType;
  readonly begins: (head: Buffer) => boolean;
  readonly ends: (tail: Buffer) => boolean;
}

/** Bytes a detection needs from either end of a file, or all of a shorter one. */
export const headBytes = 16;
export const tailBytes = 1024;

const jpegStart = Buffer.from('ffd8ff', 'hex');
const jpegEnd = Buffer.from('ffd9', 'hex');
/** Signature, then the IHDR chunk, which is 13 bytes long and always the first. */
const pngStart = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');
/** The whole IEND chunk: empty, with its checksum. */
const pngEnd = Buffer.from('0000000049454e44ae426082', 'hex');
/** Zero, tab, line feed, carriage return, space: what scanners pad a JPEG with. */
const padding: readonly (number | undefined)[] = [0x00, 0x09, 0x0a, 0x0d, 0x20];

const formats: readonly Format[] = [
  {
    mediaType: 'application/pdf',
    begins: (head) => startsWith(head, Buffer.from('%PDF-')),
    ends: (tail) => tail.includes('%%EOF'),
  },
  {
    mediaType: 'image/jpeg',
    begins: (head) => startsWith(head, jpegStart),
    ends: (tail) => endsWith(withoutPadding(tail), jpegEnd),
  },
  {
    mediaType: 'image/png',
    begins: (head) => startsWith(head, pngStart),
    ends: (tail) => endsWith(tail, pngEnd),
  },
];

/** The type of a file by its first `headBytes` and last `tailBytes`, not by its name. */
export function detectMediaType(
  head: Buffer,
  tail: Buffer,
): MediaType | 'unknown-type' | 'damaged' {
  const format = formats.find(({ begins }) => begins(head));
  if (format === undefined) return 'unknown-type';
  return format.ends(tail) ? format.mediaType : 'damaged';
}

function startsWith(bytes: Buffer, prefix: Buffer): boolean {
  return bytes.subarray(0, prefix.length).equals(prefix);
}

function endsWith(bytes: Buffer, suffix: Buffer): boolean {
  return bytes.length >= suffix.length && bytes.subarray(-suffix.length).equals(suffix);
}

function withoutPadding(bytes: Buffer): Buffer {
  let end = bytes.length;
  while (end > 0 && padding.includes(bytes[end - 1])) end -= 1;
  return bytes.subarray(0, end);
}
