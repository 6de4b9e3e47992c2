import { mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { formatVerifierKey } from '../../src/audit/note-keys';
import { run } from '../../src/verify/main';
import { log } from '../audit/keys';
import { newFolder } from './log';

export interface Ran {
  readonly code: 0 | 1 | 2;
  readonly out: string;
  readonly err: string;
}

export const logKey = formatVerifierKey(log.key);

/** The verifier as from a shell. */
export function verify(...args: readonly string[]): Ran {
  const out: string[] = [];
  const err: string[] = [];
  const code = run(args, {
    out: (line) => out.push(line),
    err: (line) => err.push(line),
    progress: silent,
  });
  return { code, out: out.join('\n'), err: err.join('\n') };
}

/** Of a data folder, in English, with checkpoints from outside. */
export function verifyFolder(folder: string, ...notes: readonly string[]): Ran {
  const files = notes.flatMap((note) => ['--checkpoint', fileWith(note)]);
  return verify('--data', folder, '--key', logKey, '--lang', 'en', ...files);
}

export function fileWith(text: string): string {
  const path = join(mkdtempSync(join(newFolder(), 'file-')), 'file');
  writeFileSync(path, text);
  return path;
}

const silent = { isTerminal: false, write: () => undefined };
