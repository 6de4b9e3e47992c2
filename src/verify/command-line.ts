import { existsSync, readFileSync } from 'node:fs';
import { isUtf8 } from 'node:buffer';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { parseKey, type Key } from './checkpoints';
import type { Means } from './verification';
import { languages } from './wording/languages';
import type { Wording } from './wording/wording';

export interface Order {
  readonly wording: Wording;
  readonly source: { readonly kind: 'data' | 'export'; readonly path: string };
  readonly means: Omit<Means, 'onProgress'>;
}

/** The program was called wrongly. The message says how, in the caller's language. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** What is asked for. Throws {@link UsageError}. */
export function readOrder(args: readonly string[]): Order {
  const wording = args[args.indexOf('--lang') + 1] === 'en' ? languages.en : languages.zh;
  const values = parsed(args, wording);
  const { data, export: file, checkpoint = [], lang = 'zh' } = values;
  const [path] = [data, file].filter((given) => given !== undefined);
  const keys = [...keysOf(values.key, 1, wording), ...keysOf(values.witness, 4, wording)];
  const isOne = (data === undefined) !== (file === undefined);
  if (
    path === undefined ||
    !isOne ||
    !keys.some(({ type }) => type === 1) ||
    !(lang in languages)
  ) {
    throw new UsageError(wording.usage);
  }
  const kind = file === undefined ? 'data' : 'export';
  const needed = kind === 'data' ? join(path, 'events.db') : path;
  if (!existsSync(needed)) throw new UsageError(wording.unreadable(needed));
  const notes = checkpoint.map((where) => ({ where, note: readNote(where, wording) }));
  return { wording, source: { kind, path }, means: { keys, notes } };
}

function parsed(args: readonly string[], wording: Wording) {
  const option = { type: 'string' } as const;
  const several = { type: 'string', multiple: true } as const;
  const options = {
    ...{ data: option, export: option, lang: option },
    ...{ key: several, witness: several, checkpoint: several },
  };
  try {
    return parseArgs({ args: [...args], options }).values;
  } catch {
    throw new UsageError(wording.usage);
  }
}

function keysOf(texts: readonly string[] | undefined, type: Key['type'], wording: Wording): Key[] {
  return (texts ?? []).map((text) => {
    const key = parseKey(text);
    if (key?.type !== type) throw new UsageError(wording.malformedKey(text));
    return key;
  });
}

/**
 * Of a witness's file, in which an empty line follows every note, the last: its root is that of all before it. What
 * else there is stands for one note.
 */
function newestNote(text: string): string {
  if (!text.endsWith('\n\n')) return text;
  const notes = text.slice(0, -1);
  const signatures = notes.lastIndexOf('\n\n');
  const before = notes.lastIndexOf('\n\n', signatures - 1);
  return before < 0 ? notes : notes.slice(before + 2);
}

/** Bytes that are no text make no note, and are refused as one. */
function readNote(path: string, wording: Wording): string {
  try {
    const bytes = readFileSync(path);
    return isUtf8(bytes) ? newestNote(bytes.toString()) : '';
  } catch {
    throw new UsageError(wording.unreadable(path));
  }
}
