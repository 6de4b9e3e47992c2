import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { canonicalJson } from '../../src/dossier/canonical';
import type { Json } from '../../src/engine/event-store';

/** Something personal, by the name of the field it was put into. */
export interface Canary {
  readonly field: string;
  readonly value: string | Buffer;
}

/** A field, and the form in which its value was found. */
export type Sighting = readonly [field: string, as: string, where: string];

/** The ways in which a value could stand somewhere: as it is, encoded, or as a hash that can be guessed. */
function formsOf({ value }: Canary): readonly (readonly [form: string, bytes: Buffer])[] {
  const plain = Buffer.from(value);
  const text = plain.toString();
  const escaped = [...text].map((one) =>
    one > '\u007f' ? `\\u${(one.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}` : one,
  );
  const hashes = [plain, Buffer.from(canonicalJson(text))].map((bytes) =>
    createHash('sha256').update(bytes).digest(),
  );
  return [
    ['itself', plain],
    ['URL', Buffer.from(encodeURIComponent(text))],
    ['JSON escapes', Buffer.from(escaped.join(''))],
    ['hex', Buffer.from(plain.toString('hex'))],
    ['UTF-16', Buffer.from(text, 'utf16le')],
    ...base64Of(plain).map((bytes) => ['base64', bytes] as const),
    // The SHA-256 of a file is its address, and cannot be guessed by who does not have it.
    ...(Buffer.isBuffer(value) ? [] : hashes).flatMap((hash) => [
      ['hash', hash] as const,
      ['hash', Buffer.from(hash.toString('hex'))] as const,
      ['hash', Buffer.from(hash.toString('base64url'))] as const,
    ]),
  ];
}

/** What stands in base64 for the bytes wherever they begin, without the characters they share with others. */
function base64Of(bytes: Buffer): readonly Buffer[] {
  return [0, 1, 2].map((before) => {
    const text = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64');
    const start = Math.ceil((before * 8) / 6);
    const end = Math.floor(((before + bytes.length) * 8) / 6);
    return Buffer.from(text.slice(start, end));
  });
}

export function sightings(
  canaries: readonly Canary[],
  bytes: Buffer,
  where: string,
): readonly Sighting[] {
  return canaries.flatMap((canary) =>
    formsOf(canary)
      .filter(([, form]) => form.length >= 6 && bytes.includes(form))
      .map(([form]) => [canary.field, form, where] as const),
  );
}

/** Everything a data folder consists of, write-ahead logs and all. */
export function filesIn(folder: string): readonly (readonly [path: string, bytes: Buffer])[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => [path.slice(folder.length + 1), readFileSync(path)] as const);
}

/** A hash of what a whole body says: personal where the body says little else. */
export function bodyCanary(field: string, sent: Json): Canary {
  return { field, value: createHash('sha256').update(canonicalJson(sent)).digest('hex') };
}
