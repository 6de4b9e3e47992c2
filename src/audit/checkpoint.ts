import { fromBase64, toBase64 } from './base64';
import type { Hash } from './hashes';
import { formatNote, parseNote, signText, verifySignatures, type Verified } from './note';
import type { NoteSigner, VerifierKey } from './note-keys';
import { verifiesConsistency, type TreeHead } from './proof-verification';
import { Refused } from './refused';
import type { Suite } from './suite';

/** The head of the log at a size (c2sp.org/tlog-checkpoint). */
export interface Checkpoint extends TreeHead {
  /** Which log it is of: the name of the log's key. */
  readonly origin: string;
  /** Signed with the rest, and proven by nothing. */
  readonly extensions: readonly string[];
}

export function signCheckpoint(head: TreeHead, signer: NoteSigner): string {
  const text = formatCheckpoint({ ...head, origin: signer.key.name, extensions: [] });
  return formatNote({ text, signatures: [signText(text, signer)] });
}

export function formatCheckpoint({ origin, size, root, extensions }: Checkpoint): string {
  return [origin, String(size), toBase64(root), ...extensions].map((line) => `${line}\n`).join('');
}

/** Throws {@link Refused} for anything but a checkpoint in its one form. */
export function parseCheckpoint(suite: Suite, text: string): Checkpoint {
  const [origin = '', size = '', encoded = '', ...extensions] = text.split('\n');
  if (extensions.pop() !== '') throw malformed('it has fewer than three lines');
  if (origin === '') throw malformed('its origin is empty');
  if (!/^(0|[1-9]\d*)$/.test(size)) throw malformed('its size is no whole decimal number');
  if (!Number.isSafeInteger(Number(size))) throw malformed('its size is beyond 2^53');
  const root = fromBase64(encoded);
  if (root?.length !== suite.hashBytes) throw malformed(`its root is no hash of ${suite.name}`);
  if (extensions.includes('')) throw malformed('a line of it is empty');
  return { origin, size: Number(size), root, extensions };
}

/**
 * What a note says once its log is known to have signed it, with the witnesses that cosigned. Throws
 * {@link Refused}, also for the checkpoint of another log.
 */
export function openCheckpoint(
  note: string,
  log: VerifierKey,
  witnesses: readonly VerifierKey[] = [],
): { readonly checkpoint: Checkpoint; readonly cosignatures: readonly Verified[] } {
  const parsed = parseNote(note);
  const verified = verifySignatures(parsed, [log, ...witnesses]);
  if (!verified.some(({ key }) => key === log)) {
    throw new Refused('unsigned', `the note is not signed by ${log.name} (${log.keyId})`);
  }
  const checkpoint = parseCheckpoint(log.suite, parsed.text);
  if (checkpoint.origin !== log.name) {
    throw new Refused('wrong-origin', `the checkpoint is of ${checkpoint.origin}`);
  }
  return { checkpoint, cosignatures: verified.filter(({ key }) => key !== log) };
}

/** What a witness asks before it cosigns: is this the log I know, and did it only grow? Throws {@link Refused}. */
export function checkSuccession(
  suite: Suite,
  known: Checkpoint,
  next: Checkpoint,
  proof: readonly Hash[],
): void {
  if (next.origin !== known.origin) {
    throw new Refused('wrong-origin', `the checkpoint is of ${next.origin}`);
  }
  if (next.size < known.size) {
    throw new Refused('rollback', `${next.size} events are fewer than the ${known.size} known`);
  }
  if (verifiesConsistency(suite, known, next, proof)) return;
  throw next.size === known.size && proof.length === 0
    ? new Refused('split-view', `two different logs of ${known.size} events`)
    : new Refused('inconsistent', `it is not shown to begin with the ${known.size} events known`);
}

function malformed(why: string): Refused {
  return new Refused('malformed-checkpoint', `not a checkpoint: ${why}`);
}
