import type { RecordedEvent } from '../../src/engine/event-store';

/*
 * The slow recount, from the raw log alone: it shares no code with the reports. Here the log is told
 * again as one story for each dossier; `recount.ts` counts them.
 */

type Data = Readonly<Record<string, unknown>>;

export interface Happened {
  readonly type: string;
  readonly data: Data;
  /** Day on which it happened. */
  readonly on: string;
  /** Day on which it was counted: that of the latest event counted before it, if that is later. */
  readonly day: string;
  readonly actor: string;
  readonly index: number;
}

/** What a dossier is told apart by at a moment. */
export interface Cell {
  readonly prefecture: string | null;
  readonly tier: string;
  readonly level: string;
  readonly specialty: string;
  readonly subSpecialty: string;
}

export interface Story {
  readonly id: string;
  readonly round: string;
  readonly events: readonly Happened[];
}

export interface Log {
  readonly dossiers: readonly Story[];
  readonly cases: readonly Story[];
  /** By case. */
  readonly bars: ReadonlyMap<string, readonly Happened[]>;
  readonly days: readonly string[];
}

const ignored = new Set(['SectionSaved', 'StatementHeard']);

export function storiesOf(events: readonly RecordedEvent[]): Log {
  const dossiers = new Map<string, Happened[]>();
  const cases = new Map<string, Happened[]>();
  const bars = new Map<string, Happened[]>();
  const days = new Set<string>();
  let latest = '';
  events.forEach(({ stream, type, data, metadata }, index) => {
    const kind = ['dossier-', 'falsification-', 'standing-'].find((one) => stream.startsWith(one));
    if (kind === undefined || ignored.has(type)) return;
    const on = metadata.at.slice(0, 10);
    if (on > latest) latest = on;
    days.add(latest);
    const { actor } = metadata;
    const by = actor.kind === 'person' ? actor.subject : actor.process;
    const happened = { type, data: data as Data, on, day: latest, actor: by, index };
    const id = stream.slice(kind.length);
    if (kind === 'dossier-') push(dossiers, id, happened);
    else if (kind === 'falsification-') push(cases, id, happened);
    else push(bars, String(happened.data['falsificationCase']), happened);
  });
  const stories = (from: Map<string, Happened[]>): Story[] =>
    [...from].map(([id, told]) => ({ id, round: id.split('-')[0] ?? '', events: told }));
  return { dossiers: stories(dossiers), cases: stories(cases), bars, days: [...days] };
}

function push(into: Map<string, Happened[]>, id: string, happened: Happened): void {
  into.set(id, [...(into.get(id) ?? []), happened]);
}

/** How a dossier stood after the first events of its story. */
export interface Standing {
  readonly cell: Cell;
  readonly chain: readonly string[];
  readonly state: string;
  readonly tries: number;
  /** Events by type so far. */
  readonly had: ReadonlySet<string>;
  readonly reachedOffice: boolean;
}

export function standingAfter(events: readonly Happened[]): Standing | undefined {
  let cell: Cell | undefined;
  let chain: readonly string[] = [];
  let state = '';
  let tries = 0;
  let reachedOffice = false;
  const had = new Set<string>();
  for (const { type, data } of events) {
    had.add(type);
    if ('choice' in data) {
      const { level, specialty, subSpecialty } = data['choice'] as Cell;
      const { tier, prefecture } = data['unit'] as Cell;
      cell = { prefecture, tier, level, specialty, subSpecialty };
      chain = data['chain'] as readonly string[];
    }
    const to = (data['to'] ?? (data['filing'] as Data | undefined)?.['to']) as Data | undefined;
    if (to?.['kind'] === 'title-office') reachedOffice = true;
    if (/ubmitted$/.test(type)) tries += 1;
    if (to !== undefined) state = String(to['kind']);
    else if (type === 'DossierOpened') state = 'in hand';
    else if (type === 'DossierReopened' || type === 'DossierReturned') state = 'in hand';
    else if (type === 'DossierAccepted') state = 'accepted';
    else if (type === 'DossierWithdrawn') state = 'withdrawn';
    else if (type === 'DossierClosed') state = String(data['cause']);
    else if (type === 'DossierFalsified') state = 'falsified';
  }
  return cell && { cell, chain, state, tries, had, reachedOffice };
}

/** A stay of a dossier at a stage. */
export interface Stay {
  readonly cell: Cell;
  readonly chain: readonly string[];
  readonly stage: string;
  readonly organisation: string;
  readonly step: number;
  readonly tries: number;
  readonly came: Happened;
  readonly left: Happened | undefined;
  /** What ended it. */
  readonly decision: 'passed' | 'returned' | 'none';
}

const decisions: Readonly<Record<string, 'passed' | 'returned'>> = {
  DossierRecommended: 'passed',
  DossierEndorsed: 'passed',
  DossierAccepted: 'passed',
  DossierReturned: 'returned',
};

export function staysOf({ events }: Story): Stay[] {
  const stays: Stay[] = [];
  events.forEach((came, index) => {
    const filing = came.data['filing'] as Data | undefined;
    const to = (came.data['to'] ?? filing?.['to']) as
      { kind: string; organisation: string; step: number } | undefined;
    const standing = standingAfter(events.slice(0, index + 1));
    if (to === undefined || standing === undefined) return;
    const left = events
      .slice(index + 1)
      .find(({ type }) => type in decisions || /^Dossier(Withdrawn|Falsified)$/.test(type));
    stays.push({
      ...standing,
      stage: to.kind,
      organisation: to.organisation,
      step: to.step,
      came,
      left,
      decision: (left && decisions[left.type]) ?? 'none',
    });
  });
  return stays;
}
