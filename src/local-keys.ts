import { randomBytes, randomUUID } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { isTooShort } from './secrets';

/** What a key is for; the file is named after it. */
export type LocalKey = 'jwt' | 'lookup' | 'audit' | 'master';

/**
 * A secret for running without any set-up: made once, kept in `<dataDir>/keys/<name>` for its owner
 * alone (mode 0600), and the same from then on. Never used in production.
 *
 * Throws the file system's error where the folder cannot be used, or an Error on a damaged key file.
 */
export function localKey(dataDir: string, name: LocalKey): string {
  const folder = join(dataDir, 'keys');
  const file = join(folder, name);
  if (!existsSync(file)) create(folder, file);
  const secret = readFileSync(file, 'utf8').trim();
  if (isTooShort(secret))
    throw new Error(`${file} holds no complete key; delete it to get another`);
  return secret;
}

/** Written aside and linked in place, so that two processes that start at once agree on one key. */
function create(folder: string, file: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const draft = `${file}.${randomUUID()}`;
  writeFileSync(draft, `${randomBytes(32).toString('base64url')}\n`, { mode: 0o600, flag: 'wx' });
  try {
    linkSync(draft, file);
  } catch (error) {
    if (!existsSync(file)) throw error;
  } finally {
    unlinkSync(draft);
  }
}
