import { isWorkingDay } from '../../src/rounds/calendar';
import {
  count,
  dimsIn,
  groupOf,
  type Counted,
  type Dims,
  type Item,
  type Wanted,
} from './counting';
import { staysOf, type Log, type Stay, type Story } from './stories';

/* What reviewers did, and what waits for them: returns, turnaround, load. */

function allStays(log: Log): (Stay & { readonly story: Story; readonly round: string })[] {
  return log.dossiers.flatMap((story) =>
    staysOf(story).map((stay) => ({ ...stay, story, round: story.round })),
  );
}

/** A row of everything, and one for each group. */
function rowsOf<T>(
  items: readonly (Item<T> & { readonly day: string })[],
  { by }: Wanted,
): Map<string, (Item<T> & { readonly day: string })[]> {
  const rows = new Map([['', [...items]]]);
  for (const item of items) {
    const group = groupOf(item.dims, by, item.day);
    rows.set(group, [...(rows.get(group) ?? []), item]);
  }
  return rows;
}

function rate(part: number, whole: number): number | null {
  return whole === 0 ? null : Math.round((part / whole) * 10_000) / 10_000;
}

export function countReturns(log: Log, wanted: Wanted): Counted {
  const { by, filters } = wanted;
  const told = (name: string) => by.includes(name) || name in filters;
  const items: (Item<Stay & { readonly tries: number }> & { readonly day: string })[] = [];
  for (const stay of allStays(log)) {
    const { left, decision, stage, tries } = stay;
    if (left === undefined || decision === 'none' || left.day > wanted.evening) continue;
    const place = { stage, tries: String(tries) };
    if (!told('reason') && !told('section')) {
      const dims = dimsIn(wanted, stay, place);
      if (dims !== undefined) items.push({ dims, it: stay, day: left.day });
      continue;
    }
    if (decision !== 'returned') continue;
    const named = new Map<string, Dims>();
    for (const { code, part } of left.data['reasons'] as {
      code: string;
      part: { section?: string };
    }[]) {
      const reason = told('reason') ? { reason: code } : {};
      const section = told('section') ? { section: part.section ?? 'attachment' } : {};
      named.set(JSON.stringify([reason, section]), { ...reason, ...section });
    }
    for (const name of named.values()) {
      const dims = dimsIn(wanted, stay, { ...place, ...name });
      if (dims !== undefined) items.push({ dims, it: stay, day: left.day });
    }
  }
  const counted: Counted = new Map();
  for (const [group, row] of rowsOf(items, wanted)) {
    const stays = row.map(({ it }) => it);
    if (told('reason') || told('section')) {
      // Grouped by what they name, returns have no total, as one may name several: but for the one asked for.
      const isAnyOf = (name: string) => by.includes(name) && !(name in filters);
      const hasNone = group === '' && (isAnyOf('reason') || isAnyOf('section'));
      counted.set(group, { returnsNamingIt: hasNone ? null : stays.length });
      continue;
    }
    const passed = stays.filter(({ decision }) => decision === 'passed');
    const returned = stays.filter(({ decision }) => decision === 'returned');
    const accepted = passed.filter(({ stage }) => stage === 'title-office');
    const through = (told('stage') ? passed : accepted).filter(({ tries }) => tries === 1).length;
    const sent = count(returned, ({ tries }) => tries === 1);
    let tries = 0;
    for (const stay of accepted) tries += stay.tries;
    counted.set(group, {
      decisions: stays.length,
      passed: passed.length,
      returned: returned.length,
      returnRate: rate(returned.length, stays.length),
      firstPassRate: rate(through, through + sent),
      accepted: accepted.length,
      meanTries: accepted.length === 0 ? null : Math.round((tries / accepted.length) * 100) / 100,
    });
  }
  return counted;
}

export function countTurnaround(log: Log, wanted: Wanted): Counted {
  const { by, evening, today } = wanted;
  const items = allStays(log).flatMap((stay) => {
    const dims = dimsIn(wanted, stay, { stage: stay.stage });
    return dims === undefined || stay.came.day > evening ? [] : [{ dims, it: stay }];
  });
  const byDay = by.includes('day');
  const groups = new Map<string, string>([['', evening]]);
  for (const { dims, it } of items) {
    for (const day of [it.came.day, it.left?.day]) {
      if (day !== undefined && day <= evening) groups.set(groupOf(dims, by, day), day);
    }
  }
  const counted: Counted = new Map();
  for (const [group, day] of groups) {
    const isTotal = group === '';
    const end = byDay && !isTotal ? day : evening;
    const begin = byDay && !isTotal ? day : '';
    const mine = items
      .filter(({ dims }) => isTotal || groupOf(dims, by, day) === group)
      .map(({ it }) => it);
    const ended = mine.filter(({ left }) => left && left.day >= begin && left.day <= end);
    const decided = ended.filter(({ decision }) => decision !== 'none');
    const days = decided
      .map(({ came, left }) => waited(came.on, left?.on ?? ''))
      .sort((one, other) => one - other);
    const waiting = mine
      .filter(({ came, left }) => came.day <= end && (left === undefined || left.day > end))
      .map(({ came }) => came.on)
      .sort();
    // Who came on a day and was gone on it without a decision leaves no trace.
    const changes = new Map<string, number>();
    const change = ({ stage, came }: Stay, by: 1 | -1): void => {
      const place = `${stage} ${came.on}`;
      changes.set(place, (changes.get(place) ?? 0) + by);
    };
    for (const stay of mine) if (stay.came.day >= begin && stay.came.day <= end) change(stay, 1);
    for (const stay of ended) change(stay, -1);
    const quiet = decided.length === 0 && [...changes.values()].every((sum) => sum === 0);
    if (quiet && !isTotal) continue;
    const [oldest] = waiting;
    counted.set(group, {
      decisions: decided.length,
      median: days[Math.ceil(days.length / 2) - 1] ?? null,
      percentile90: days[Math.ceil((days.length * 9) / 10) - 1] ?? null,
      waiting: waiting.length,
      oldest: oldest === undefined ? null : waited(oldest, end === '9999' ? today : end),
      oldestSince: oldest ?? null,
    });
  }
  return counted;
}

/** Day by day: every working day after the first, up to the last. */
function waited(from: string, to: string): number {
  let days = 0;
  for (let epoch = Date.parse(from) + 86_400_000; epoch <= Date.parse(to); epoch += 86_400_000) {
    if (isWorkingDay(new Date(epoch).toISOString().slice(0, 10))) days += 1;
  }
  return days;
}

export function countLoad(log: Log, wanted: Wanted): Counted {
  const { by, filters, evening } = wanted;
  const byReviewer = by.includes('reviewer') || 'reviewer' in filters;
  const acts: (Item<'passed' | 'returned' | 1 | -1> & { readonly day: string })[] = [];
  for (const stay of allStays(log)) {
    const { stage, organisation, step, came, left, decision, round } = stay;
    const work = { round, cell: {}, chain: stay.chain.slice(step) };
    const place = { stage, actingOrganisation: organisation };
    const dims = dimsIn(wanted, work, place);
    if (dims !== undefined && !byReviewer) {
      if (came.day <= evening) acts.push({ dims, it: 1, day: came.day });
      if (left !== undefined && left.day <= evening) acts.push({ dims, it: -1, day: left.day });
    }
    if (left === undefined || decision === 'none' || left.day > evening) continue;
    const own = dimsIn(wanted, work, { ...place, reviewer: left.actor });
    if (own !== undefined) acts.push({ dims: own, it: decision, day: left.day });
  }
  const counted: Counted = new Map();
  for (const [group, row] of rowsOf(acts, wanted)) {
    const passed = count(row, ({ it }) => it === 'passed');
    const returned = count(row, ({ it }) => it === 'returned');
    const values = { decisions: passed + returned, passed, returned };
    if (byReviewer) {
      counted.set(group, values);
      continue;
    }
    // What came and went in one stage on one day leaves no trace, where nothing was decided.
    const moves = new Map<string, number>();
    for (const { dims, it } of row) {
      const stage = String(dims['stage']);
      if (typeof it === 'number') moves.set(stage, (moves.get(stage) ?? 0) + it);
    }
    const still = [...moves.values()].every((sum) => sum === 0);
    if (group !== '' && still && values.decisions === 0) continue;
    const last = row.at(-1)?.day ?? '';
    const end = group !== '' && by.includes('day') ? last : evening;
    let waiting = 0;
    for (const { dims, it, day } of acts) {
      const same = group === '' || groupOf(dims, by, last) === group;
      if (typeof it === 'number' && same && day <= end) waiting += it;
    }
    counted.set(group, { ...values, waiting });
  }
  return counted;
}
