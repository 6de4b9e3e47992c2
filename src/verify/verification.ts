import { existsSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import { openCheckpoint, type Key } from './checkpoints';
import { compareDossiers, type Compared } from './dossiers';
import {
  checkpointsOf,
  eventCount,
  eventsOf,
  givenPosition,
  oddSchema,
  type StoredCheckpoint,
} from './event-table';
import { BadLine, readCheckpoints, readEvents, readHeader } from './export-file';
import { Findings, type Finding } from './findings';
import { parseJson } from './json';
import { actorOf, leafOf } from './leaf';
import { LogCheck, placeOf, type LogSummary, type Trusted } from './log-check';
import { SealedTree } from './sealed-tree';
import { damageOf, openSnapshot, type Snapshot } from './snapshot';
import { compareTrail } from './trail';
import { rootByProof } from './tree';

/** What the one who checks brings along. */
export interface Means {
  /** Of the log and, if any, of witnesses that must have cosigned. */
  readonly keys: readonly Key[];
  /** Notes from elsewhere, by the name of their file. */
  readonly notes: readonly { readonly where: string; readonly note: string }[];
  /** Told how far it is; both of events, or of bytes. */
  readonly onProgress: (done: number, total: number) => void;
}

export interface Outcome extends LogSummary {
  readonly findings: readonly Finding[];
  readonly trusted: number;
  /** Null where there was nothing to compare. */
  readonly dossiers: Compared | null;
  /** Entries of the audit trail; null where there is none. */
  readonly trail: number | null;
}

const nothing: LogSummary = { events: 0, sealed: 0, stored: 0, unknown: 0 };
const stepsBetweenTelling = 1000;

/** Checks the files of the embedded stores. The folder holds `events.db`. */
export function verifyFolder(folder: string, means: Means): Outcome {
  const findings = new Findings();
  const trusted = trustedOf(means, findings);
  let summary = nothing;
  let dossiers: Compared | null = null;
  let trail: number | null = null;
  // The read models first: what they have seen is then in the log, however much is appended meanwhile.
  inDatabase(join(folder, 'read-models.db'), findings, (models) => {
    inDatabase(join(folder, 'events.db'), findings, (events) => {
      if (events === undefined) return;
      const log = checkTable(events, { means, trusted, findings });
      summary = log.summary;
      if (models === undefined) return;
      const { last } = log;
      dossiers = compareDossiers(events, models, { last, ...summary }, findings) ?? null;
      trail = compareTrail(events, models, { last, ...summary }, findings) ?? null;
    });
  });
  return { ...summary, findings: findings.inOrder(), trusted: trusted.length, dossiers, trail };
}

/** Checks an export, which anyone may have handed on. */
export function verifyExport(path: string, means: Means): Outcome {
  const findings = new Findings();
  const given = trustedOf(means, findings);
  let summary = nothing;
  let trusted: readonly Trusted[] = given;
  try {
    const { scope, checkpoint } = readHeader(path);
    const own = trustedOf({ ...means, notes: [{ where: path, note: checkpoint }] }, findings);
    trusted = [...given, ...own];
    summary =
      scope === 'whole'
        ? checkWhole(path, { means, trusted, findings })
        : checkPart(path, { means, given, own, findings });
  } catch (error) {
    if (!(error instanceof BadLine)) throw error;
    findings.add({ what: 'line', line: error.line });
  }
  return {
    ...summary,
    findings: findings.inOrder(),
    trusted: trusted.length,
    dossiers: null,
    trail: null,
  };
}

interface Task {
  readonly means: Means;
  readonly trusted: readonly Trusted[];
  readonly findings: Findings;
}

function checkTable(database: DatabaseSyncInstance, { means, trusted, findings }: Task) {
  const file = 'events.db';
  const odd = oddSchema(database);
  if (odd !== undefined) findings.add({ what: 'schema', file, detail: odd });
  const total = eventCount(database);
  const check = new LogCheck({
    ...{ findings, trusted, keys: means.keys },
    stored: checkpointsOf(database),
    sealed: SealedTree.of(database, findings),
  });
  let done = 0;
  try {
    for (const event of eventsOf(database)) {
      check.take(event);
      done += 1;
      if (done % stepsBetweenTelling === 0) means.onProgress(done, total);
    }
  } catch (error) {
    addDamage(findings, file, damageIn(error));
  }
  const { last } = check;
  const given = givenPosition(database);
  if (given !== undefined && given > last) findings.add({ what: 'cut-end', last, given });
  return { summary: check.finish(), last };
}

function checkWhole(path: string, { means, trusted, findings }: Task): LogSummary {
  const stored: Iterator<StoredCheckpoint> = readCheckpoints(path);
  const check = new LogCheck({ findings, trusted, stored, keys: means.keys });
  for (const { event, bytes } of readEvents(path, 'whole')) {
    check.take(event);
    if (event.index % stepsBetweenTelling === 0) means.onProgress(bytes, statSync(path).size);
  }
  return check.finish();
}

/** Some events of a log: each must be proven to be in it, and nothing is known of the others. */
function checkPart(
  path: string,
  {
    means,
    given,
    own,
    findings,
  }: Omit<Task, 'trusted'> & {
    readonly given: readonly Trusted[];
    readonly own: readonly Trusted[];
  },
): LogSummary {
  const [head] = own;
  if (head === undefined) return nothing;
  const { size, root } = head.checkpoint;
  for (const { checkpoint } of given) {
    if (checkpoint.size !== size) {
      findings.add({ what: 'other-size', size, given: checkpoint.size });
    } else if (!checkpoint.root.equals(root)) {
      findings.add({ what: 'root', size, after: 0 });
    }
  }
  let last = -1;
  let events = 0;
  for (const { event, bytes, line } of readEvents(path, 'part')) {
    if (event.index <= last) throw new BadLine(line);
    last = event.index;
    events += 1;
    const actor = actorOf(parseJson(event.metadata));
    const leaf = actor && leafOf(event, actor);
    const proven = leaf && rootByProof({ leaf, index: event.index }, size, event.proof);
    if (proven?.equals(root) !== true) {
      findings.add({ what: 'proof', place: placeOf(event, event.index) });
    }
    if (events % stepsBetweenTelling === 0) means.onProgress(bytes, statSync(path).size);
  }
  return { ...nothing, events, sealed: events };
}

function trustedOf({ keys, notes }: Pick<Means, 'keys' | 'notes'>, findings: Findings): Trusted[] {
  const witnesses = keys.filter(({ type }) => type === 4);
  return notes.flatMap(({ where, note }) => {
    const opened = openCheckpoint(note, keys);
    if ('problem' in opened) {
      findings.add({ what: 'checkpoint', problem: opened.problem, where });
      return [];
    }
    for (const witness of witnesses) {
      if (opened.signers.includes(witness)) continue;
      findings.add({ what: 'not-cosigned', witness: witness.name, where });
    }
    return [{ checkpoint: opened, where }];
  });
}

/** Runs with a file of the folder, and with undefined where there is none. Damage is a finding. */
function inDatabase(
  path: string,
  findings: Findings,
  work: (database: DatabaseSyncInstance | undefined) => void,
): void {
  if (!existsSync(path)) {
    work(undefined);
    return;
  }
  let snapshot: Snapshot | undefined;
  try {
    snapshot = openSnapshot(path);
    const damage = damageOf(snapshot.database);
    if (damage !== undefined) addDamage(findings, path, damage);
    work(snapshot.database);
  } catch (error) {
    addDamage(findings, path, damageIn(error));
  } finally {
    snapshot?.close();
  }
}

function addDamage(findings: Findings, path: string, detail: string): void {
  findings.add({ what: 'damaged-file', file: basename(path), detail });
}

/** What SQLite says; whatever else was thrown is thrown on. */
function damageIn(error: unknown): string {
  const { code, message } = error as { readonly code?: unknown; readonly message?: unknown };
  if (code === 'ERR_SQLITE_ERROR') return String(message);
  throw error;
}
